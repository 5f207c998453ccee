import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeDir } from '../../build/bundle.mjs';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { openVaultFolder, type VaultFolderOptions } from '../../main/vault/open-vault-folder.ts';
import type { Vault, VaultSession } from '../../main/vault/vault.ts';

/** The real worker, built before the tests. */
export const deriveKeyWorkerUrl = pathToFileURL(join(nodeDir, 'derive-key-worker.mjs'));

/** The least that a vault opens with: 20 ms instead of a second. */
export const cheapKdf = { operations: 1, memoryBytes: 8 * 1024 * 1024 };

/** A vault over a folder of one's own choice; nothing is made yet. */
export function vaultIn(vaultDir: string, changes: Partial<VaultFolderOptions> = {}): Vault {
  const usual = { clock: systemClock, random: systemRandom, deriveKeyWorkerUrl, actor: 'test', creationKdf: cheapKdf };
  return openVaultFolder({ vaultDir, ...usual, ...changes });
}

/** A new array each time, because whoever receives it overwrites it. */
export function passwordBytes(text = 'correct horse battery staple'): Uint8Array {
  return new TextEncoder().encode(text);
}

export interface TemporaryFolder {
  readonly path: string;
  dispose(): void;
}

export function temporaryFolder(parentDir = tmpdir()): TemporaryFolder {
  const path = mkdtempSync(join(parentDir, 'rondo-test-'));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

export interface TemporaryVault {
  readonly vaultDir: string;
  readonly vault: Vault;
  readonly session: VaultSession;
  password(): Uint8Array;
  /** Locks and removes the folder. */
  dispose(): void;
}

/** An empty, unlocked vault in a folder of its own. */
export async function temporaryVault(changes: Partial<VaultFolderOptions> = {}): Promise<TemporaryVault> {
  const folder = temporaryFolder();
  const vault = vaultIn(folder.path, changes);
  await vault.create(passwordBytes());
  const session = await vault.unlock(passwordBytes());
  return {
    vaultDir: folder.path,
    vault,
    session,
    password: () => passwordBytes(),
    dispose() {
      vault.lock();
      folder.dispose();
    },
  };
}

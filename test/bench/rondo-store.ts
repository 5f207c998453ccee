import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { listTokens } from '../../main/tokens/handlers.ts';
import { tokenStore } from '../../main/tokens/token-store.ts';
import { createVault } from '../../main/vault/create-vault.ts';
import { createDeriveKey, type DeriveKey } from '../../main/vault/derive-key.ts';
import { openSession } from '../../main/vault/open-session.ts';
import { type Unlocked, unlockVault } from '../../main/vault/unlock-vault.ts';
import type { VaultSession } from '../../main/vault/vault.ts';
import { vaultPaths } from '../../main/vault/vault-paths.ts';
import { sampleToken, sampleTokens, sampleValue } from './sample-tokens.ts';

export interface RondoStore {
  /** Opens the file, checks it and lists every token, from the key on. */
  openAndList(): Promise<number>;
  /** One durable add with its entry in the audit chain. */
  add(number: number, value: 'with value' | 'without value'): void;
  close(): Promise<void>;
}

const password = () => new TextEncoder().encode('benchmark');

/** A vault of our own, filled with the sample. The key is derived once and remembered: the figures are net of it. */
export async function rondoStore(count: number, deriveKeyWorkerUrl: URL): Promise<RondoStore> {
  const vaultDir = await mkdtemp(join(tmpdir(), 'rondo-bench-'));
  const world = {
    paths: vaultPaths(vaultDir),
    clock: systemClock,
    random: systemRandom,
    deriveKey: onlyOnce(createDeriveKey(deriveKeyWorkerUrl)),
    creationKdf: { operations: 1, memoryBytes: 8 * 1024 * 1024 },
  };
  await createVault(world, password());
  const open = await unlockVault(world, { type: 'password', secret: password() });
  const session = sessionOf(open, world);
  session.write((transaction) => {
    for (const [number, token] of sampleTokens(count).entries()) {
      tokenStore.put(transaction, token, token.held === 'none' ? 'none' : sampleValue(number));
    }
  });
  return {
    async openAndList() {
      const unlocked = await unlockVault(world, { type: 'password', secret: password() });
      const opened = sessionOf(unlocked, world);
      const tokens = listTokens({ session: () => opened, clock: systemClock, accounts: noAccounts }, {});
      close(unlocked);
      return tokens.length;
    },
    add(number, value) {
      session.write((transaction) => {
        tokenStore.put(transaction, sampleToken(number), value === 'with value' ? sampleValue(number) : 'none');
        transaction.appendLog({ at: new Date().toISOString(), actor: 'bench', action: 'token.created', outcome: 'ok' });
      });
    },
    async close() {
      close(open);
      await rm(vaultDir, { recursive: true, force: true });
    },
  };
}

const noAccounts = {
  idOf(): never {
    throw new Error('the benchmark filters by no account');
  },
};

function sessionOf(unlocked: Unlocked, world: { paths: ReturnType<typeof vaultPaths> }): VaultSession {
  return openSession({ live: () => unlocked, paths: world.paths, clock: systemClock, random: systemRandom });
}

function close({ file, keys }: Unlocked): void {
  file.close();
  keys.arena.destroy();
}

function onlyOnce(deriveKey: DeriveKey): DeriveKey {
  let derived: Uint8Array | undefined;
  return async (request) => {
    derived ??= (await deriveKey(request)).key.slice();
    return { key: derived.slice(), elapsedMs: 0 };
  };
}

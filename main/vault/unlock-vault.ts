import { AppError } from '../app-error.ts';
import { fileKind, replaceFile } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { Arena } from './arena.ts';
import type { DeriveKey } from './derive-key.ts';
import { type ChosenHeader, chooseHeader } from './header-copies.ts';
import { deriveSubkeys } from './key-slots.ts';
import { type Keys, plainHash } from './keys.ts';
import { LiveFile } from './live-file.ts';
import { createNonces } from './nonces.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { loadSodium } from './sodium.ts';
import { reading } from './statements.ts';
import { vaultBusy } from './vault-errors.ts';
import { type Credential, openVaultKey } from './vault-key.ts';
import type { VaultPaths } from './vault-paths.ts';

export interface UnlockWorld {
  readonly paths: VaultPaths;
  readonly random: Random;
  readonly deriveKey: DeriveKey;
  /** See LiveFile. */
  readonly keysChanged?: () => void;
}

export interface Unlocked {
  readonly file: LiveFile;
  readonly keys: Keys;
}

/** The caller overwrites the credential. @throws AppError, errors of the disk and SQLite */
export async function unlockVault(world: UnlockWorld, credential: Credential): Promise<Unlocked> {
  const { paths, random } = world;
  if (fileKind(paths.vaultPath) === 'absent') throw notFound(paths);
  const file = openFile(paths.vaultPath);
  try {
    const arena = new Arena(await loadSodium());
    try {
      const chosen = readHeader(file, paths, arena);
      await openVaultKey(world.deriveKey, arena, { header: chosen.header, credential });
      deriveSubkeys(arena);
      // Deriving took a second: somebody may have changed the header meanwhile.
      if (Buffer.compare(readHeader(file, paths, arena).hash, chosen.hash) !== 0) throw vaultBusy();
      const keys = { arena, identity: chosen.header, nextNonce: createNonces(random) };
      const live = new LiveFile(paths, keys, file, world.keysChanged);
      addMissingHeaderFile(paths, chosen);
      return { file: live, keys };
    } catch (error) {
      arena.destroy();
      throw error;
    }
  } catch (error) {
    file.close();
    throw error;
  }
}

function readHeader(file: OpenFile, paths: VaultPaths, arena: Arena): ChosenHeader {
  return reading(file.statements, () => chooseHeader(file.statements, paths.headerPath, plainHash(arena)));
}

/** A copy that is there is never touched here, whatever it holds. */
function addMissingHeaderFile({ headerPath }: VaultPaths, { encoded }: ChosenHeader): void {
  try {
    if (fileKind(headerPath) === 'absent') replaceFile(headerPath, encoded);
  } catch {
    // The two copies in the database are what opens the vault.
  }
}

function notFound({ vaultDir }: VaultPaths): AppError {
  return new AppError('not-found', `There is no vault in ${vaultDir}.`, {
    hint: 'Make one with rondo vault create, or choose another folder with --vault.',
  });
}

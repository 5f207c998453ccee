import { AppError } from '../app-error.ts';
import { fileKind, replaceFile } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { Arena } from './arena.ts';
import type { DeriveKey } from './derive-key.ts';
import type { Header } from './header.ts';
import { type ChosenHeader, chooseHeader } from './header-copies.ts';
import { deriveSubkeys, unwrapVaultKey } from './key-slots.ts';
import { type Keys, plainHash } from './keys.ts';
import { LiveFile } from './live-file.ts';
import { createNonces } from './nonces.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { normalisePassword } from './password.ts';
import { parsePasswordParameters } from './password-parameters.ts';
import { loadSodium } from './sodium.ts';
import { reading } from './statements.ts';
import { vaultBusy, vaultDamaged, wrongPassword } from './vault-errors.ts';
import type { VaultPaths } from './vault-paths.ts';

export interface UnlockWorld {
  readonly paths: VaultPaths;
  readonly random: Random;
  readonly deriveKey: DeriveKey;
}

export interface Unlocked {
  readonly file: LiveFile;
  readonly keys: Keys;
}

/** The caller overwrites `password`. @throws AppError, errors of the disk and SQLite */
export async function unlockVault(world: UnlockWorld, password: Uint8Array): Promise<Unlocked> {
  const { paths, random } = world;
  if (fileKind(paths.vaultPath) === 'absent') throw notFound(paths);
  const file = openFile(paths.vaultPath);
  try {
    const arena = new Arena(await loadSodium());
    try {
      const chosen = readHeader(file, paths, arena);
      await openVaultKey(world, arena, { header: chosen.header, password });
      deriveSubkeys(arena);
      // Deriving took a second: somebody may have changed the header meanwhile.
      if (Buffer.compare(readHeader(file, paths, arena).hash, chosen.hash) !== 0) throw vaultBusy();
      const keys = { arena, identity: chosen.header, nextNonce: createNonces(random) };
      const live = new LiveFile(paths, keys, file);
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

async function openVaultKey(
  { deriveKey }: UnlockWorld,
  arena: Arena,
  { header, password }: { readonly header: Header; readonly password: Uint8Array },
): Promise<void> {
  const slot = header.slots.find(({ type }) => type === 'password');
  const parameters = slot && parsePasswordParameters(slot.parameters);
  if (slot === undefined || parameters === undefined) throw vaultDamaged('header');
  const derived = await deriveKey({ ...parameters, password: normalisePassword(password) });
  arena.setKey('password', derived.key);
  derived.key.fill(0);
  refuseUnlessOpened(unwrapVaultKey(arena, header.vaultId, slot));
}

function refuseUnlessOpened(unwrapped: ReturnType<typeof unwrapVaultKey>): void {
  if (unwrapped === 'wrong-key') throw wrongPassword();
  if (unwrapped === 'damaged') throw vaultDamaged('header');
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

import { dirname } from 'node:path';
import type { Remedy } from '../../shared/contract/remedies.ts';
import { AppError } from '../app-error.ts';
import { replaceFile } from '../platform/durable-files.ts';
import { fileKind } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { Arena } from './arena.ts';
import type { DeriveKey } from './derive-key.ts';
import { blockingReason } from './findings.ts';
import type { Header, Slot } from './header.ts';
import { withSlot, writeSlots } from './header-change.ts';
import { type ChosenHeader, chooseHeader, differsInFile } from './header-copies.ts';
import { deriveSubkeys } from './key-slots.ts';
import { type Keys, plainHash } from './keys.ts';
import { LiveFile } from './live-file.ts';
import { type Migration, migrateIfOlder, migrations } from './migrate.ts';
import { type DerivedOwner, deriveOwner, makePasswordSlot } from './new-slots.ts';
import { createNonces } from './nonces.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { type DerivationCost, isBelow, parsePasswordParameters } from './password-parameters.ts';
import { loadSodium } from './sodium.ts';
import { reading } from './statements.ts';
import { vaultBusy } from './vault-errors.ts';
import { type Credential, openVaultKey } from './vault-key.ts';
import type { VaultFilePaths } from './vault-paths.ts';
import type { Witness } from './witness.ts';

export interface UnlockWorld {
  readonly paths: VaultFilePaths;
  readonly random: Random;
  readonly deriveKey: DeriveKey;
  /** A password that costs a guesser less than this costs that from now on. Absent: it stays as it is. */
  readonly strengthen?: { readonly floor: DerivationCost; readonly witness: Witness };
  /** Only tests plant steps. */
  readonly migrations?: readonly Migration[];
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
  migrateIfOlder(world, world.migrations ?? migrations);
  const file = openFile(paths.vaultPath);
  try {
    const arena = new Arena(await loadSodium());
    try {
      const chosen = readHeader(file, paths, arena);
      const stronger = await deriveStronger(world, chosen.header, credential);
      await openVaultKey(world.deriveKey, arena, { header: chosen.header, credential });
      const slot = stronger && makePasswordSlot(world, { arena, vaultId: chosen.header.vaultId }, stronger);
      deriveSubkeys(arena);
      // Deriving took a second: somebody may have changed the header meanwhile.
      if (Buffer.compare(readHeader(file, paths, arena).hash, chosen.hash) !== 0) throw vaultBusy();
      const keys = { arena, identity: chosen.header, nextNonce: createNonces(random) };
      const live = new LiveFile(paths, keys, file, world.keysChanged);
      renewHeaderFile(paths, { chosen, live, arena });
      if (slot !== undefined) strengthen(world, live, { arena, chosen, slot });
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

/** The keys go whatever the disk says. */
export function closeUnlocked({ file, keys }: Unlocked): void {
  try {
    file.close();
  } finally {
    keys.arena.destroy();
  }
}

/** From a password whose slot costs a guesser less than the floor: from now on it costs that. */
async function deriveStronger(
  world: UnlockWorld,
  { slots }: Header,
  { type, secret }: Credential,
): Promise<DerivedOwner | undefined> {
  const slot = slots.find((candidate) => candidate.type === 'password');
  const parameters = slot && parsePasswordParameters(slot.parameters);
  const floor = world.strengthen?.floor;
  if (type !== 'password' || parameters === undefined || floor === undefined) return undefined;
  if (!isBelow(parameters.cost, floor)) return undefined;
  // What it costs more than the floor of the other kind is not taken from it.
  const creationKdf = {
    operations: Math.max(parameters.cost.operations, floor.operations),
    memoryBytes: Math.max(parameters.cost.memoryBytes, floor.memoryBytes),
  };
  return deriveOwner({ ...world, creationKdf }, secret);
}

/** The vault is open either way: where it cannot be written it stays as it is, and the next unlock tries again. */
function strengthen(
  world: UnlockWorld,
  file: LiveFile,
  { arena, chosen, slot }: { readonly arena: Arena; readonly chosen: ChosenHeader; readonly slot: Slot },
): void {
  const slots = withSlot(chosen.header.slots, 'password', slot);
  const entry = world.strengthen?.witness({ action: 'vault.strengthened' });
  if (entry === undefined) return;
  try {
    writeSlots(world, file, { arena, before: chosen, slots, entry });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

function readHeader(file: OpenFile, paths: VaultFilePaths, arena: Arena): ChosenHeader {
  return reading(file.statements, () => chooseHeader(file.statements, paths.headerPath, plainHash(arena)));
}

/**
 * Where the file is missing, or not what the manifest vouches for: a change of the password, or a restore, was cut short,
 * and the file would still open with the other password. A copy that is damaged or another vault's is never touched here.
 */
function renewHeaderFile(
  { headerPath }: VaultFilePaths,
  { chosen, live, arena }: { readonly chosen: ChosenHeader; readonly live: LiveFile; readonly arena: Arena },
): void {
  if (headerPath === undefined) return;
  try {
    const isSound = () => blockingReason(live.findings()) === undefined;
    const isAnother = () => isSound() && differsInFile(headerPath, chosen, plainHash(arena));
    if (fileKind(headerPath) === 'absent' || isAnother()) replaceFile(headerPath, chosen.encoded);
  } catch {
    // The two copies in the database are what opens the vault.
  }
}

function notFound({ vaultPath }: VaultFilePaths): AppError {
  return new AppError('not-found', `There is no vault in ${dirname(vaultPath)}.`, {
    hint: 'Choose another folder, or make a vault.',
    details: { remedy: 'vault.create' satisfies Remedy },
  });
}

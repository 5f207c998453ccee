// Making a vault: the file appears under its name whole or not at all, and nothing that is there is ever replaced.
import type { Remedy } from '../../shared/contract/remedies.ts';
import type { CreatedVault } from '../../shared/contract/vault.ts';
import { AppError } from '../app-error.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import {
  discardFile,
  makePrivateFile,
  makePrivateFolder,
  publishFile,
  replaceFile,
} from '../platform/durable-files.ts';
import { fileKind, hasCode } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { emptyHead } from './audit-chain.ts';
import { checkpoint, createDatabase, formatVersion } from './database.ts';
import type { DeriveKey } from './derive-key.ts';
import type { Keys } from './keys.ts';
import { sealManifest } from './manifest.ts';
import { sealMark, tryToMark } from './mark-file.ts';
import { makeHeader, type NewHeader } from './new-header.ts';
import { createNonces } from './nonces.ts';
import type { DerivationCost } from './password-parameters.ts';
import { prepareStatements } from './statements.ts';
import { unfinishedPath } from './unfinished.ts';
import { tightenFolder, type VaultPaths } from './vault-paths.ts';
import { assertWhole } from './whole-file.ts';

export interface CreationWorld {
  readonly paths: VaultPaths;
  readonly clock: Clock;
  readonly random: Random;
  readonly deriveKey: DeriveKey;
  /** Only tests go below the floor. Absent: measured on this machine. */
  readonly creationKdf?: DerivationCost;
}

/** The caller overwrites `password`. @throws AppError invalid-input; errors of the disk and SQLite */
export async function createVault(world: CreationWorld, password: Uint8Array): Promise<CreatedVault> {
  const { paths, clock, random } = world;
  refuseWhereOneIs(paths);
  if (password.length === 0) throw new AppError('invalid-input', 'The password is empty. Nothing was made.');
  const made = await makeHeader(world, password);
  try {
    makeFolder(paths.vaultDir);
    const ownPath = unfinishedPath(paths.vaultPath, random);
    publish(paths, ownPath, () => fill(ownPath, made, random));
    writeHeaderFile(paths, made);
    tryToMark(paths, sealMark(keysOf(made, random), 1));
    tightenFolder(paths.vaultDir);
    return { path: paths.vaultPath, createdAt: isoInstant(clock.now()), format: formatVersion };
  } finally {
    made.arena.destroy();
  }
}

function makeFolder(vaultDir: string): void {
  try {
    makePrivateFolder(vaultDir);
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST', 'ENOTDIR')) throw cause;
    throw new AppError('invalid-input', `${vaultDir} is not a folder.`, { effect: 'nothing-changed', cause });
  }
}

/** The vault is there, with two copies of its header. Where this third one cannot be written the next unlock does it. */
function writeHeaderFile({ headerPath }: VaultPaths, { encoded }: NewHeader): void {
  try {
    replaceFile(headerPath, encoded);
  } catch {
    // A disk that stays full or read-only says so there.
  }
}

/** Another process may make one in the same moment: the name decides, and the loser takes its own file away. */
function publish(paths: VaultPaths, ownPath: string, write: () => void): void {
  makePrivateFile(ownPath);
  try {
    write();
    refuseWhereOneIs(paths);
    if (!publishFile(ownPath, paths.vaultPath)) throw alreadyThere(paths.vaultPath);
  } finally {
    for (const path of [ownPath, `${ownPath}-wal`, `${ownPath}-shm`]) discardFile(path);
  }
}

/** Closed, so that what is published is one whole file. */
function fill(ownPath: string, { arena, header, encoded, hash }: NewHeader, random: Random): void {
  const connection = createDatabase(ownPath);
  try {
    const statements = prepareStatements(connection);
    const keys = keysOf({ arena, header }, random);
    const empty = new Uint8Array(32);
    const manifest = {
      recordCount: 0,
      journalCount: 0,
      setHash: empty,
      logCount: 0,
      logHead: emptyHead,
      headerHash: hash,
    };
    statements.beginImmediate.run();
    statements.setHeaderA.run(encoded);
    statements.setHeaderB.run(encoded);
    statements.setManifest.run(sealManifest(keys, manifest, 1));
    statements.commit.run();
    checkpoint(connection);
  } finally {
    connection.close();
  }
  assertWhole(ownPath);
}

function keysOf({ arena, header }: Pick<NewHeader, 'arena' | 'header'>, random: Random): Keys {
  return { arena, identity: header, nextNonce: createNonces(random) };
}

/** A write-ahead log that belongs to a lost vault would be played into the new one, and a header is the lost one's last copy. */
export function refuseWhereOneIs({ vaultPath, headerPath, sidePaths }: VaultPaths): void {
  const found = [vaultPath, headerPath, ...sidePaths].find((path) => fileKind(path) !== 'absent');
  if (found !== undefined) throw alreadyThere(found);
}

export function alreadyThere(path: string): AppError {
  return new AppError('invalid-input', `There is a vault, or a part of one, already: ${path}. It was not changed.`, {
    hint: 'Unlock it, move the file away, or choose another folder.',
    details: { remedy: 'vault.elsewhere' satisfies Remedy },
  });
}

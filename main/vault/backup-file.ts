// A backup: a copy of the vault as one file, which opens like the vault and with the same password.
//
// Guarantees: it has its name only after it was opened and every record, value, entry and the database's own structure
// were checked, and it is on disk then. Whatever stops before leaves nothing of that name. What the vault had forgotten or
// never meant to keep is not in it, or forgetting would be undone by a restore.
import type { Remedy } from '../../shared/contract/remedies.ts';
import { AppError } from '../app-error.ts';
import type { Clock } from '../platform/clock.ts';
import { discardFile, makePrivateFile, publishFile } from '../platform/durable-files.ts';
import { hasCode } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import type { Keys } from './keys.ts';
import { LiveFile } from './live-file.ts';
import { openFile } from './open-file.ts';
import { openSession } from './open-session.ts';
import { unfinishedPath } from './unfinished.ts';
import type { VaultSession, VaultTransaction } from './vault.ts';
import { vaultDamaged } from './vault-errors.ts';
import { copyPaths, sidePathsOf } from './vault-paths.ts';
import { assertWhole } from './whole-file.ts';

export interface BackupSource {
  readonly file: LiveFile;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
}

export interface BackupWanted {
  readonly path: string;
  readonly leaveOut: (transaction: VaultTransaction) => void;
}

/** @throws AppError invalid-input, vault-damaged; errors of the disk and SQLite */
export function writeBackup(source: BackupSource, { path, leaveOut }: BackupWanted): void {
  const ownPath = unfinishedPath(path, source.random);
  makeFile(ownPath);
  try {
    source.file.open().copyTo(ownPath);
    mendHeader(source, ownPath);
    withCopyOpen(source, ownPath, (session) => {
      session.write(leaveOut);
      if (!session.verify().ok) throw notWhole();
    });
    if (!publishFile(ownPath, path)) throw nameInUse(path);
  } finally {
    removeCopy(ownPath);
  }
}

/** A damaged copy of the header need not be copied: the others hold the same. */
function mendHeader({ file }: BackupSource, path: string): void {
  const { encoded, findings } = file.chosenHeader();
  if (findings.length === 0) return;
  const { statements, close } = openFile(path);
  try {
    statements.setHeaderA.run(encoded);
    statements.setHeaderB.run(encoded);
  } finally {
    close();
  }
}

/** Afterwards everything is in the one file. @throws AppError storage where the disk failed just then */
export function withCopyOpen<T>(
  { keys, clock, random }: Omit<BackupSource, 'file'>,
  path: string,
  use: (session: VaultSession) => T,
): T {
  const file = openCopy(path, keys);
  let result: T;
  try {
    result = use(openSession({ live: () => ({ file, keys }), paths: copyPaths(path), clock, random }));
  } finally {
    file.close();
  }
  assertWhole(path);
  return result;
}

/** Reads it whole. The caller closes it. */
function openCopy(path: string, keys: Keys): LiveFile {
  const opened = openFile(path);
  try {
    return new LiveFile(copyPaths(path), keys, opened);
  } catch (error) {
    opened.close();
    throw error;
  }
}

export function removeCopy(path: string): void {
  for (const name of [path, ...sidePathsOf(path)]) discardFile(name);
}

function makeFile(path: string): void {
  try {
    makePrivateFile(path);
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT', 'ENOTDIR')) throw cause;
    throw new AppError('not-found', `There is no folder for ${path}. Nothing was written.`, { cause });
  }
}

function nameInUse(path: string): AppError {
  return new AppError('invalid-input', `There is something named ${path} already. It was not touched.`, {
    hint: 'Choose another name.',
  });
}

function notWhole(): AppError {
  const { details } = vaultDamaged('rows');
  return new AppError(
    'vault-damaged',
    'The copy is not whole, so it is no backup and was removed. The vault is as it was, and older backups are still there.',
    { hint: 'See what is damaged.', details: { ...details, remedy: 'vault.verify' satisfies Remedy } },
  );
}

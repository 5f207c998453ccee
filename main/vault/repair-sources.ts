// Where rows can be had that the vault has lost: its own backups, newest first.
import type { Backup } from '../../shared/contract/backup.ts';
import { AppError } from '../app-error.ts';
import { fileKind, hasCode } from '../platform/files.ts';
import { chooseHeader } from './header-copies.ts';
import { type Keys, plainHash } from './keys.ts';
import { openFile } from './open-file.ts';
import { type ReadableRows, readReadable } from './readable-rows.ts';
import { reading, type Statements } from './statements.ts';

/** Which backup, as a person is told. */
export type BackupName = Pick<Backup, 'path' | 'createdAt'>;

export interface RepairSource extends Pick<ReadableRows, 'rows' | 'orphans' | 'log' | 'newestSequence'> {
  /** Absent: the vault's own file, where SQLite no longer finds it. */
  readonly backup?: BackupName;
}

/**
 * What opens in each of them by the keys that the vault has now. A backup may be damaged itself: what opens in it is
 * sealed, so it is what the vault once held.
 */
export function readBackups(keys: Keys, backups: readonly BackupName[]): readonly RepairSource[] {
  return backups.flatMap((backup) => {
    const found = fileKind(backup.path) === 'file' ? readBackup(keys, backup.path) : undefined;
    return found === undefined ? [] : [{ ...found, backup: { path: backup.path, createdAt: backup.createdAt } }];
  });
}

/**
 * Those from before this vault got new keys. What they hold is sealed under keys that only the password of their time gives,
 * which nobody has shown here: they can be restored whole, and give no single row.
 */
export function backupsOfOlderKeys(keys: Keys, backups: readonly BackupName[]): BackupName[] {
  const { vaultId, epoch } = keys.identity;
  return backups.flatMap(({ path, createdAt }) => {
    if (fileKind(path) !== 'file') return [];
    const header = withStatements(
      path,
      (statements) => chooseHeader(statements, undefined, plainHash(keys.arena)).header,
    );
    const isOurs = header !== undefined && Buffer.compare(header.vaultId, vaultId) === 0;
    return isOurs && header.epoch < epoch ? [{ path, createdAt }] : [];
  });
}

function readBackup(keys: Keys, path: string): ReadableRows | undefined {
  return withStatements(path, (statements) => readReadable(keys, statements));
}

/** Undefined: it cannot be read at all, which must not stop the others. */
function withStatements<T>(path: string, read: (statements: Statements) => T): T | undefined {
  try {
    const { statements, close } = openFile(path);
    try {
      return reading(statements, () => read(statements));
    } finally {
      close();
    }
  } catch (error) {
    if (error instanceof AppError || isOfSqlite(error) || isOfFiles(error)) return undefined;
    throw error;
  }
}

/** Another user's, or on a disk that fails. */
function isOfFiles(error: unknown): boolean {
  return hasCode(error, 'EACCES', 'EPERM', 'EIO', 'ENOENT');
}

function isOfSqlite(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
}

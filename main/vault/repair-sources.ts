// Where rows can be had that the vault has lost: its own backups, newest first.
import type { Backup } from '../../shared/contract/backup.ts';
import { AppError } from '../app-error.ts';
import { fileKind } from '../platform/files.ts';
import type { Keys } from './keys.ts';
import { openFile } from './open-file.ts';
import { type ReadableRows, readReadable } from './readable-rows.ts';
import { reading } from './statements.ts';

/** Which backup, as a person is told. */
export type BackupName = Pick<Backup, 'path' | 'createdAt'>;

export interface RepairSource extends Pick<ReadableRows, 'rows' | 'log'> {
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

/** Undefined: it cannot be read at all, which must not stop the others. */
function readBackup(keys: Keys, path: string): ReadableRows | undefined {
  try {
    const { statements, close } = openFile(path);
    try {
      return reading(statements, () => readReadable(keys, statements));
    } finally {
      close();
    }
  } catch (error) {
    if (error instanceof AppError || isOfSqlite(error)) return undefined;
    throw error;
  }
}

function isOfSqlite(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
}

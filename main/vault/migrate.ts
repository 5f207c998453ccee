// From an older format of the file to the one that this version reads: one step for each `user_version`, none skipped.
//
// Guarantees: a whole copy was made, read back and compared row by row before; all steps are one transaction, so that a
// vault is of its old format or of the newest, whenever the machine stops; what comes out has exactly our schema. A newer
// format is not touched. Nothing else in this room reads an older format.
import { isDeepStrictEqual } from 'node:util';
import { makePrivateFile, publishFile } from '../platform/durable-files.ts';
import type { Random } from '../platform/random.ts';
import { removeCopy } from './backup-file.ts';
import {
  type Connection,
  checkpoint,
  connect,
  copyDatabase,
  formatVersion,
  hasOurSchema,
  readFormat,
} from './database.ts';
import { holdLock } from './lock-file.ts';
import { vaultDamaged } from './vault-errors.ts';
import type { VaultFilePaths } from './vault-paths.ts';
import { assertWhole } from './whole-file.ts';

export interface Migration {
  /** The `user_version` that it makes of the one before. */
  readonly to: number;
  /** Within the transaction. It keeps no path that reads what it took away. */
  readonly step: (connection: Connection) => void;
}

/** One file and one test for each; vaults of the format before stay in test/vectors: one of plain rows, and one that was used. */
export const migrations: readonly Migration[] = [];

export interface MigrationWorld {
  readonly paths: VaultFilePaths;
  readonly random: Random;
}

/** @throws AppError vault-busy, vault-damaged (sqlite); errors of the disk and SQLite: then the vault is as it was */
export function migrateIfOlder({ paths, random }: MigrationWorld, known: readonly Migration[]): void {
  const format = readFormat(paths.vaultPath);
  if (format === undefined || format >= formatVersion) return;
  const steps = known.filter(({ to }) => to > format).toSorted((left, right) => left.to - right.to);
  // Formats that never were: opening says so.
  if (!steps.every(({ to }, index) => to === format + 1 + index) || steps.at(-1)?.to !== formatVersion) return;
  // A copy that is being restored is nobody else's, and has its original.
  if (paths.headerPath === undefined) {
    migrate(paths.vaultPath, steps, () => {});
    return;
  }
  const release = holdLock(paths.lockPath);
  try {
    const copyPath = `${paths.vaultPath}.before-migration-${Buffer.from(random.bytes(6)).toString('hex')}`;
    migrate(paths.vaultPath, steps, (connection) => copyAndCompare(connection, copyPath));
  } finally {
    release();
  }
}

function migrate(path: string, steps: readonly Migration[], first: (connection: Connection) => void): void {
  const connection = connect(path, () => {});
  try {
    first(connection);
    connection.exec('BEGIN IMMEDIATE');
    for (const { to, step } of steps) {
      step(connection);
      connection.pragma(`user_version = ${to}`);
    }
    // Closing without a commit takes everything back.
    if (!hasOurSchema(connection)) throw vaultDamaged('sqlite');
    connection.exec('COMMIT');
    checkpoint(connection);
  } finally {
    connection.close();
  }
}

/** No key is at hand, and the rows may be of a form that nothing here reads any more: so they are compared as they are. */
function copyAndCompare(connection: Connection, copyPath: string): void {
  const ownPath = `${copyPath}.new`;
  makePrivateFile(ownPath);
  try {
    copyDatabase(connection, ownPath);
    const copy = connect(ownPath, () => {});
    try {
      const isWhole = copy.pragma('integrity_check', { simple: true }) === 'ok';
      if (!isWhole || !isDeepStrictEqual(allRows(copy), allRows(connection))) throw vaultDamaged('sqlite');
    } finally {
      copy.close();
    }
    assertWhole(ownPath);
    if (!publishFile(ownPath, copyPath)) throw vaultDamaged('sqlite');
  } finally {
    removeCopy(ownPath);
  }
}

function allRows(connection: Connection): unknown[] {
  const names = connection
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  return names.map((name) => [
    name,
    connection
      .prepare(`SELECT * FROM "${name.replaceAll('"', '""')}" ORDER BY 1`)
      .raw()
      .all(),
  ]);
}

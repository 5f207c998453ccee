// How a vault's SQLite file is opened. Every setting is set and then read back, because SQLite ignores what it does not
// know and several have other defaults in better-sqlite3.
//
// Guarantees: a transaction that COMMIT has answered is on disk (synchronous FULL: with NORMAL, better-sqlite3's default
// in WAL mode, every third simulated power cut lost one); deleted bytes are overwritten; a hostile file runs no code of
// its own (trusted_schema, and the schema must be ours to the letter). No read transaction outlives a call of this room,
// so that other processes can write and checkpoints complete.
import { lstatSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../app-error.ts';
import { fileKind, hasCode, readStart } from '../platform/files.ts';
import { isOpenHere } from './open-here.ts';
import { vaultDamaged, vaultGone, vaultTooNew } from './vault-errors.ts';

export type Connection = Database.Database;

/** "ROND". Stands in the file's first 100 bytes, like the version. */
export const applicationId = 0x524f4e44;

/** The format of the file as a whole. A newer one is refused untouched; older ones are migrated (migrate.ts). */
export const formatVersion = 1;

/** Other writers need milliseconds. The calling thread is blocked meanwhile, hence not longer. */
const busyTimeoutMs = 2_000;

/** A checkpoint can be repeated later, so it waits for a reader only briefly. */
const checkpointTimeoutMs = 50;

const schema: Readonly<Record<string, string>> = {
  header_a: 'CREATE TABLE header_a (one INTEGER PRIMARY KEY CHECK (one = 1), header BLOB NOT NULL)',
  record:
    'CREATE TABLE record (id BLOB PRIMARY KEY CHECK (length(id) = 16), meta BLOB NOT NULL, secret BLOB NOT NULL) WITHOUT ROWID',
  journal: 'CREATE TABLE journal (id BLOB PRIMARY KEY CHECK (length(id) = 16), row BLOB NOT NULL) WITHOUT ROWID',
  manifest: 'CREATE TABLE manifest (one INTEGER PRIMARY KEY CHECK (one = 1), manifest BLOB NOT NULL)',
  log: 'CREATE TABLE log (number INTEGER PRIMARY KEY, entry BLOB NOT NULL)',
  // Far from header_a, so that one bad page does not take both.
  header_b: 'CREATE TABLE header_b (one INTEGER PRIMARY KEY CHECK (one = 1), header BLOB NOT NULL)',
};

/** Name, what is set, what SQLite must then say. */
const pragmas: readonly (readonly [string, string, unknown])[] = [
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['mmap_size', '0', 0],
  ['temp_store', 'MEMORY', 2],
  ['secure_delete', 'ON', 1],
  ['fullfsync', 'ON', 1],
  ['checkpoint_fullfsync', 'ON', 1],
  ['locking_mode', 'NORMAL', 'normal'],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
];

/**
 * Of a file whose header may be damaged. Locked before anything is read: then WAL needs no shared memory, and the file is
 * locked as a whole. Its own journal mode stays, as all that it says of itself.
 */
const pragmasAlone = pragmas.flatMap((pragma): (typeof pragmas)[number][] => {
  const [name] = pragma;
  if (name === 'locking_mode') return [[name, 'EXCLUSIVE', 'exclusive']];
  return name === 'journal_mode' ? [] : [pragma];
});

/** Opens a vault that exists. @throws AppError not-found, vault-damaged (not-a-vault, sqlite), vault-too-new; SqliteError */
export function openDatabase(path: string): Connection {
  checkFormat(path);
  return connect(path, (connection) => {
    if (!hasOurSchema(connection)) throw vaultDamaged('sqlite');
  });
}

/** Fills an empty file. The caller gives it its final name after closing. */
export function createDatabase(path: string): Connection {
  return connect(path, (connection) => {
    connection.pragma(`application_id = ${applicationId}`);
    connection.pragma(`user_version = ${formatVersion}`);
    for (const statement of Object.values(schema)) connection.exec(statement);
  });
}

/**
 * What the file says it is, read without SQLite, which would write beside it; of one that is open here it is known. Undefined:
 * it is not a vault.
 */
export function readFormat(path: string): number | undefined {
  if (isOpenHere(path)) return formatVersion;
  const start = readDatabaseHeader(path);
  return start !== undefined && start.readUInt32BE(68) === applicationId ? start.readUInt32BE(60) : undefined;
}

/**
 * Whether it is a vault's file of at least the length that it says it has: a copy that was cut short, or emptied, is not.
 * Costs next to nothing, and says nothing about what is in it.
 */
export function hasItsLength(path: string): boolean {
  try {
    const start = readDatabaseHeader(path);
    if (start?.readUInt32BE(68) !== applicationId) return false;
    // 1 stands for 65536, which has no room there.
    const pageBytes = start.readUInt16BE(16) === 1 ? 65_536 : start.readUInt16BE(16);
    return lstatSync(path).size >= pageBytes * start.readUInt32BE(28);
  } catch {
    return false;
  }
}

function readDatabaseHeader(path: string): Buffer | undefined {
  const start = Buffer.from(readStart(path, 100) ?? []);
  return start.length === 100 && start.toString('latin1', 0, 16) === 'SQLite format 3\0' ? start : undefined;
}

/** Moves the write-ahead log into the file and empties it. False: a reader was in the way, so repeat later. */
export function checkpoint(connection: Connection): boolean {
  connection.pragma(`busy_timeout = ${checkpointTimeoutMs}`);
  try {
    const [result] = connection.prepare<[], [number]>('PRAGMA wal_checkpoint(TRUNCATE)').raw().all();
    return result?.[0] === 0;
  } finally {
    connection.pragma(`busy_timeout = ${busyTimeoutMs}`);
  }
}

/** A whole copy into an empty file. SQLite writes copies without a write-ahead log: this one gets the vault's own mode. */
export function copyDatabase(connection: Connection, path: string): void {
  connection.prepare<[string]>('VACUUM INTO ?').run(path);
  connect(path, () => {}).close();
}

/**
 * Moves the write-ahead log into the file and makes sure that no other process has it open at this moment. A file that
 * SQLite does not read, or not write, cannot be open anywhere. @throws SqliteError busy
 */
export function takeAlone(path: string): void {
  const take = (connection: Connection) => {
    connection.exec('BEGIN EXCLUSIVE; COMMIT');
    checkpoint(connection);
  };
  try {
    connect(path, take, { settings: pragmasAlone, timeoutMs: checkpointTimeoutMs }).close();
  } catch (error) {
    // No statement of ours is wrong, so SQLite's plain "error" is about the file's own header.
    const isUnreadable = hasCode(error, 'SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_ERROR');
    const isUnwritable = hasCode(error, 'SQLITE_READONLY') && !saysWal(path);
    if (!isUnreadable && !isUnwritable) throw error;
  }
}

function checkFormat(path: string): void {
  if (fileKind(path) === 'absent') throw vaultGone();
  if (isOpenHere(path)) return;
  const format = readFormat(path);
  if (format === undefined) throw vaultDamaged('not-a-vault');
  if (format > formatVersion) throw vaultTooNew(format);
  if (format < formatVersion || !saysWal(path)) throw vaultDamaged('sqlite');
}

/** Offsets 18 and 19 say who may write and read; 2 is WAL. With another number SQLite takes the file for read-only. */
function saysWal(path: string): boolean {
  return readDatabaseHeader(path)?.readUInt16BE(18) === 0x0202;
}

/** With every setting, whatever its schema. `prepare` runs before it is handed out. */
export function connect(
  path: string,
  prepare: (connection: Connection) => void,
  { settings = pragmas, timeoutMs = busyTimeoutMs } = {},
): Connection {
  const connection = new Database(path, { fileMustExist: true, timeout: timeoutMs });
  try {
    for (const [name, value, expected] of settings) {
      connection.pragma(`${name} = ${value}`);
      const actual: unknown = connection.pragma(name, { simple: true });
      if (actual !== expected) throw unfitDisk(name);
    }
    prepare(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function unfitDisk(name: string): AppError {
  return new AppError('storage', `SQLite cannot work safely in this folder (${name}).`, {
    effect: 'nothing-changed',
    hint: 'Keep the vault on a disk of this machine: network drives often lack what it takes.',
  });
}

export function hasOurSchema(connection: Connection): boolean {
  const found = connection.prepare<[], [string, string]>('SELECT name, sql FROM sqlite_schema').raw().all();
  return found.length === Object.keys(schema).length && found.every(([name, sql]) => schema[name] === sql);
}

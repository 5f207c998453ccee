import Database from 'better-sqlite3';
import { AppError } from '../app-error.ts';
import { makePrivateFile } from '../platform/durable-files.ts';
import { fileKind, hasCode } from '../platform/files.ts';

/** A look whether somebody holds it takes a moment, in which it is held: nobody is refused for that. */
const patienceMs = 200;

/**
 * Holds `vault.rondo.lock` until the returned function is called. A tiny SQLite file in an exclusive transaction: the
 * system frees it when the process dies, however that happens, and Node has no other lock of that kind. The file stays:
 * removing it would let two processes lock two files of one name.
 * @throws AppError vault-busy, storage (what is there is no lock file)
 */
export function holdLock(lockPath: string, waitMs = patienceMs): () => void {
  if (fileKind(lockPath) === 'absent') makeIfAbsent(lockPath);
  if (fileKind(lockPath) !== 'file') throw notALock(lockPath);
  const database = new Database(lockPath, { timeout: waitMs });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw hasCode(error, 'SQLITE_NOTADB', 'SQLITE_CORRUPT') ? notALock(lockPath, error) : error;
  }
  return () => release(database);
}

/** Closing ends the transaction. What was done under the lock holds, whatever the disk says now. */
function release(database: Database.Database): void {
  try {
    database.close();
  } catch {
    // The system frees it when the process ends.
  }
}

function makeIfAbsent(lockPath: string): void {
  try {
    makePrivateFile(lockPath);
  } catch (error) {
    // Another process made it in this moment.
    if (fileKind(lockPath) !== 'file') throw error;
  }
}

function notALock(lockPath: string, cause?: unknown): AppError {
  return new AppError('storage', `${lockPath} is not the lock file that Rondo made.`, {
    effect: 'nothing-changed',
    hint: 'Move it away, then try again. Nothing of the vault is in it.',
    cause,
  });
}

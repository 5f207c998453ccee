import Database from 'better-sqlite3';
import { fileKind, makePrivateFile } from '../platform/files.ts';
import { vaultBusy } from './vault-errors.ts';

/**
 * Holds `vault.rondo.lock` until the returned function is called. A tiny SQLite file in an exclusive transaction: the
 * system frees it when the process dies, however that happens, and Node has no other lock of that kind. The file stays:
 * removing it would let two processes lock two files of one name.
 * @throws AppError vault-busy
 */
export function holdLock(lockPath: string): () => void {
  if (fileKind(lockPath) === 'absent') makeIfAbsent(lockPath);
  if (fileKind(lockPath) !== 'file') throw vaultBusy();
  const database = new Database(lockPath, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw error;
  }
  // Closing ends the transaction.
  return () => database.close();
}

function makeIfAbsent(lockPath: string): void {
  try {
    makePrivateFile(lockPath);
  } catch (error) {
    // Another process made it in this moment.
    if (fileKind(lockPath) !== 'file') throw error;
  }
}

import { fileIdentity, hasCode } from '../platform/files.ts';
import { type Connection, checkpoint, copyDatabase, openDatabase } from './database.ts';
import { openedHere } from './open-here.ts';
import { prepareStatements, type Statements } from './statements.ts';
import { vaultDamaged } from './vault-errors.ts';

/** The vault's file, open. */
export interface OpenFile {
  readonly statements: Statements;
  /** False: another file has its name now, by somebody else's sync or restore. What is written here nobody would find. */
  hasItsName(): boolean;
  inTransaction(): boolean;
  /** False: repeat later. */
  checkpoint(): boolean;
  /** Writes all of it into an empty file. Outside of any transaction. */
  copyTo(path: string): void;
  /** Writes the file anew. Outside of any transaction. */
  vacuum(): void;
  close(): void;
}

/** @throws AppError not-found, vault-damaged, vault-too-new; SqliteError */
export function openFile(vaultPath: string): OpenFile {
  // Before it is opened: what takes the name in this moment then differs as well.
  const opened = fileIdentity(vaultPath);
  const connection = openOurs(vaultPath);
  try {
    const statements = prepareStatements(connection);
    let closed = opened === undefined ? undefined : openedHere(opened);
    return {
      statements,
      hasItsName: () => fileIdentity(vaultPath) === opened,
      inTransaction: () => connection.inTransaction,
      checkpoint: () => checkpoint(connection),
      copyTo: (path) => copyDatabase(connection, path),
      vacuum() {
        connection.exec('VACUUM');
        checkpoint(connection);
      },
      close() {
        connection.close();
        closed?.();
        closed = undefined;
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** While opening there are no statements of ours that could be wrong, so SQLite's plain "error" means the file. */
function openOurs(vaultPath: string): Connection {
  try {
    return openDatabase(vaultPath);
  } catch (error) {
    throw hasCode(error, 'SQLITE_ERROR') ? vaultDamaged('sqlite', error) : error;
  }
}

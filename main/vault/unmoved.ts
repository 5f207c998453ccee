// Whether somebody wrote to a vault's file since it was looked at, as far as its manifest tells.
import { AppError } from '../app-error.ts';
import { hasCode } from '../platform/files.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { readCell } from './read-state.ts';
import type { Cell, Statements } from './statements.ts';

/**
 * Every transaction that changes anything seals the manifest anew, so another blob stands for another state. Undefined: SQLite
 * does not reach it; nobody can write to such a vault, as a transaction begins with reading it.
 */
export function manifestCell(statements: Statements): Cell {
  return readCell(() => statements.manifest.get());
}

/** Once nobody else had the file open. @throws AppError vault-busy */
export function refuseMoved(vaultPath: string, manifestBefore: Cell): void {
  const file = openIfReadable(vaultPath);
  if (file === undefined) return;
  try {
    if (!isSame(manifestCell(file.statements), manifestBefore)) throw moved();
  } finally {
    file.close();
  }
}

/**
 * Undefined: its head is damaged by now, so that nothing can be told, which is no reason to refuse a repair. What somebody
 * wrote to it between the look and that damage is in the file that is kept, and in no other.
 */
function openIfReadable(vaultPath: string): OpenFile | undefined {
  try {
    return openFile(vaultPath);
  } catch (error) {
    if (
      error instanceof AppError ? error.code === 'vault-damaged' : hasCode(error, 'SQLITE_NOTADB', 'SQLITE_CORRUPT')
    ) {
      return undefined;
    }
    throw error;
  }
}

function isSame(left: Cell, right: Cell): boolean {
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right) === 0;
  return left === right;
}

function moved(): AppError {
  return new AppError(
    'vault-busy',
    'Another process wrote to the vault while it was being repaired, and the repair would have left that out.',
    { effect: 'nothing-changed', hint: 'Look again at what is damaged, then repair it.' },
  );
}

// Whether a vault's file is still the one that was looked at.
import { AppError } from '../app-error.ts';
import { openFile } from './open-file.ts';
import { readCell } from './read-state.ts';
import type { Cell, Statements } from './statements.ts';

/** Every transaction of every process seals the manifest anew. Undefined: SQLite does not reach it. */
export function manifestCell(statements: Statements): Cell {
  return readCell(() => statements.manifest.get());
}

/** While nobody else can have the file open. @throws AppError vault-busy */
export function refuseMoved(vaultPath: string, manifestBefore: Cell): void {
  const { statements, close } = openFile(vaultPath);
  try {
    if (!isSame(manifestCell(statements), manifestBefore)) throw moved();
  } finally {
    close();
  }
}

function isSame(left: Cell, right: Cell): boolean {
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right) === 0;
  return left === right;
}

function moved(): AppError {
  return new AppError(
    'vault-busy',
    'Another process wrote to the vault while it was being repaired, and the repair would have left that out. Nothing was changed.',
    { hint: 'Unlock the vault and repair it again.' },
  );
}

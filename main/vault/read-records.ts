import type { Id } from '../../shared/ids.ts';
import type { RecordBlobs } from './sealed-rows.ts';
import type { Cell, Statements } from './statements.ts';

export type RecordCells = readonly [id: Cell, meta: Cell, secret: Cell];

export interface SealedRecord extends RecordBlobs {
  readonly rowId: Uint8Array;
}

/**
 * Hands all record rows to `collect`, or as many as a damaged file still gives; then `collect` runs a second time, from
 * the beginning. Row by row and not as one array: thousands of sealed rows alive at once cost a fifth of an unlock.
 * `broken`: SQLite could not follow its own structure somewhere, so rows may be missing.
 */
export function readRecords<T>(
  statements: Statements,
  collect: (rows: Iterable<RecordCells>) => T,
): { readonly collected: T; readonly broken: boolean } {
  try {
    return { collected: collect(statements.records.iterate()), broken: false };
  } catch (error) {
    if (!isCorruption(error)) throw error;
    return { collected: collect(readAround(statements)), broken: true };
  }
}

/**
 * By the first byte of the id, from both ends: a page that cannot be read costs the rows on it, and of the rest only
 * those that lie between two such pages within one 256th.
 */
function readAround(statements: Statements): RecordCells[] {
  const found = new Map<string, RecordCells>();
  for (let first = 0; first < 256; first++) {
    const low = Buffer.of(first);
    const high = first < 255 ? Buffer.of(first + 1) : Buffer.alloc(17, 255);
    for (const statement of [statements.recordsUpwards, statements.recordsDownwards]) {
      try {
        for (const row of statement.iterate(low, high)) found.set(idOf(row[0]), row);
      } catch (error) {
        if (!isCorruption(error)) throw error;
      }
    }
  }
  return [...found.values()];
}

/** SQLite itself says that the file is not what it wrote. */
export function isCorruption(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));
}

/** Undefined: the cells are not what Rondo writes there. */
export function asRecord([id, meta, secret]: RecordCells): SealedRecord | undefined {
  const isWhole = isRowId(id) && Buffer.isBuffer(meta) && Buffer.isBuffer(secret);
  return isWhole ? { rowId: id, meta, secret } : undefined;
}

/** The record's row as it stands. Undefined: there is none, or not as Rondo writes it. */
export function readRecord(statements: Statements, rowId: Uint8Array): SealedRecord | undefined {
  const [cells] = statements.record.all(rowId);
  return cells && asRecord([rowId, ...cells]);
}

export function isRowId(cell: Cell): cell is Buffer {
  return Buffer.isBuffer(cell) && cell.length === 16;
}

/** The id, or the word `unknown` for a row that has none. */
export function idOf(cell: Cell): Id {
  return isRowId(cell) ? cell.toString('hex') : 'unknown';
}

/** @throws Error for what is not an id: a bug of the caller */
export function idBytes(id: Id): Buffer {
  if (!/^[0-9a-f]{32}$/.test(id)) throw new Error('An id is 32 characters of 0-9 and a-f');
  return Buffer.from(id, 'hex');
}

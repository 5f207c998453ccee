// What of a file that may be damaged still opens, row by row, with the sealed bytes: from these a vault is put together
// again. Nothing here decides what is right; it only says what is authentic.
import type { Id } from '../../shared/ids.ts';
import { openEntry } from './audit-chain.ts';
import type { Keys } from './keys.ts';
import { type Manifest, type OpenedManifest, openManifest } from './manifest.ts';
import { readLog } from './read-log.ts';
import { idOf, isRowId, readRecords } from './read-records.ts';
import { readCell, readJournalCells } from './read-state.ts';
import { lookAtSecret, openJournalRow, openRecordRow } from './sealed-rows.ts';
import type { Cell, Statements } from './statements.ts';

/** A row of `record` or `journal` of which every part opens. */
export interface ReadableRow {
  readonly table: 'record' | 'journal';
  readonly id: Id;
  /** The sealed parts: of a record two, else one. */
  readonly blobs: readonly Uint8Array[];
  readonly element: string;
  readonly sequence: number;
  /** What a record is, such as `token`. */
  readonly recordKind?: string;
  /** Of a record: whether its second part holds anything. */
  readonly hasValue?: boolean;
}

/** A row that is there and does not open as a whole. */
export interface ClosedRow {
  readonly table: 'record' | 'journal';
  readonly id: Id;
  readonly recordKind?: string;
  /** The first part of a record, where only its value does not open. */
  readonly meta?: Uint8Array;
  /** The second part, where only the description does not open; the value may be empty. */
  readonly value?: Uint8Array;
  /** The second part as it stands, where it does not open. */
  readonly closedSecret?: Uint8Array;
  /** Of the transaction that sealed the part that opens. */
  readonly sequence?: number;
  /** Found somewhere in the file, where no table says that it is what the row was last. */
  readonly isCarved?: true;
}

export interface ReadableRows {
  /** By `rowKey`. */
  readonly rows: ReadonlyMap<string, ReadableRow>;
  readonly closed: readonly ClosedRow[];
  /** Second parts that were found by themselves, by `rowKey`: no row has them. */
  readonly orphans?: ReadonlyMap<string, Uint8Array>;
  /** Sealed entries of the log that open, by number. */
  readonly log: ReadonlyMap<number, Uint8Array>;
  /** Undefined: it does not open. */
  readonly manifest: OpenedManifest | undefined;
  /** The highest number of a transaction that sealed anything of this. */
  readonly newestSequence: number;
}

/**
 * What may be proved by. A manifest that is older than anything else there was put back, or the newer one is lost: it
 * knows nothing of what came after it, and by its word the newest of all would be taken for what does not belong.
 */
export function vouchingManifest({ manifest, newestSequence }: ReadableRows): Manifest | undefined {
  return manifest !== undefined && manifest.sequence >= newestSequence ? manifest.manifest : undefined;
}

export function rowKey({ table, id }: Pick<ReadableRow, 'table' | 'id'>): string {
  return `${table} ${id}`;
}

/** The caller holds a read transaction. */
export function readReadable(keys: Keys, statements: Statements): ReadableRows {
  const { collected } = readRecords(statements, (cells) => {
    const rows: ReadableRow[] = [];
    const closed: ClosedRow[] = [];
    for (const [id, meta, secret] of cells) {
      const read = isRowId(id) ? readRecordBlobs(keys, id, [blobOf(meta), blobOf(secret)]) : undefined;
      if (read === undefined) closed.push({ table: 'record', id: idOf(id) });
      else if ('blobs' in read) rows.push(read);
      else closed.push(read);
    }
    return { rows, closed };
  });
  const { rows, closed } = collected;
  for (const [id, blob] of readJournalCells(statements, [])) {
    const row = isRowId(id) && Buffer.isBuffer(blob) ? readJournalBlob(keys, id, blob) : undefined;
    if (row === undefined) closed.push({ table: 'journal', id: idOf(id) });
    else rows.push(row);
  }
  const { log, newestSequence: newestEntry } = readEntries(keys, statements);
  const manifest = openManifest(
    keys,
    readCell(() => statements.manifest.get()),
  );
  return {
    rows: new Map(rows.map((row) => [rowKey(row), row])),
    closed,
    log,
    manifest,
    newestSequence: newestOf([...rows, ...closed, { sequence: newestEntry }, { sequence: manifest?.sequence }]),
  };
}

/** One part that is no blob any more must not cost the other one. */
function blobOf(cell: Cell): Uint8Array {
  return Buffer.isBuffer(cell) ? cell : new Uint8Array(0);
}

function newestOf(sealed: readonly { readonly sequence?: number | undefined }[]): number {
  return sealed.reduce((newest, { sequence = 0 }) => Math.max(newest, sequence), 0);
}

export function readRecordBlobs(
  keys: Keys,
  rowId: Uint8Array,
  [meta, secret]: readonly [Uint8Array, Uint8Array],
): ReadableRow | ClosedRow {
  const value = lookAtSecret(keys, rowId, secret);
  const opened = openRecordRow(keys, rowId, { meta, secret });
  const closed = value === undefined ? { closedSecret: secret } : { value: secret, sequence: value.sequence };
  if (opened === undefined) return { table: 'record', id: idOf(rowId), ...closed };
  const { record, element, sequence } = opened;
  const row = { table: 'record', id: record.id, recordKind: record.kind, sequence } as const;
  if (value === undefined) return { ...row, meta, closedSecret: secret };
  return { ...row, blobs: [meta, secret], element, hasValue: !value.isEmpty };
}

export function readJournalBlob(keys: Keys, rowId: Uint8Array, blob: Uint8Array): ReadableRow | undefined {
  const opened = openJournalRow(keys, rowId, blob);
  if (opened === undefined) return undefined;
  const { id, element, sequence } = opened;
  return { table: 'journal', id, blobs: [blob], element, sequence };
}

function readEntries(keys: Keys, statements: Statements): Pick<ReadableRows, 'log' | 'newestSequence'> {
  const log = new Map<number, Uint8Array>();
  let newestSequence = 0;
  for (const [number, blob] of readLog(statements)) {
    if (typeof number !== 'number' || !(blob instanceof Uint8Array)) continue;
    const link = openEntry(keys, number, blob);
    if (link === undefined) continue;
    log.set(number, blob);
    newestSequence = Math.max(newestSequence, link.sequence);
  }
  return { log, newestSequence };
}

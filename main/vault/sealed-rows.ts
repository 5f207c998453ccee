// Rows of the tables record and journal: from sealed blobs to what is kept in memory while the vault is open, and back.
//
// Each row has an element, the part it adds to the set hash:
//
//   BLAKE2b-256(set hash key; table (8 bit: 1 record, 2 journal) | row id 16 | length of the first blob (32 bit)
//               | vault id 16 | first blob | second blob, if the table has one)
//
// It covers every byte of the row, so a row cannot change unnoticed even where its secret is never opened. The order is
// chosen so that the same bytes in the scratch serve the hash and then the opening of the first blob: vault id and head
// are that blob's associated data.
import type { Id } from '../../shared/ids.ts';
import {
  maxBlobBytes,
  nonceOffset,
  openBlob,
  openInPlace,
  type Place,
  sealBlob,
  sealedOffset,
  vaultIdBytes,
} from './blob.ts';
import type { Keys } from './keys.ts';
import type { VaultRecord } from './vault.ts';

export interface RecordRow {
  readonly record: VaultRecord;
  /** 32 bytes, one character each. */
  readonly element: string;
  /** Both nonces: they differ whenever the row was sealed again, so an unchanged row need not be opened again. */
  readonly stamp: string;
  readonly sequence: number;
}

export interface JournalRow {
  readonly id: Id;
  readonly row: unknown;
  readonly element: string;
  readonly sequence: number;
}

export interface RecordBlobs {
  readonly meta: Uint8Array;
  readonly secret: Uint8Array;
}

const lengthAt = 17;
const prefixBytes = 21;
const firstBlobAt = prefixBytes + vaultIdBytes;
const recordTable = Uint8Array.of(1);
const journalTable = Uint8Array.of(2);

/** Undefined: the meta part does not open here. The secret part stays sealed. `rowId` is the id as 16 bytes. */
export function openRecordRow(keys: Keys, rowId: Uint8Array, { meta, secret }: RecordBlobs): RecordRow | undefined {
  return withRow(keys, { table: recordTable, rowId, blobs: [meta, secret] }, (element) => {
    const opened = openFirst(keys, { kind: 'meta', rowId }, meta.length);
    const content = opened && parseRecordContent(opened.json);
    if (opened === undefined || content === undefined) return undefined;
    const record = { id: hexOf(rowId), ...content };
    return { record, element, stamp: stampOf(meta) + stampOf(secret), sequence: opened.sequence };
  });
}

/** Of a record its description alone, whatever becomes of its secret. Undefined: it does not open here. */
export function openDescription(keys: Keys, rowId: Uint8Array, meta: Uint8Array): VaultRecord | undefined {
  return openRecordRow(keys, rowId, { meta, secret: new Uint8Array(0) })?.record;
}

export function openJournalRow(keys: Keys, rowId: Uint8Array, blob: Uint8Array): JournalRow | undefined {
  return withRow(keys, { table: journalTable, rowId, blobs: [blob] }, (element) => {
    const opened = openFirst(keys, { kind: 'journal', rowId }, blob.length);
    return opened && { id: hexOf(rowId), row: opened.json, element, sequence: opened.sequence };
  });
}

/** Whether these blobs are the ones that the vault last saw or wrote as this row. */
export function isSameRow(keys: Keys, rowId: Uint8Array, blobs: RecordBlobs, element: string): boolean {
  const row = { table: recordTable, rowId, blobs: [blobs.meta, blobs.secret] };
  return withRow(keys, row, (actual) => actual === element) ?? false;
}

/** What makes one: the row it is for and the transaction that writes it. */
export interface Sealer {
  readonly keys: Keys;
  readonly sequence: number;
}

export function sealMeta(sealer: Sealer, rowId: Uint8Array, { kind, meta, revision }: VaultRecord): Uint8Array {
  return seal(sealer, { kind: 'meta', rowId }, Buffer.from(JSON.stringify({ kind, meta, revision }), 'utf8'));
}

export function sealSecret(sealer: Sealer, rowId: Uint8Array, secret: Uint8Array): Uint8Array {
  return seal(sealer, { kind: 'secret', rowId }, secret);
}

export function sealJournal(sealer: Sealer, rowId: Uint8Array, row: unknown): Uint8Array {
  return seal(sealer, { kind: 'journal', rowId }, Buffer.from(JSON.stringify(row), 'utf8'));
}

/** The secret's bytes, to be overwritten by the caller. Undefined: it does not open here. */
export function openSecret({ arena, identity }: Keys, rowId: Uint8Array, blob: Uint8Array): Uint8Array | undefined {
  const sealed = { place: { kind: 'secret', rowId } as const, blob };
  return openBlob(arena, identity, sealed, ({ from, to }) => arena.read(from, to));
}

/** What can be told of a secret while its bytes stay where they are. Undefined: it does not open here. */
export function lookAtSecret({ arena, identity }: Keys, rowId: Uint8Array, blob: Uint8Array) {
  const sealed = { place: { kind: 'secret', rowId } as const, blob };
  return openBlob(arena, identity, sealed, ({ from, to, sequence }) => ({ isEmpty: from === to, sequence }));
}

function seal({ keys, sequence }: Sealer, place: Place, content: Uint8Array): Uint8Array {
  return sealBlob(keys.arena, keys.identity, place, { content, sequence, nonce: keys.nextNonce() });
}

function stampOf(blob: Uint8Array): string {
  return asBuffer(blob).toString('latin1', nonceOffset, sealedOffset);
}

function hexOf(rowId: Uint8Array): Id {
  return asBuffer(rowId).toString('hex');
}

/** The same bytes: what SQLite returns is a Buffer already. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface RowBytes {
  readonly table: Uint8Array;
  readonly rowId: Uint8Array;
  readonly blobs: readonly Uint8Array[];
}

function withRow<T>({ arena, identity }: Keys, row: RowBytes, use: (element: string) => T): T | undefined {
  let end = firstBlobAt;
  try {
    arena.write(0, row.table);
    arena.write(1, row.rowId);
    arena.writeUInt32(lengthAt, row.blobs[0]?.length ?? 0);
    arena.write(prefixBytes, identity.vaultId);
    for (const blob of row.blobs) {
      if (blob.length > maxBlobBytes) return undefined;
      arena.write(end, blob);
      end += blob.length;
    }
    return use(arena.hashAsText('set-hash', 0, end));
  } finally {
    arena.clear(0, end);
  }
}

function openFirst({ arena, identity }: Keys, place: Place, length: number) {
  const opened = openInPlace(arena, identity, place, { at: firstBlobAt, length });
  if (opened === undefined) return undefined;
  const json: unknown = JSON.parse(arena.readText(opened.from, opened.to));
  return { json, sequence: opened.sequence };
}

function parseRecordContent(json: unknown): Omit<VaultRecord, 'id'> | undefined {
  if (typeof json !== 'object' || json === null || !('kind' in json) || !('meta' in json)) return undefined;
  const { kind, meta } = json;
  // Vaults from before there were revisions hold records without one.
  const revision = 'revision' in json && isRevision(json.revision) ? json.revision : 0;
  return typeof kind === 'string' ? { kind, meta, revision } : undefined;
}

function isRevision(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

// What is inside an export: which records, as they are on their way between two vaults.
//
//   length of the JSON (32 bit, big endian) | JSON in UTF-8 | the values, one after another
//
//   JSON: { "format": "rondo-export", "version": 1, "createdAt", "vaultId", "fingerprintProbe", "records": [
//           { "id", "kind", "revision", "meta", "valueBytes"? } … ] }
//
// A record with `valueBytes` has its value behind the JSON, in the order of the records: so values never become strings,
// which nobody could overwrite. `fingerprintProbe` is the fingerprint of a fixed text: where it comes out the same, the
// records' own fingerprints mean something. The seal around this is not of this room.
import * as z from 'zod';
import { instant } from '../../shared/contract/kit.ts';
import { id } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';

/** As much as a vault was ever tried with, and more than fits a million times less. */
const maxRecords = 250_000;
/** A row of the vault holds no more. */
const maxValueBytes = 1024 * 1024;

export interface TravellingRecord {
  readonly id: string;
  readonly kind: string;
  readonly revision: number;
  readonly meta: unknown;
  /** Whoever holds the content overwrites it. */
  readonly value?: Uint8Array;
}

export interface Content {
  readonly createdAt: string;
  readonly vaultId: string;
  readonly fingerprintProbe: string;
  readonly records: readonly TravellingRecord[];
}

const format = 'rondo-export';
const version = 1;

const envelope = z.object({ format: z.literal(format), version: z.int().min(1) });

const document = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  createdAt: instant,
  vaultId: id,
  fingerprintProbe: z.string().regex(/^[0-9a-f]{64}$/),
  records: z
    .array(
      z.strictObject({
        id,
        kind: z.string().min(1).max(64),
        revision: z.int().min(0),
        meta: z.record(z.string(), z.unknown()),
        valueBytes: z.int().min(1).max(maxValueBytes).exactOptional(),
      }),
    )
    .max(maxRecords),
});

/** The caller overwrites it, and the values that went in. */
export function encodeContent({ records, ...about }: Content): Uint8Array {
  const listed = records.map(({ value, ...record }) => ({
    ...record,
    ...(value === undefined ? {} : { valueBytes: value.length }),
  }));
  const json = Buffer.from(JSON.stringify({ format, version, ...about, records: listed }), 'utf8');
  const values = records.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, ...values]);
}

/**
 * The values are views into `encoded`: whoever overwrites that, overwrites them.
 * @throws AppError vault-too-new, invalid-input
 */
export function parseContent(encoded: Uint8Array): Content {
  const bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const json = jsonOf(bytes);
  const kind = envelope.safeParse(json?.document);
  if (kind.success && kind.data.version > version) throw tooNew(kind.data.version);
  const parsed = document.safeParse(json?.document);
  if (json === undefined || !parsed.success) throw malformed(parsed.error);
  const { records, createdAt, vaultId, fingerprintProbe } = parsed.data;
  let at = json.end;
  const travelling = records.map(({ valueBytes, ...record }) => {
    if (valueBytes === undefined) return record;
    at += valueBytes;
    return { ...record, value: bytes.subarray(at - valueBytes, at) };
  });
  if (at !== bytes.length || new Set(records.map((record) => record.id)).size !== records.length) throw malformed();
  return { createdAt, vaultId, fingerprintProbe, records: travelling };
}

function jsonOf(bytes: Buffer): { readonly document: unknown; readonly end: number } | undefined {
  if (bytes.length < 4) return undefined;
  const end = 4 + bytes.readUInt32BE(0);
  if (end > bytes.length) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, end));
    const document: unknown = JSON.parse(text);
    return { document, end };
  } catch {
    return undefined;
  }
}

/** For people and other programs: the same document, with the values in it as text. It is a string for a moment. */
export function encodePlain({ records, ...about }: Content): Uint8Array {
  const warning = 'The values in this file open CircleCI to whoever reads them. Delete it when you are done.';
  const listed = records.map(({ value, ...record }) => ({
    ...record,
    ...(value === undefined ? {} : { value: new TextDecoder().decode(value) }),
  }));
  const plain = { format: 'rondo-plain-export', version, warning, ...about, records: listed };
  return Buffer.from(`${JSON.stringify(plain, null, 2)}\n`, 'utf8');
}

export function overwriteValues(records: readonly TravellingRecord[]): void {
  for (const { value } of records) value?.fill(0);
}

/** Its seal was good: whoever made it knew the password, and was no Rondo that we know. */
function malformed(cause?: unknown): AppError {
  return new AppError('invalid-input', 'What is inside the export does not have the form of one.', {
    effect: 'nothing-changed',
    hint: 'Make a new export.',
    details: { problem: 'malformed' },
    cause,
  });
}

function tooNew(found: number): AppError {
  return new AppError('vault-too-new', 'What is inside the export was written by a newer Rondo.', {
    effect: 'nothing-changed',
    hint: 'Install the newest Rondo.',
    details: { version: found },
  });
}

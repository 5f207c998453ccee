// The audit chain. Entry n is sealed under the log key in place `log n`, always in a bucket of 512 bytes. Its content is
// the hash of entry n - 1 (32 bytes; zeros for the first) and the entry as JSON, and
//
//   hash n = BLAKE2b-256(log key; hash n-1 | n (64 bit) | JSON)
//
// over plaintext, so that a later re-key can seal the same entries again. The manifest holds number and hash of the last
// one. Because each entry carries the hash before it, checking goes on behind a damaged one and names the gap.

import { hashBytes } from './arena.ts';
import { numberAsRowId, openBlob, sealBlob } from './blob.ts';
import type { Keys } from './keys.ts';
import type { LogCells } from './read-log.ts';
import type { LogEntry } from './vault.ts';

/** Every entry looks alike from outside; what is longer has its detail cut. */
const bucketBytes = 512;
const maxJsonBytes = bucketBytes - 1 - 8 - hashBytes;

/** What comes before the first entry. */
export const emptyHead = new Uint8Array(hashBytes);

export interface ChainLink {
  readonly entry: LogEntry;
  readonly previous: Uint8Array;
  readonly hash: Uint8Array;
  /** Of the transaction that sealed it. */
  readonly sequence: number;
}

export function sealEntry(
  keys: Keys,
  place: { readonly number: number; readonly previous: Uint8Array; readonly sequence: number },
  entry: LogEntry,
): { readonly blob: Uint8Array; readonly hash: Uint8Array } {
  const json = fittingJson(entry);
  const content = Buffer.concat([place.previous, json]);
  const blob = sealBlob(
    keys.arena,
    keys.identity,
    { kind: 'log', rowId: numberAsRowId(place.number) },
    { content, sequence: place.sequence, nonce: keys.nextNonce(), leastBytes: bucketBytes },
  );
  return { blob, hash: entryHash(keys, place.number, content) };
}

/** Undefined: it does not open in this place. */
export function openEntry(keys: Keys, number: number, blob: Uint8Array): ChainLink | undefined {
  const sealed = { place: { kind: 'log', rowId: numberAsRowId(number) } as const, blob };
  const opened = openBlob(keys.arena, keys.identity, sealed, ({ from, to, sequence }) => ({
    content: keys.arena.read(from, to),
    sequence,
  }));
  if (opened === undefined || opened.content.length <= hashBytes) return undefined;
  const { content, sequence } = opened;
  const entry: LogEntry = JSON.parse(Buffer.from(content.subarray(hashBytes)).toString('utf8'));
  return { entry, previous: content.subarray(0, hashBytes), hash: entryHash(keys, number, content), sequence };
}

export interface Chain {
  readonly entries: readonly (LogEntry & { readonly hash: string })[];
  /** Numbers of entries that are missing, do not open or do not follow from the one before, ascending. */
  readonly broken: readonly number[];
}

/** Reads the whole chain. `end`: what the manifest says about the last entry; without it the end cannot be checked. */
export function readChain(
  keys: Keys,
  rows: readonly LogCells[],
  end: { readonly logCount: number; readonly logHead: Uint8Array } | undefined,
): Chain {
  const entries: (LogEntry & { readonly hash: string })[] = [];
  const broken = new Set<number>();
  let expected = 1;
  let head: Uint8Array | undefined = emptyHead;
  for (const [number, blob] of rows) {
    if (typeof number !== 'number') continue;
    if (number !== expected) {
      if (expected < number) broken.add(expected);
      head = undefined;
    }
    expected = number + 1;
    const link = blob instanceof Uint8Array ? openEntry(keys, number, blob) : undefined;
    const follows = head === undefined || (link !== undefined && Buffer.compare(link.previous, head) === 0);
    if (link === undefined || !follows) broken.add(number);
    if (link !== undefined) entries.push({ ...link.entry, hash: Buffer.from(link.hash).toString('hex') });
    head = link?.hash;
  }
  if (end !== undefined && expected - 1 !== end.logCount) broken.add(Math.min(expected, end.logCount + 1));
  else if (end !== undefined && head !== undefined && Buffer.compare(head, end.logHead) !== 0) broken.add(end.logCount);
  return { entries, broken: [...broken].sort((a, b) => a - b) };
}

function entryHash({ arena }: Keys, number: number, content: Uint8Array): Uint8Array {
  const end = content.length + 8;
  try {
    arena.write(0, content.subarray(0, hashBytes));
    arena.writeNumber(hashBytes, number);
    arena.write(hashBytes + 8, content.subarray(hashBytes));
    return arena.hash('log', 0, end);
  } finally {
    arena.clear(0, end);
  }
}

function fittingJson(entry: LogEntry): Buffer {
  const whole = Buffer.from(JSON.stringify(entry), 'utf8');
  if (whole.length <= maxJsonBytes || entry.detail === undefined) return whole;
  const characters = [...entry.detail];
  let low = 0;
  let high = characters.length;
  const cut = (length: number) =>
    Buffer.from(JSON.stringify({ ...entry, detail: `${characters.slice(0, length).join('')}…` }), 'utf8');
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (cut(middle).length <= maxJsonBytes) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}

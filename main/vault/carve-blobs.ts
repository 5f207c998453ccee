// Finding sealed blobs in a file by what they begin with, wherever they lie: no table, no tree.
//
// Guarantees: what is found is authentic, because it opened; what cannot be opened is passed over. A blob is tried at every
// bucket's length, as it stands in its page, and along overflow pages. A row that spills is read by the lengths that SQLite
// wrote before it.
import { type BlobKind, blobLengths, kindOfNumber, openBlob, vaultIdBytes } from './blob.ts';
import type { Keys } from './keys.ts';
import { pageBytes, type RawPage, type RawPages, readOverflow, readSpilled } from './raw-pages.ts';

export interface CarvedBlob {
  readonly kind: BlobKind;
  /** 16 bytes. */
  readonly rowId: Uint8Array;
  readonly blob: Uint8Array;
  readonly sequence: number;
}

const magic = Buffer.from('RNDO', 'latin1');
const headBytes = 26;
const kindAt = 4;
const rowIdAt = 10;

export function carveBlobs(keys: Keys, pages: RawPages): CarvedBlob[] {
  return pages.all.flatMap((page) => offsetsIn(page.bytes, magic).flatMap((at) => carveAt(keys, pages, { page, at })));
}

export function offsetsIn(bytes: Buffer, sought: Buffer): number[] {
  const offsets: number[] = [];
  for (let at = bytes.indexOf(sought); at !== -1; at = bytes.indexOf(sought, at + 1)) offsets.push(at);
  return offsets;
}

interface Spot {
  readonly page: RawPage;
  readonly at: number;
}

function carveAt(keys: Keys, pages: RawPages, spot: Spot): CarvedBlob[] {
  const { page, at } = spot;
  const opened = openFirst(keys, standing(pages, spot));
  if (opened !== undefined) return [opened];
  const isFirstOfRow = ['meta', 'journal'].includes(kindOfNumber(page.bytes[at + kindAt] ?? 0) ?? '');
  if (!isFirstOfRow) return [];
  const byRow = spilledRows(pages, spot).map((blobs) => blobs.flatMap((blob) => openFirst(keys, [blob]) ?? []));
  return byRow.toSorted((left, right) => right.length - left.length)[0] ?? [];
}

/** The bytes at that spot, at each length that a blob can have. */
function* standing(pages: RawPages, { page, at }: Spot): Iterable<Uint8Array> {
  for (const length of blobLengths) {
    if (at + length <= pageBytes) yield page.bytes.subarray(at, at + length);
    else {
      const along = readOverflow(pages, page, at, length);
      if (along === undefined) return;
      yield along;
    }
  }
}

function openFirst({ arena, identity }: Keys, blobs: Iterable<Uint8Array>): CarvedBlob | undefined {
  for (const blob of blobs) {
    if (blob.length < headBytes) continue;
    const kind = kindOfNumber(blob[kindAt] ?? 0);
    if (kind === undefined) return undefined;
    const rowId = new Uint8Array(blob.subarray(rowIdAt, rowIdAt + vaultIdBytes));
    const sealed = { place: { kind, rowId }, blob };
    const sequence = openBlob(arena, identity, sealed, (opened) => opened.sequence);
    if (sequence !== undefined) return { kind, rowId, blob: new Uint8Array(blob), sequence };
  }
  return undefined;
}

const idBytes = 16;
const idSerial = 44;
/** More than a header of three lengths ever takes. */
const maxRowHeaderBytes = 13;

/** What a row holds after its id, if the bytes before the spot are a row's beginning: once for each form of its overflow. */
function spilledRows(pages: RawPages, { page, at }: Spot): Buffer[][] {
  const idStart = at - idBytes;
  for (let headerBytes = 3; headerBytes <= maxRowHeaderBytes; headerBytes++) {
    const start = idStart - headerBytes;
    if (start < 0 || page.bytes[start] !== headerBytes) continue;
    const lengths = rowLengths(page.bytes.subarray(start + 1, idStart));
    if (lengths === undefined) continue;
    const total = headerBytes + idBytes + lengths.reduce((sum, length) => sum + length, 0);
    const local = localBytes(total);
    if (start + local + 4 > pageBytes) continue;
    const here = page.bytes.subarray(start, start + local);
    const spilled = readSpilled(pages, page.bytes.readUInt32BE(start + local), total - local);
    return spilled.map((rest) => slices(Buffer.concat([here, rest]), headerBytes + idBytes, lengths));
  }
  return [];
}

/** SQLite's lengths of the columns after the id. Undefined: these bytes are not the header of a row of ours. */
function rowLengths(header: Buffer): number[] | undefined {
  const serials: number[] = [];
  let value = 0;
  for (const [index, byte] of header.entries()) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      serials.push(value);
      value = 0;
    } else if (index === header.length - 1) return undefined;
  }
  const [id, ...rest] = serials;
  const lengths = rest.map((serial) => (serial - 12) / 2);
  const areOurs = lengths.every((length) => blobLengths.includes(length));
  return id === idSerial && areOurs && rest.length > 0 ? lengths : undefined;
}

/** How much of a payload SQLite keeps on the page of a table without rowid, by its file format. */
function localBytes(total: number): number {
  const most = Math.floor(((pageBytes - 12) * 64) / 255) - 23;
  const least = Math.floor(((pageBytes - 12) * 32) / 255) - 23;
  if (total <= most) return total;
  const fitting = least + ((total - least) % (pageBytes - 4));
  return fitting <= most ? fitting : least;
}

function slices(payload: Buffer, from: number, lengths: readonly number[]): Buffer[] {
  let at = from;
  return lengths.map((length) => {
    at += length;
    return payload.subarray(at - length, at);
  });
}

// A vault's file as pages, without SQLite: what is left of it when the database no longer reads it. A page is 4096 bytes; a
// row that is longer than about 1000 goes on in overflow pages, each of which begins with the number of the next.

export const pageBytes = 4096;
const nextNumberBytes = 4;
const walHeaderBytes = 32;
const frameHeaderBytes = 24;

export interface RawPage {
  readonly bytes: Buffer;
  /** From 1, as SQLite counts. */
  readonly number: number;
}

export interface RawPages {
  readonly all: readonly RawPage[];
  /** Every form of that page that is left, the newest first. */
  numbered(number: number): readonly RawPage[];
}

/** `wal`: of the write-ahead log beside it, whose frames are later pages. A last page that was cut off is filled with zeros. */
export function readPages(file: Buffer, wal: Buffer): RawPages {
  const inFile = split(file, 0, pageBytes).map((bytes, index) => ({ bytes, number: index + 1 }));
  const frames = split(wal, walHeaderBytes, frameHeaderBytes + pageBytes).map((frame) => ({
    bytes: frame.subarray(frameHeaderBytes),
    number: frame.readUInt32BE(0),
  }));
  const all = [...inFile, ...frames];
  const byNumber = new Map<number, RawPage[]>();
  for (const page of all.toReversed()) {
    const known = byNumber.get(page.number);
    if (known === undefined) byNumber.set(page.number, [page]);
    else known.push(page);
  }
  return { all, numbered: (number) => byNumber.get(number) ?? [] };
}

function split(whole: Buffer, from: number, length: number): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = from; at < whole.length; at += length) {
    const part = Buffer.alloc(length);
    whole.copy(part, 0, at, Math.min(at + length, whole.length));
    parts.push(part);
  }
  return parts;
}

/**
 * `length` bytes from `at` of an overflow page, going on in those after it. Undefined: the chain ends before, or leads
 * nowhere.
 */
export function readOverflow(pages: RawPages, start: RawPage, at: number, length: number): Buffer | undefined {
  const parts: Buffer[] = [start.bytes.subarray(at, at + length)];
  let left = length - (parts[0]?.length ?? 0);
  let page = start;
  while (left > 0) {
    const [next] = pages.numbered(page.bytes.readUInt32BE(0));
    if (next === undefined) return undefined;
    const part = next.bytes.subarray(nextNumberBytes, nextNumberBytes + left);
    parts.push(part);
    left -= part.length;
    page = next;
  }
  return Buffer.concat(parts);
}

/** The part of a payload that its own page does not hold, given the number of the first overflow page. */
export function readSpilled(pages: RawPages, firstNumber: number, length: number): Buffer[] {
  return pages.numbered(firstNumber).flatMap((page) => readOverflow(pages, page, nextNumberBytes, length) ?? []);
}

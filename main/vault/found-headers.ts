// Headers that lie in raw bytes of a vault's file, found without SQLite by their magic and checksum.
import { offsetsIn } from './carve-blobs.ts';
import { type Hash, type Header, headerLength, headerMagic, parseHeader } from './header.ts';

export interface FoundHeader {
  readonly header: Header;
  readonly encoded: Uint8Array;
}

/** The newest first. A header lies whole in one of the parts. */
export function headersIn(parts: readonly Buffer[], hash: Hash): FoundHeader[] {
  return parts
    .flatMap((bytes) =>
      offsetsIn(bytes, headerMagic).flatMap((at) => {
        const fromHere = bytes.subarray(at);
        return goodHeader(fromHere.subarray(0, headerLength(fromHere)), hash);
      }),
    )
    .sort((left, right) => rank(right.header) - rank(left.header));
}

/** None, where it is not a whole header. */
export function goodHeader(encoded: Uint8Array, hash: Hash): FoundHeader[] {
  const header = parseHeader(encoded, hash);
  return header === undefined ? [] : [{ header, encoded: new Uint8Array(encoded) }];
}

function rank({ epoch, counter }: Header): number {
  return epoch * 2 ** 32 + counter;
}

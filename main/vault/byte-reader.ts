/** Reads a small binary format strictly, front to back. Every method throws RangeError where the bytes end too early. */
export interface ByteReader {
  number(byteLength: 1 | 2 | 4): number;
  bytes(length: number): Uint8Array;
  atEnd(): boolean;
}

export function readBytes(source: Uint8Array): ByteReader {
  const view = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  let at = 0;
  function take(length: number): number {
    if (at + length > view.length) throw new RangeError('The bytes end too early');
    at += length;
    return at - length;
  }
  return {
    number: (byteLength) => view.readUIntBE(take(byteLength), byteLength),
    bytes: (length) => {
      const from = take(length);
      return new Uint8Array(view.subarray(from, from + length));
    },
    atEnd: () => at === view.length,
  };
}

/** The same number, written. */
export function numberBytes(value: number, byteLength: 1 | 2 | 4): Uint8Array {
  const bytes = Buffer.alloc(byteLength);
  bytes.writeUIntBE(value, 0, byteLength);
  return bytes;
}

/** Why 128: a token's value, an empty secret and a short journal row then look the same from outside. */
const smallestBytes = 128;

/** The largest bucket: notes, journals and secrets stay far below it, and two of them fit into the arena. */
export const maxPaddedBytes = 1024 * 1024;

/** 128, 256, 512, … 1 MiB. */
export const bucketLengths: readonly number[] = Array.from(
  { length: Math.log2(maxPaddedBytes / smallestBytes) + 1 },
  (_, power) => smallestBytes * 2 ** power,
);

/** ISO 7816-4: one byte 0x80, then zeros, up to the next bucket. At least one byte is always added. */
export const paddingMark = 0x80;

/** The bucket for a content of that length: 128, 256, 512, … 1 MiB. Undefined: it is too long. */
export function paddedLength(contentLength: number, leastBytes = smallestBytes): number | undefined {
  let bucket = leastBytes;
  while (bucket <= contentLength) bucket *= 2;
  return bucket <= maxPaddedBytes ? bucket : undefined;
}

/** Whether a blob can hold that many bytes at all: strict parsing refuses other lengths before opening. */
export function isBucket(length: number): boolean {
  return length >= smallestBytes && length <= maxPaddedBytes && (length & (length - 1)) === 0;
}

import type { Random } from '../../main/platform/random.ts';

/** Draws bytes that differ at their end only: every id begins with `ababab`. */
export function alike(): Random {
  let next = 0;
  return {
    bytes(length) {
      const bytes = Buffer.alloc(length, 0xab);
      next += 1;
      bytes.writeUInt32BE(next, length - 4);
      return new Uint8Array(bytes);
    },
  };
}

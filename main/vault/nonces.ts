import type { Random } from '../platform/random.ts';
import { nonceBytes } from './arena.ts';

/** 256 nonces a refill: asking the system for each one would cost more than sealing. */
const poolBytes = 256 * nonceBytes;

/** Hands out each nonce once. 24 random bytes never repeat in practice: 2^80 blobs would make it likely once in a million. */
export function createNonces(random: Random): () => Uint8Array {
  let pool = new Uint8Array(0);
  let next = 0;
  return () => {
    if (next >= pool.length) {
      pool = new Uint8Array(random.bytes(poolBytes));
      next = 0;
    }
    next += nonceBytes;
    return pool.subarray(next - nonceBytes, next);
  };
}

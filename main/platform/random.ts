import { randomFillSync } from 'node:crypto';

/** Unpredictable bytes, from the operating system: keys, nonces, salts, ids. Tests give their own. */
export interface Random {
  bytes(length: number): Uint8Array;
}

export const systemRandom: Random = {
  bytes: (length) => randomFillSync(new Uint8Array(length)),
};

import type { Arena } from './arena.ts';
import type { VaultIdentity } from './blob.ts';
import type { Hash } from './header.ts';

/** What sealing and opening take, for as long as the vault is unlocked. */
export interface Keys {
  readonly arena: Arena;
  readonly identity: VaultIdentity;
  readonly nextNonce: () => Uint8Array;
}

/** BLAKE2b-256 without a key, for what stands outside of any seal. */
export function plainHash(arena: Arena): Hash {
  return (bytes) => {
    try {
      arena.write(0, bytes);
      return arena.hash(undefined, 0, bytes.length);
    } finally {
      arena.clear(0, bytes.length);
    }
  };
}

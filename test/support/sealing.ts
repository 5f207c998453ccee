import { systemRandom } from '../../main/platform/random.ts';
import { Arena } from '../../main/vault/arena.ts';
import { deriveSubkeys } from '../../main/vault/key-slots.ts';
import type { Keys } from '../../main/vault/keys.ts';
import { createNonces } from '../../main/vault/nonces.ts';
import { loadSodium } from '../../main/vault/sodium.ts';

export const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export interface Sealing extends Keys {
  dispose(): void;
}

/** Real keys over a real arena, without a vault. `nonces`: handed out in that order instead of random ones. */
export async function sealing(options: {
  readonly vaultKey: Uint8Array;
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly nonces?: readonly Uint8Array[];
}): Promise<Sealing> {
  const { vaultKey, vaultId, epoch, nonces } = options;
  const arena = new Arena(await loadSodium());
  arena.setKey('vault', vaultKey);
  deriveSubkeys(arena);
  const given = nonces?.values();
  const nextNonce = given === undefined ? createNonces(systemRandom) : () => given.next().value ?? new Uint8Array(24);
  return { arena, identity: { vaultId, epoch }, nextNonce, dispose: () => arena.destroy() };
}

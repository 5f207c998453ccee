import type { Random } from '../platform/random.ts';
import { Arena, keyBytes, nonceBytes } from './arena.ts';
import { vaultIdBytes } from './blob.ts';
import { calibrate } from './calibrate.ts';
import type { DeriveKey } from './derive-key.ts';
import { encodeHeader, type Header } from './header.ts';
import { deriveSubkeys, wrapVaultKey } from './key-slots.ts';
import { plainHash } from './keys.ts';
import { type DerivationCost, encodePasswordParameters, isOpenable, saltBytes } from './password-parameters.ts';
import { loadSodium } from './sodium.ts';

export interface NewHeader {
  /** Holds the new vault's subkeys; the receiver destroys it. */
  readonly arena: Arena;
  readonly header: Header;
  readonly encoded: Uint8Array;
  readonly hash: Uint8Array;
}

export interface HeaderWorld {
  readonly random: Random;
  readonly deriveKey: DeriveKey;
  readonly creationKdf?: DerivationCost;
}

/** A new vault id and vault key, with one slot for the normalised password, which is gone afterwards. */
export async function makeHeader(world: HeaderWorld, password: Uint8Array<ArrayBuffer>): Promise<NewHeader> {
  const { random, deriveKey } = world;
  const cost = world.creationKdf ?? (await calibrate(deriveKey, random));
  if (!isOpenable(cost)) throw new RangeError('A vault of that cost could not be opened');
  const salt = new Uint8Array(random.bytes(saltBytes));
  const derived = await deriveKey({ password, salt, cost });
  const arena = new Arena(await loadSodium());
  try {
    setKey(arena, 'password', derived.key);
    setKey(arena, 'vault', random.bytes(keyBytes));
    const vaultId = new Uint8Array(random.bytes(vaultIdBytes));
    const slot = { id: 1, type: 'password', parameters: encodePasswordParameters({ cost, salt }) } as const;
    const slots = [wrapVaultKey(arena, vaultId, slot, random.bytes(nonceBytes))];
    deriveSubkeys(arena);
    const header: Header = { vaultId, epoch: 1, counter: 1, slots };
    const encoded = encodeHeader(header, plainHash(arena));
    return { arena, header, encoded, hash: plainHash(arena)(encoded) };
  } catch (error) {
    arena.destroy();
    throw error;
  }
}

function setKey(arena: Arena, name: 'password' | 'vault', bytes: Uint8Array): void {
  arena.setKey(name, bytes);
  bytes.fill(0);
}

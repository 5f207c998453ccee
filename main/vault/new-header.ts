import { Arena, keyBytes } from './arena.ts';
import { vaultIdBytes } from './blob.ts';
import { encodeHeader, type Header } from './header.ts';
import { deriveSubkeys } from './key-slots.ts';
import { plainHash } from './keys.ts';
import { deriveOwner, type KeptWay, makeKeptSlot, makePasswordSlot, type SlotWorld } from './new-slots.ts';
import { loadSodium } from './sodium.ts';

export interface NewHeader {
  /** Holds the new vault key's subkeys; the receiver destroys it. */
  readonly arena: Arena;
  readonly header: Header;
  readonly encoded: Uint8Array;
  readonly hash: Uint8Array;
}

/**
 * A new vault key under a slot for the password. Of `before`, whose vault gets new keys, only the ways in `kept` stay: their
 * owners' keys are known. The caller overwrites everything.
 */
export async function makeHeader(
  world: SlotWorld,
  password: Uint8Array,
  before?: Header,
  kept: readonly KeptWay[] = [],
): Promise<NewHeader> {
  const { random } = world;
  const owner = await deriveOwner(world, password);
  const arena = new Arena(await loadSodium());
  try {
    const vaultKey = random.bytes(keyBytes);
    arena.setKey('vault', vaultKey);
    vaultKey.fill(0);
    const vaultId = before?.vaultId ?? new Uint8Array(random.bytes(vaultIdBytes));
    const whose = { arena, vaultId };
    const passwordSlot = makePasswordSlot(world, whose, owner);
    const slots = [passwordSlot, ...kept.map((way) => makeKeptSlot(world, whose, way))].sort((a, b) => a.id - b.id);
    deriveSubkeys(arena);
    const [epoch, counter] = [(before?.epoch ?? 0) + 1, (before?.counter ?? 0) + 1];
    const header: Header = { vaultId, epoch, counter, slots };
    const encoded = encodeHeader(header, plainHash(arena));
    return { arena, header, encoded, hash: plainHash(arena)(encoded) };
  } catch (error) {
    arena.destroy();
    throw error;
  }
}

// Making slots. The arena holds the vault key as `vault`, and still does afterwards; everything else is gone.
import type { Random } from '../platform/random.ts';
import { type Arena, keyBytes, nonceBytes } from './arena.ts';
import { calibrate } from './calibrate.ts';
import type { DeriveKey } from './derive-key.ts';
import { type Slot, type SlotType, slotTypeNumbers } from './header.ts';
import { type SlotBefore, wrapVaultKey } from './key-slots.ts';
import { normalisePassword } from './password.ts';
import { type DerivationCost, encodePasswordParameters, isOpenable, saltBytes } from './password-parameters.ts';
import { decodeRecoveryCode } from './recovery-code.ts';

export interface SlotWorld {
  readonly random: Random;
  readonly deriveKey: DeriveKey;
  /** Only tests go below the floor. Absent: measured on this machine. */
  readonly creationKdf?: DerivationCost;
}

export interface SlotOwner {
  readonly arena: Arena;
  readonly vaultId: Uint8Array;
}

/** There is at most one slot of each type, so its number says it too. */
export const slotIdOf = (type: SlotType): number => slotTypeNumbers[type];

/** What a password slot is made from. The key is overwritten by whoever wraps with it. */
export interface DerivedOwner {
  readonly parameters: Uint8Array;
  readonly key: Uint8Array;
}

/**
 * Derives from a new password, with a salt of its own; the caller overwrites the password. Apart from the wrapping,
 * because that takes a second or two and the vault key must not lie open meanwhile.
 */
export async function deriveOwner(world: SlotWorld, password: Uint8Array): Promise<DerivedOwner> {
  const { random, deriveKey } = world;
  const normalised = normalisePassword(password);
  const cost = world.creationKdf ?? (await calibrate(deriveKey, random));
  if (!isOpenable(cost)) throw new RangeError('A vault of that cost could not be opened');
  const salt = new Uint8Array(random.bytes(saltBytes));
  const parameters = encodePasswordParameters({ cost, salt });
  const { key } = await deriveKey({ password: normalised, salt, cost });
  return { parameters, key };
}

export function makePasswordSlot(world: SlotWorld, owner: SlotOwner, { parameters, key }: DerivedOwner): Slot {
  return wrap(world, owner, { id: slotIdOf('password'), type: 'password', parameters }, key);
}

/** A slot for a random key, which comes with it: the receiver hands it to its keeper and overwrites it. */
export function makeRandomSlot(
  world: SlotWorld,
  owner: SlotOwner,
  kind: { readonly type: 'recovery' | 'keychain'; readonly parameters: Uint8Array },
): { readonly slot: Slot; readonly key: Uint8Array } {
  const key = new Uint8Array(world.random.bytes(keyBytes));
  return { slot: wrap(world, owner, { id: slotIdOf(kind.type), ...kind }, new Uint8Array(key)), key };
}

/** A way into the vault besides its password that is to open it under a new key too, with what opens it. */
export interface KeptWay {
  readonly type: 'recovery' | 'keychain';
  /** The caller overwrites it. */
  readonly secret: Uint8Array;
}

export function makeKeptSlot(world: SlotWorld, owner: SlotOwner, { type, secret }: KeptWay): Slot {
  const key = type === 'recovery' ? decodeRecoveryCode(secret) : new Uint8Array(secret);
  return wrap(world, owner, { id: slotIdOf(type), type, parameters: new Uint8Array(0) }, key);
}

/** Overwrites `key`. */
function wrap({ random }: SlotWorld, { arena, vaultId }: SlotOwner, slot: SlotBefore, key: Uint8Array): Slot {
  arena.setKey('owner', key);
  key.fill(0);
  return wrapVaultKey(arena, vaultId, slot, random.bytes(nonceBytes));
}

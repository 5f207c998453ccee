// Key wrapping: from what a slot's owner has to the vault key, and from there to the subkeys.
//
//   owner key = what Argon2id made of the password; a recovery code's 256 bits; the key that the system's keychain keeps
//   slot key  = BLAKE2b-256(key: owner key, "rondo.kek." and the slot's type | vault id | slot id)
//   key check = BLAKE2b-256(key: slot key, "rondo.key-check" | vault id | slot id)
//   wrapped   = XChaCha20-Poly1305(slot key, nonce, vault key; associated data: "slot" | vault id | slot id | type | parameters)
//   subkey n  = crypto_kdf(vault key, n, "RondoVlt")
//
// The key check comes first because XChaCha20-Poly1305 does not commit to its key, and because it tells a wrong password
// from a damaged slot. No key leaves the arena. Labels are ASCII (`rondo.kek.password`, `rondo.kek.recovery`,
// `rondo.kek.keychain`); slot id and type are one byte each.
import { type Arena, hashBytes, keyBytes, nonceBytes, tagBytes } from './arena.ts';
import { type Slot, slotTypeNumbers } from './header.ts';
import type { KeyName } from './key-names.ts';

const subkeyContext = Buffer.from('RondoVlt', 'latin1');

/** Numbers are for ever: another number is another key. */
const subkeyNumbers = {
  meta: 1,
  secret: 2,
  journal: 3,
  manifest: 4,
  log: 5,
  'set-hash': 6,
  fingerprint: 7,
  export: 8,
  mark: 9,
} as const satisfies Partial<Record<KeyName, number>>;
const subkeys = ['meta', 'secret', 'journal', 'manifest', 'log', 'set-hash', 'fingerprint', 'export', 'mark'] as const;

export type Unwrapped = 'opened' | 'wrong-key' | 'damaged';

export type SlotBefore = Pick<Slot, 'id' | 'type' | 'parameters'>;

/** From `owner` (set by the caller) and `vault` to a slot. Leaves `vault` in place, drops the others. */
export function wrapVaultKey(arena: Arena, vaultId: Uint8Array, slot: SlotBefore, nonce: Uint8Array): Slot {
  const associated = associatedData(vaultId, slot);
  const keyAt = associated.length + nonceBytes;
  const end = keyAt + keyBytes + tagBytes;
  try {
    const keyCheck = makeSlotKey(arena, vaultId, slot);
    arena.write(0, associated);
    arena.write(associated.length, nonce);
    arena.writeKey(keyAt, 'vault');
    arena.encrypt('slot', keyAt, keyBytes, surroundings(associated));
    return { ...slot, keyCheck, nonce: new Uint8Array(nonce), wrappedKey: arena.read(keyAt, end) };
  } finally {
    dropSlotKeys(arena, end);
  }
}

/** From `owner` (set by the caller) to `vault`, when it is the right one. Drops the others. */
export function unwrapVaultKey(arena: Arena, vaultId: Uint8Array, slot: Slot): Unwrapped {
  const associated = associatedData(vaultId, slot);
  const keyAt = associated.length + nonceBytes;
  const end = keyAt + keyBytes + tagBytes;
  try {
    if (Buffer.compare(makeSlotKey(arena, vaultId, slot), slot.keyCheck) !== 0) return 'wrong-key';
    arena.write(0, associated);
    arena.write(associated.length, slot.nonce);
    arena.write(keyAt, slot.wrappedKey);
    if (!arena.decrypt('slot', keyAt, slot.wrappedKey.length, surroundings(associated))) return 'damaged';
    arena.readKey(keyAt, 'vault');
    return 'opened';
  } finally {
    dropSlotKeys(arena, end);
  }
}

/** Makes every subkey from `vault` and drops `vault`. */
export function deriveSubkeys(arena: Arena): void {
  try {
    arena.write(0, subkeyContext);
    for (const name of subkeys) arena.deriveSubkey(name, subkeyNumbers[name], 0);
  } finally {
    arena.dropKey('vault');
    // BLAKE2b leaves its last result on its stack. Deriving once more, from zeros, puts nothing worth having there.
    arena.deriveSubkey('slot', 0, 0);
    arena.dropKey('slot');
    arena.clear(0, subkeyContext.length);
  }
}

/** Returns the key check, which is no secret. */
function makeSlotKey(arena: Arena, vaultId: Uint8Array, { id, type }: SlotBefore): Uint8Array {
  const kekMessage = Buffer.concat([Buffer.from(`rondo.kek.${type}`, 'latin1'), vaultId, Uint8Array.of(id)]);
  arena.write(0, kekMessage);
  arena.hashToKey('owner', 'slot', 0, kekMessage.length);
  const checkMessage = Buffer.concat([Buffer.from('rondo.key-check', 'latin1'), vaultId, Uint8Array.of(id)]);
  arena.write(0, checkMessage);
  return arena.hash('slot', 0, checkMessage.length);
}

function associatedData(vaultId: Uint8Array, slot: SlotBefore): Uint8Array {
  const place = Uint8Array.of(slot.id, slotTypeNumbers[slot.type]);
  return Buffer.concat([Buffer.from('slot', 'latin1'), vaultId, place, slot.parameters]);
}

function surroundings(associated: Uint8Array) {
  return { associatedAt: 0, associatedLength: associated.length, nonceAt: associated.length };
}

function dropSlotKeys(arena: Arena, end: number): void {
  arena.clear(0, Math.max(end, 2 * hashBytes));
  arena.dropKey('owner');
  arena.dropKey('slot');
}

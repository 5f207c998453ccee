// Key wrapping: from the password's derived key to the vault key, and from there to the subkeys.
//
//   slot key  = BLAKE2b-256(key: what Argon2id gave, "rondo.kek.password" | vault id | slot id)
//   key check = BLAKE2b-256(key: slot key, "rondo.key-check" | vault id | slot id)
//   wrapped   = XChaCha20-Poly1305(slot key, nonce, vault key; associated data: "slot" | vault id | slot id | type | parameters)
//   subkey n  = crypto_kdf(vault key, n, "RondoVlt")
//
// The key check comes first because XChaCha20-Poly1305 does not commit to its key, and because it tells a wrong password
// from a damaged slot. No key leaves the arena. Labels are ASCII; slot id and type are one byte each.
import { type Arena, hashBytes, type KeyName, keyBytes, nonceBytes, tagBytes } from './arena.ts';
import { type Slot, slotTypeNumbers } from './header.ts';

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
} as const satisfies Partial<Record<KeyName, number>>;
const subkeys = ['meta', 'secret', 'journal', 'manifest', 'log', 'set-hash', 'fingerprint', 'export'] as const;

export type Unwrapped = 'opened' | 'wrong-key' | 'damaged';

type SlotBefore = Pick<Slot, 'id' | 'type' | 'parameters'>;

/** From `password` (set by the caller) and `vault` to a slot. Leaves `vault` in place, drops the others. */
export function wrapVaultKey(arena: Arena, vaultId: Uint8Array, slot: SlotBefore, nonce: Uint8Array): Slot {
  const associated = associatedData(vaultId, slot);
  const keyAt = associated.length + nonceBytes;
  const end = keyAt + keyBytes + tagBytes;
  try {
    const keyCheck = makeSlotKey(arena, vaultId, slot.id);
    arena.write(0, associated);
    arena.write(associated.length, nonce);
    arena.writeKey(keyAt, 'vault');
    arena.encrypt('slot', keyAt, keyBytes, surroundings(associated));
    return { ...slot, keyCheck, nonce: new Uint8Array(nonce), wrappedKey: arena.read(keyAt, end) };
  } finally {
    dropSlotKeys(arena, end);
  }
}

/** From `password` (set by the caller) to `vault`, when it is the right one. Drops the others. */
export function unwrapVaultKey(arena: Arena, vaultId: Uint8Array, slot: Slot): Unwrapped {
  const associated = associatedData(vaultId, slot);
  const keyAt = associated.length + nonceBytes;
  const end = keyAt + keyBytes + tagBytes;
  try {
    if (Buffer.compare(makeSlotKey(arena, vaultId, slot.id), slot.keyCheck) !== 0) return 'wrong-key';
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
function makeSlotKey(arena: Arena, vaultId: Uint8Array, slotId: number): Uint8Array {
  const kekMessage = Buffer.concat([Buffer.from('rondo.kek.password', 'latin1'), vaultId, Uint8Array.of(slotId)]);
  arena.write(0, kekMessage);
  arena.hashToKey('password', 'slot', 0, kekMessage.length);
  const checkMessage = Buffer.concat([Buffer.from('rondo.key-check', 'latin1'), vaultId, Uint8Array.of(slotId)]);
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
  arena.dropKey('password');
  arena.dropKey('slot');
}

// The header: what is needed before any key exists. Three equal copies are kept: tables header_a and header_b, and the
// file vault.rondo.header.
//
//   magic "RONDOHDR" | version 1 (8 bit) | body length (16 bit) | body | BLAKE2b-256 of everything before
//   body: vault id 16 | epoch (32 bit) | counter (32 bit) | number of slots (8 bit) | slots
//   slot: id (8 bit) | type (8 bit: 1 password, 2 recovery, 3 keychain) | parameters length (16 bit) | parameters
//         | key check 32 | nonce 24 | wrapped vault key 48
//   password parameters: 1 = Argon2id 1.3 (8 bit) | operations (32 bit) | memory in KiB (32 bit) | salt 16
//
// Big endian. Slots are in ascending order of their id, each id once; nothing may follow. The checksum has no key: it
// tells accidents from a wrong password and stops no attacker. The manifest holds the hash of the header, under a key.
// The counter grows with every change: of two good copies that differ, the higher one holds.
import { type ByteReader, numberBytes, readBytes } from './byte-reader.ts';

export type SlotType = 'password' | 'recovery' | 'keychain';

/** One way to the vault key: the vault key sealed under a key that the slot's owner can make. */
export interface Slot {
  readonly id: number;
  readonly type: SlotType;
  /** What making that key takes; the bytes as they stand, because they are authenticated. */
  readonly parameters: Uint8Array;
  readonly keyCheck: Uint8Array;
  readonly nonce: Uint8Array;
  readonly wrappedKey: Uint8Array;
}

export interface Header {
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly counter: number;
  readonly slots: readonly Slot[];
}

export type Hash = (bytes: Uint8Array) => Uint8Array;

export const slotTypeNumbers: Readonly<Record<SlotType, number>> = { password: 1, recovery: 2, keychain: 3 };

export const headerMagic = Buffer.from('RONDOHDR', 'latin1');
const version = 1;
const checksumBytes = 32;
const preludeBytes = headerMagic.length + 3;

/** A header with 16 slots of 1 KiB parameters is smaller; a larger one is not ours. */
export const maxHeaderBytes = 32 * 1024;

export function encodeHeader(header: Header, hash: Hash): Uint8Array {
  const body = Buffer.concat([
    header.vaultId,
    numberBytes(header.epoch, 4),
    numberBytes(header.counter, 4),
    numberBytes(header.slots.length, 1),
    ...header.slots.flatMap(slotParts),
  ]);
  const covered = Buffer.concat([headerMagic, numberBytes(version, 1), numberBytes(body.length, 2), body]);
  return Buffer.concat([covered, hash(covered)]);
}

/** How long it says it is, given the bytes from its beginning: for finding one outside of any table. */
export function headerLength(bytes: Uint8Array): number {
  const lengthAt = headerMagic.length + 1;
  return preludeBytes + (bytes[lengthAt] ?? 0) * 256 + (bytes[lengthAt + 1] ?? 0) + checksumBytes;
}

/** Undefined: not a whole, well-formed header. */
export function parseHeader(encoded: Uint8Array, hash: Hash): Header | undefined {
  const tooShort = encoded.length < preludeBytes + checksumBytes;
  if (tooShort || encoded.length > maxHeaderBytes) return undefined;
  const covered = encoded.subarray(0, -checksumBytes);
  if (Buffer.compare(hash(covered), encoded.subarray(-checksumBytes)) !== 0) return undefined;
  try {
    return parseCovered(readBytes(covered), covered.length);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function parseCovered(reader: ByteReader, coveredLength: number): Header | undefined {
  if (Buffer.compare(reader.bytes(headerMagic.length), headerMagic) !== 0 || reader.number(1) !== version)
    return undefined;
  if (reader.number(2) !== coveredLength - preludeBytes) return undefined;
  const vaultId = reader.bytes(16);
  const epoch = reader.number(4);
  const counter = reader.number(4);
  const slots = Array.from({ length: reader.number(1) }, () => parseSlot(reader));
  const ascending = slots.every((slot, index) => index === 0 || slot.id > (slots[index - 1]?.id ?? 0));
  return reader.atEnd() && ascending ? { vaultId, epoch, counter, slots } : undefined;
}

function parseSlot(reader: ByteReader): Slot {
  const id = reader.number(1);
  const type = slotTypeOf(reader.number(1));
  const parameters = reader.bytes(reader.number(2));
  return {
    id,
    type,
    parameters,
    keyCheck: reader.bytes(32),
    nonce: reader.bytes(24),
    wrappedKey: reader.bytes(48),
  };
}

function slotTypeOf(typeNumber: number): SlotType {
  for (const type of ['password', 'recovery', 'keychain'] as const) {
    if (slotTypeNumbers[type] === typeNumber) return type;
  }
  throw new RangeError('There is no such type of slot');
}

function slotParts(slot: Slot): Uint8Array[] {
  return [
    numberBytes(slot.id, 1),
    numberBytes(slotTypeNumbers[slot.type], 1),
    numberBytes(slot.parameters.length, 2),
    slot.parameters,
    slot.keyCheck,
    slot.nonce,
    slot.wrappedKey,
  ];
}

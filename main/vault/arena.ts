// The memory in which keys and plaintext live while libsodium works on them.
//
// Guarantees: one block, allocated once, holds every key and all scratch; scratch is zeroed before a call of this room
// returns, keys when they are dropped, everything on `destroy`. So after lock no key and no plaintext is left in
// libsodium's memory. Assumes that libsodium clears its own stack, which a test searches: it does, except for the last
// result of BLAKE2b, so whoever derives a key runs one harmless derivation or hash after it. Callers lay out the scratch
// themselves, because that saves a copy per row, and call `clear` in a `finally`.
import { type KeyName, keyNames } from './key-names.ts';
import type { RawSodium } from './sodium.ts';

export const keyBytes = 32;
const keyOffsets = Object.fromEntries(keyNames.map((name, index) => [name, index * keyBytes])) as Readonly<
  Record<KeyName, number>
>;

export const hashBytes = 32;
export const nonceBytes = 24;
export const tagBytes = 16;
const streamStateBytes = 52;

/** Two blobs of a record at their largest (1 MiB each) and what surrounds them. */
export const scratchBytes = 2 * 1024 * 1024 + 1024;

/** All places are offsets into the scratch. */
export class Arena {
  readonly #sodium: RawSodium;
  readonly #start: number;
  readonly #scratch: number;
  readonly #result: number;
  readonly #end: number;
  #view: Buffer<ArrayBuffer>;

  constructor(sodium: RawSodium) {
    this.#sodium = sodium;
    const keysLength = keyNames.length * keyBytes;
    const length = keysLength + hashBytes + scratchBytes;
    this.#start = sodium._malloc(length);
    if (this.#start === 0) throw new Error('libsodium has no memory left');
    this.#result = this.#start + keysLength;
    this.#scratch = this.#result + hashBytes;
    this.#end = this.#start + length;
    this.#view = Buffer.from(sodium.HEAPU8.buffer);
    this.#memory().fill(0, this.#start, this.#end);
  }

  write(at: number, bytes: Uint8Array): void {
    this.#memory().set(bytes, this.#scratch + at);
  }

  /** A copy. */
  read(from: number, to: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory().subarray(this.#scratch + from, this.#scratch + to));
  }

  readText(from: number, to: number): string {
    return this.#memory().toString('utf8', this.#scratch + from, this.#scratch + to);
  }

  writeUInt32(at: number, value: number): void {
    this.#memory().writeUInt32BE(value, this.#scratch + at);
  }

  readUInt32(at: number): number {
    return this.#memory().readUInt32BE(this.#scratch + at);
  }

  readNumber(at: number): number {
    return Number(this.#memory().readBigUInt64BE(this.#scratch + at));
  }

  /** 64 bits, of which a JavaScript number has 53. In two halves: a BigInt for each row would be felt. */
  writeNumber(at: number, value: number): void {
    this.writeUInt32(at, Math.floor(value / 2 ** 32));
    this.writeUInt32(at + 4, value % 2 ** 32);
  }

  equals(at: number, bytes: Uint8Array): boolean {
    const memory = this.#memory();
    for (let index = 0; index < bytes.length; index++) {
      if (memory[this.#scratch + at + index] !== bytes[index]) return false;
    }
    return true;
  }

  /** The offset of the last byte in [from, to) that is not zero, or -1. */
  lastNonZero(from: number, to: number): number {
    const memory = this.#memory();
    for (let at = this.#scratch + to - 1; at >= this.#scratch + from; at--) if (memory[at]) return at - this.#scratch;
    return -1;
  }

  writeByte(at: number, value: number): void {
    this.#memory()[this.#scratch + at] = value;
  }

  byteAt(at: number): number {
    return this.#memory()[this.#scratch + at] ?? 0;
  }

  clear(from: number, to: number): void {
    this.#memory().fill(0, this.#scratch + from, this.#scratch + to);
  }

  /** XChaCha20-Poly1305 in place: [at, at + length) becomes ciphertext, followed by the tag. */
  encrypt(key: KeyName, at: number, length: number, around: Surroundings): void {
    const text = this.#scratch + at;
    const associated = this.#scratch + around.associatedAt;
    // biome-ignore format: libsodium's order
    must(this.#sodium._crypto_aead_xchacha20poly1305_ietf_encrypt(
      text, 0, text, length, 0, associated, around.associatedLength, 0, 0, this.#scratch + around.nonceAt, this.#key(key)));
  }

  /** The reverse, for a ciphertext of `length` bytes with its tag. False, and nothing written: it is not authentic. */
  decrypt(key: KeyName, at: number, length: number, around: Surroundings): boolean {
    const text = this.#scratch + at;
    const associated = this.#scratch + around.associatedAt;
    // biome-ignore format: libsodium's order
    return this.#sodium._crypto_aead_xchacha20poly1305_ietf_decrypt(
      text, 0, 0, text, length, 0, associated, around.associatedLength, 0, this.#scratch + around.nonceAt, this.#key(key)) === 0;
  }

  /**
   * crypto_secretstream: the state of 52 bytes at `stateAt`, behind which one more is used, from the key and a header of 24 bytes. For both directions:
   * libsodium's own beginning to write differs only in that it makes up the header.
   */
  beginStream(key: KeyName, stateAt: number, headerAt: number): void {
    const [state, header] = [this.#scratch + stateAt, this.#scratch + headerAt];
    must(this.#sodium._crypto_secretstream_xchacha20poly1305_init_pull(state, header, this.#key(key)));
  }

  /** The text at [at + 1, at + 1 + length) becomes the stream's next message: one byte more before, 16 after. */
  push(at: number, length: number, { stateAt, associatedAt, associatedLength, tag }: StreamMessage): void {
    const message = this.#scratch + at;
    // biome-ignore format: libsodium's order
    must(this.#sodium._crypto_secretstream_xchacha20poly1305_push(
      this.#scratch + stateAt, message, 0, message + 1, length, 0, this.#scratch + associatedAt, associatedLength, 0, tag));
  }

  /** The reverse, for a message of `length` bytes. False, and nothing written: it is not the next one, or has another tag. */
  pull(at: number, length: number, { stateAt, associatedAt, associatedLength, tag }: StreamMessage): boolean {
    const message = this.#scratch + at;
    const tagAt = stateAt + streamStateBytes;
    // biome-ignore format: libsodium's order
    const status = this.#sodium._crypto_secretstream_xchacha20poly1305_pull(
      this.#scratch + stateAt, message + 1, 0, this.#scratch + tagAt, message, length, 0, this.#scratch + associatedAt, associatedLength, 0);
    return status === 0 && this.byteAt(tagAt) === tag;
  }

  /** BLAKE2b-256 of [from, to), keyed or not. */
  hash(key: KeyName | undefined, from: number, to: number): Uint8Array<ArrayBuffer> {
    this.#hash(key, this.#result, from, to);
    const result = new Uint8Array(this.#memory().subarray(this.#result, this.#result + hashBytes));
    this.#memory().fill(0, this.#result, this.#result + hashBytes);
    return result;
  }

  /** The same, one character a byte: there is one for each row, and small strings cost a tenth of small arrays. */
  hashAsText(key: KeyName, from: number, to: number): string {
    this.#hash(key, this.#result, from, to);
    return this.#memory().toString('latin1', this.#result, this.#result + hashBytes);
  }

  hashToKey(key: KeyName, target: KeyName, from: number, to: number): void {
    this.#hash(key, this.#key(target), from, to);
  }

  /** The bytes are copied; the caller overwrites its own. */
  setKey(name: KeyName, bytes: Uint8Array): void {
    if (bytes.length !== keyBytes) throw new RangeError('A key has 32 bytes');
    this.#memory().set(bytes, this.#key(name));
  }

  /** Key to scratch and back: the vault key is wrapped and unwrapped without leaving this memory. */
  writeKey(at: number, name: KeyName): void {
    const from = this.#key(name);
    this.#memory().copyWithin(this.#scratch + at, from, from + keyBytes);
  }

  readKey(at: number, name: KeyName): void {
    const from = this.#scratch + at;
    this.#memory().copyWithin(this.#key(name), from, from + keyBytes);
  }

  /** crypto_kdf: `target` becomes the vault key's subkey of that number. The 8 bytes of context stand at `contextAt`. */
  deriveSubkey(target: KeyName, subkeyNumber: number, contextAt: number): void {
    const context = this.#scratch + contextAt;
    // biome-ignore format: libsodium's order
    must(this.#sodium._crypto_kdf_derive_from_key(this.#key(target), keyBytes, subkeyNumber, 0, context, this.#key('vault')));
  }

  dropKey(name: KeyName): void {
    const at = this.#key(name);
    this.#memory().fill(0, at, at + keyBytes);
  }

  /** The arena cannot be used afterwards. */
  destroy(): void {
    this.#memory().fill(0, this.#start, this.#end);
    this.#sodium._free(this.#start);
  }

  #hash(key: KeyName | undefined, out: number, from: number, to: number): void {
    const keyAt = key === undefined ? 0 : this.#key(key);
    const keyLength = key === undefined ? 0 : keyBytes;
    must(this.#sodium._crypto_generichash(out, hashBytes, this.#scratch + from, to - from, 0, keyAt, keyLength));
  }

  #key(name: KeyName): number {
    return this.#start + keyOffsets[name];
  }

  #memory(): Buffer<ArrayBuffer> {
    const { buffer } = this.#sodium.HEAPU8;
    if (this.#view.buffer !== buffer) this.#view = Buffer.from(buffer);
    return this.#view;
  }
}

export interface Surroundings {
  readonly associatedAt: number;
  readonly associatedLength: number;
  readonly nonceAt: number;
}

export interface StreamMessage {
  readonly stateAt: number;
  readonly associatedAt: number;
  readonly associatedLength: number;
  readonly tag: number;
}

function must(status: number): void {
  if (status !== 0) throw new Error('libsodium refused its input');
}

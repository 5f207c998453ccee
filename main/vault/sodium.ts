import sodium from 'libsodium-wrappers';

/**
 * libsodium's own exports, as the WebAssembly module has them: pointers and lengths, 64-bit numbers as two halves. The
 * wrapped functions are not used, because version 0.8.4 leaves copies of keys and plaintext behind in its memory.
 */
export interface RawSodium {
  /** The module's memory. Read it anew for each use: it is another array after the memory has grown. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(length: number): number;
  _free(pointer: number): void;
  // biome-ignore format: libsodium's parameters, in its order
  _crypto_aead_xchacha20poly1305_ietf_encrypt(out: number, outLength: number, input: number, lengthLow: number, lengthHigh: number, associated: number, associatedLow: number, associatedHigh: number, unused: number, nonce: number, key: number): number;
  // biome-ignore format: libsodium's parameters, in its order
  _crypto_aead_xchacha20poly1305_ietf_decrypt(out: number, outLength: number, unused: number, input: number, lengthLow: number, lengthHigh: number, associated: number, associatedLow: number, associatedHigh: number, nonce: number, key: number): number;
  // biome-ignore format: libsodium's parameters, in its order
  _crypto_generichash(out: number, outLength: number, input: number, lengthLow: number, lengthHigh: number, key: number, keyLength: number): number;
  // biome-ignore format: libsodium's parameters, in its order
  _crypto_kdf_derive_from_key(out: number, outLength: number, idLow: number, idHigh: number, context: number, key: number): number;
  // biome-ignore format: libsodium's parameters, in its order
  _crypto_pwhash(out: number, outLow: number, outHigh: number, password: number, passwordLow: number, passwordHigh: number, salt: number, operationsLow: number, operationsHigh: number, memoryBytes: number, algorithm: number): number;
  _crypto_pwhash_alg_argon2id13(): number;
  _crypto_secretstream_xchacha20poly1305_init_pull(state: number, header: number, key: number): number;
  // biome-ignore format: libsodium's parameters, in its order
  _crypto_secretstream_xchacha20poly1305_push(state: number, out: number, outLength: number, input: number, lengthLow: number, lengthHigh: number, associated: number, associatedLow: number, associatedHigh: number, tag: number): number;
  // biome-ignore format: libsodium's parameters, in its order
  _crypto_secretstream_xchacha20poly1305_pull(state: number, out: number, outLength: number, tag: number, input: number, lengthLow: number, lengthHigh: number, associated: number, associatedLow: number, associatedHigh: number): number;
}

const functions = [
  '_malloc',
  '_free',
  '_crypto_aead_xchacha20poly1305_ietf_encrypt',
  '_crypto_aead_xchacha20poly1305_ietf_decrypt',
  '_crypto_generichash',
  '_crypto_kdf_derive_from_key',
  '_crypto_pwhash',
  '_crypto_pwhash_alg_argon2id13',
  '_crypto_secretstream_xchacha20poly1305_init_pull',
  '_crypto_secretstream_xchacha20poly1305_push',
  '_crypto_secretstream_xchacha20poly1305_pull',
] as const satisfies readonly (keyof RawSodium)[];

/** @throws Error when the build of libsodium lacks what the vault needs: the plain one types Argon2id and has none */
export async function loadSodium(): Promise<RawSodium> {
  await sodium.ready;
  const raw: unknown = Reflect.get(sodium, 'libsodium');
  if (!isWhole(raw)) throw new Error('This libsodium lacks functions that the vault needs: it must be the sumo build.');
  return raw;
}

function isWhole(raw: unknown): raw is RawSodium {
  if (typeof raw !== 'object' || raw === null) return false;
  const has = (name: string) => typeof Reflect.get(raw, name) === 'function';
  return functions.every(has) && Reflect.get(raw, 'HEAPU8') instanceof Uint8Array;
}

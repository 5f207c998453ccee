// How secret bytes cross between the page and the core: sealed in the page to a key pair that the core made at its start,
// so that everything in between (the preload, the browser's pipes, the main process) holds only ciphertext.
//
// Guarantees: whoever reads what was passed on learns no password and no value; bytes changed, moved to another field or
// another call, or sent back as an answer do not open. It assumes that main, which passes on the core's public key, is
// ours: this keeps secrets out of memory and pipes, and not from a main process that lies.
//
//   page's pair: X25519, fresh for each call; core's pair: X25519, one for its life
//   key = HKDF-SHA-256(X25519(own private, other's public), salt = page's public | core's public, info = the words below)
//   field = nonce 12 | AES-256-GCM(key, nonce, bytes, associated data = the field's name) | tag 16
//
// After RFC 7748 (X25519), RFC 5869 (HKDF) and in the manner of RFC 9180; WebCrypto has no HPKE, and libsodium is not for
// the page. Both halves write this down separately, and a test fits them together: renderer/bridge/page-seal.ts and
// main/core-process/page-seal.ts.
/** Asks the core's process, below the contract, for its public key: `{ publicKey }`. */
export const coreKeyChannel = 'core.key';

export const publicKeyBytes = 32;
export const nonceBytes = 12;
export const tagBytes = 16;

type Bytes = Uint8Array<ArrayBuffer>;

/** In place of a call's output: `open` are its fields as they are, `sealed` those that were bytes. */
export interface SealedOutput {
  readonly open: Readonly<Record<string, unknown>>;
  readonly sealed: Readonly<Record<string, Bytes>>;
}

/** In place of its input. `from`: the page's public key of this call. */
export interface SealedInput extends SealedOutput {
  readonly from: Bytes;
  /** Main asks in the page's place: the answer's bytes are for main and not sealed to the page. */
  readonly answer?: 'open';
}

/** Calls of the window that hand their sealed input on to a call of the core: sealed for that one. */
export const handedOn: Readonly<Record<string, string>> = { 'keychain.remember': 'vault.make-keychain-key' };

export function sealWords(direction: 'to core' | 'to page', channel: string): string {
  return `rondo page seal 1 ${direction} ${channel}`;
}

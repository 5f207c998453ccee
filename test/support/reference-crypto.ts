// A second implementation of what the vault's format takes, written from the RFCs with Node's own parts and without
// libsodium: the vectors must come out of both. Slow and not for real use.
import { argon2Sync, createCipheriv } from 'node:crypto';

const mask64 = (1n << 64n) - 1n;
const blakeStart = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];
const blakeOrder = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const columnsAndDiagonals = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

/** BLAKE2b with 32 bytes of result (RFC 7693); salt and personal as libsodium's crypto_kdf uses them. */
export function blake2b256(
  message: Uint8Array,
  { key, salt, personal }: { key?: Uint8Array; salt?: Uint8Array; personal?: Uint8Array } = {},
): Buffer {
  const parameters = Buffer.alloc(64);
  parameters.set([32, key?.length ?? 0, 1, 1]);
  parameters.set(salt ?? [], 32);
  parameters.set(personal ?? [], 48);
  const state = new BigUint64Array(blakeStart.map((word, i) => word ^ parameters.readBigUInt64LE(8 * i)));
  const keyBlock = key === undefined ? [] : [key, new Uint8Array(128 - key.length)];
  const input = Buffer.concat([...keyBlock, message]);
  const blocks = Math.max(1, Math.ceil(input.length / 128));
  for (let block = 0; block < blocks; block++) {
    const chunk = Buffer.alloc(128);
    input.copy(chunk, 0, block * 128);
    const isLast = block === blocks - 1;
    compress(state, chunk, { length: BigInt(isLast ? input.length : (block + 1) * 128), isLast });
  }
  const result = Buffer.alloc(64);
  state.forEach((word, i) => {
    result.writeBigUInt64LE(word, 8 * i);
  });
  return result.subarray(0, 32);
}

function compress(state: BigUint64Array, chunk: Buffer, { length, isLast }: { length: bigint; isLast: boolean }): void {
  const words = Array.from({ length: 16 }, (_, i) => chunk.readBigUInt64LE(8 * i));
  const v = new BigUint64Array([...state, ...blakeStart]);
  const at = (i: number) => v[i] ?? 0n;
  v[12] = at(12) ^ length;
  if (isLast) v[14] = at(14) ^ mask64;
  const turn = (word: bigint, by: bigint) => ((word >> by) | (word << (64n - by))) & mask64;
  for (let round = 0; round < 12; round++) {
    columnsAndDiagonals.forEach(([a, b, c, d], i) => {
      const order = blakeOrder[round % 10] ?? [];
      const word = (n: number) => words[order[n] ?? 0] ?? 0n;
      v[a] = at(a) + at(b) + word(2 * i);
      v[d] = turn(at(d) ^ at(a), 32n);
      v[c] = at(c) + at(d);
      v[b] = turn(at(b) ^ at(c), 24n);
      v[a] = at(a) + at(b) + word(2 * i + 1);
      v[d] = turn(at(d) ^ at(a), 16n);
      v[c] = at(c) + at(d);
      v[b] = turn(at(b) ^ at(c), 63n);
    });
  }
  state.forEach((word, i) => {
    state[i] = word ^ at(i) ^ at(i + 8);
  });
}

/** HChaCha20 (draft-irtf-cfrg-xchacha, section 2.2). */
function hChaCha20(key: Uint8Array, nonce16: Uint8Array): Buffer {
  const input = Buffer.concat([Buffer.from('expand 32-byte k', 'latin1'), key, nonce16]);
  const v = new Uint32Array(16).map((_, i) => input.readUInt32LE(4 * i));
  const at = (i: number) => v[i] ?? 0;
  const turn = (word: number, by: number) => (word << by) | (word >>> (32 - by));
  for (let round = 0; round < 10; round++) {
    for (const [a, b, c, d] of columnsAndDiagonals) {
      v[a] = at(a) + at(b);
      v[d] = turn(at(d) ^ at(a), 16);
      v[c] = at(c) + at(d);
      v[b] = turn(at(b) ^ at(c), 12);
      v[a] = at(a) + at(b);
      v[d] = turn(at(d) ^ at(a), 8);
      v[c] = at(c) + at(d);
      v[b] = turn(at(b) ^ at(c), 7);
    }
  }
  const result = Buffer.alloc(32);
  [0, 1, 2, 3, 12, 13, 14, 15].forEach((word, i) => {
    result.writeUInt32LE(at(word), 4 * i);
  });
  return result;
}

/** XChaCha20-Poly1305: ciphertext and tag. */
export function xChaCha20Poly1305(
  key: Uint8Array,
  nonce: Uint8Array,
  { plaintext, associated }: { plaintext: Uint8Array; associated: Uint8Array },
): Buffer {
  const subkey = hChaCha20(key, nonce.subarray(0, 16));
  const shortNonce = Buffer.concat([Buffer.alloc(4), nonce.subarray(16)]);
  const cipher = createCipheriv('chacha20-poly1305', subkey, shortNonce, { authTagLength: 16 });
  cipher.setAAD(associated, { plaintextLength: plaintext.length });
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/**
 * The first and only message of a crypto_secretstream_xchacha20poly1305. A stream pads its text in a way of its own, which
 * is that of ChaCha20-Poly1305 (RFC 8439) only where the length leaves 0 or 8 when divided by 16: other texts are refused.
 */
export function onlyStreamMessage(
  key: Uint8Array,
  streamHeader: Uint8Array,
  { text, associated, tag }: { text: Uint8Array; associated: Uint8Array; tag: number },
): Buffer {
  if (text.length % 8 !== 0) throw new RangeError('this reference knows such lengths only');
  const subkey = hChaCha20(key, streamHeader.subarray(0, 16));
  const counter = Buffer.of(1, 0, 0, 0);
  const nonce = Buffer.concat([counter, streamHeader.subarray(16)]);
  const cipher = createCipheriv('chacha20-poly1305', subkey, nonce, { authTagLength: 16 });
  // The tag fills a block of 64 bytes, of which the message shows the first.
  const block = Buffer.alloc(64);
  block[0] = tag;
  cipher.setAAD(associated, { plaintextLength: block.length + text.length });
  const sealed = Buffer.concat([cipher.update(Buffer.concat([block, text])), cipher.final()]);
  return Buffer.concat([sealed.subarray(0, 1), sealed.subarray(64), cipher.getAuthTag()]);
}

/** libsodium's crypto_kdf_derive_from_key, 32 bytes. */
export function deriveSubkey(masterKey: Uint8Array, subkeyNumber: number, context: string): Buffer {
  const salt = Buffer.alloc(16);
  salt.writeBigUInt64LE(BigInt(subkeyNumber));
  return blake2b256(new Uint8Array(0), { key: masterKey, salt, personal: Buffer.from(context, 'latin1') });
}

export function argon2id(
  password: Uint8Array,
  salt: Uint8Array,
  cost: { operations: number; memoryBytes: number },
): Buffer {
  return argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: cost.memoryBytes / 1024,
    passes: cost.operations,
  });
}

/** ISO 7816-4 to the next of 128, 256, 512, … */
export function padded(content: Uint8Array, leastBytes = 128): Buffer {
  let length = leastBytes;
  while (length <= content.length) length *= 2;
  const result = Buffer.alloc(length);
  result.set(content);
  result[content.length] = 0x80;
  return result;
}

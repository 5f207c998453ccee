// The whole life of the key derivation thread: one request, one answer, end.
import { parentPort } from 'node:worker_threads';
import type { DerivationRequest, DerivedKey } from './derive-key.ts';
import { loadSodium } from './sodium.ts';

const keyBytes = 32;

async function derive({
  password,
  salt,
  cost,
}: DerivationRequest): Promise<DerivedKey & { key: Uint8Array<ArrayBuffer> }> {
  const sodium = await loadSodium();
  const startedAt = performance.now();
  const passwordAt = sodium._malloc(password.length + salt.length + keyBytes);
  const saltAt = passwordAt + password.length;
  const keyAt = saltAt + salt.length;
  try {
    sodium.HEAPU8.set(password, passwordAt);
    sodium.HEAPU8.set(salt, saltAt);
    const algorithm = sodium._crypto_pwhash_alg_argon2id13();
    // biome-ignore format: libsodium's order
    const status = sodium._crypto_pwhash(
      keyAt, keyBytes, 0, passwordAt, password.length, 0, saltAt, cost.operations, 0, cost.memoryBytes, algorithm);
    if (status !== 0) throw new Error('Argon2id had not enough memory');
    return { key: sodium.HEAPU8.slice(keyAt, keyAt + keyBytes), elapsedMs: performance.now() - startedAt };
  } finally {
    password.fill(0);
    sodium.HEAPU8.fill(0, passwordAt, keyAt + keyBytes);
  }
}

const port = parentPort;
if (port === null) throw new Error('This runs as a worker only');
port.once('message', (request: DerivationRequest) => {
  void derive(request).then((derived) => {
    port.postMessage(derived, [derived.key.buffer]);
    port.close();
  });
});

// A key derivation that costs nothing: every password of every vault gives the same key. For tests that open a vault
// hundreds of times and ask nothing about passwords.
import type { DeriveKey } from '../../main/vault/derive-key.ts';

const fill = 7;

export const fixedKey: DeriveKey = async () => ({ key: new Uint8Array(32).fill(fill), elapsedMs: 1 });

/** The same as a worker, which is what a vault of a folder wants. */
export const fixedKeyWorkerUrl = new URL(
  `data:text/javascript,${encodeURIComponent(
    `import { parentPort } from 'node:worker_threads';
     parentPort.once('message', () => parentPort.postMessage({ key: new Uint8Array(32).fill(${fill}), elapsedMs: 1 }));`,
  )}`,
);

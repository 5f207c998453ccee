import { Worker } from 'node:worker_threads';
import { AppError } from '../app-error.ts';
import type { DerivationCost, PasswordParameters } from './password-parameters.ts';

/** What the worker is sent. Both buffers are transferred: the sender keeps nothing. */
export interface DerivationRequest extends PasswordParameters {
  readonly password: Uint8Array<ArrayBuffer>;
}

export interface DerivedKey {
  /** 32 bytes; the receiver overwrites them. */
  readonly key: Uint8Array;
  readonly elapsedMs: number;
}

/** Argon2id of the normalised password, which is gone afterwards. */
export type DeriveKey = (request: DerivationRequest) => Promise<DerivedKey>;

/**
 * Derives in a worker thread that ends afterwards: it blocks nothing, and the memory that Argon2id took goes back to the
 * system (WebAssembly memory never shrinks).
 */
export function createDeriveKey(workerUrl: URL): DeriveKey {
  return (request) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(workerUrl, { name: 'derive-key' });
      let derived: DerivedKey | undefined;
      worker.once('message', (answer: DerivedKey) => {
        derived = answer;
      });
      worker.once('error', (cause) => reject(notDerived(request.cost, cause)));
      worker.once('exit', () => (derived === undefined ? reject(notDerived(request.cost)) : resolve(derived)));
      worker.postMessage(request, [request.password.buffer]);
    });
}

function notDerived(cost: DerivationCost, cause?: unknown): AppError {
  const mebibytes = Math.round(cost.memoryBytes / (1024 * 1024));
  return new AppError('storage', 'The key could not be derived from the password.', {
    effect: 'nothing-changed',
    hint: `It takes ${mebibytes} MiB of free memory. Close other programs and try again.`,
    ...(cause === undefined ? {} : { cause }),
  });
}

import type { Failure, Result } from '../../shared/contract/result.ts';

/** One pass over 8 MiB: about 10 ms. What real vaults get is tested where the key derivation is. */
export const cheapKdf = { operations: 1, memoryBytes: 8 * 1024 * 1024 };

export const deriveKeyWorkerUrl = new URL('../../out/node/derive-key-worker.mjs', import.meta.url);

export const password = () => new TextEncoder().encode('correct horse battery staple');

export function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code}: ${result.error.message} ${JSON.stringify(result.error.details ?? {})}`);
}

export function expectFailure(result: Result<unknown>): Failure {
  if (!result.ok) return result.error;
  throw new Error('the call succeeded, a failure was expected');
}

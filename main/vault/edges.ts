import { asVaultError } from './vault-errors.ts';

/** At the edge of this room a failure of the disk or of SQLite becomes one of ours. */
export function edge<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asVaultError(error);
  }
}

export async function edgeAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asVaultError(error);
  }
}

/** Overwrites the caller's bytes at once and the copy at the end. */
export async function withCopy<T>(secret: Uint8Array, use: (copy: Uint8Array) => Promise<T>): Promise<T> {
  const copy = new Uint8Array(secret);
  secret.fill(0);
  try {
    return await use(copy);
  } finally {
    copy.fill(0);
  }
}

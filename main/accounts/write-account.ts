import type { Observe } from '../platform/observe.ts';
import type { VaultSession, VaultTransaction } from '../vault/vault.ts';

export interface AccountWriting {
  readonly session: () => VaultSession;
  readonly observe: Observe;
}

/** Every line of how an account is signed in to goes through here; the points are the observer's stable names. */
export function writeAccount(
  { session, observe }: AccountWriting,
  point: string,
  change: (transaction: VaultTransaction) => void,
): void {
  observe(`account ${point} before`);
  session().write(change);
  observe(`account ${point} after`);
}

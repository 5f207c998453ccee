import type { Id } from '../../shared/ids.ts';
import type { VaultRecord, VaultTransaction } from '../vault/vault.ts';
import { accountStore } from './account-store.ts';

/**
 * After a repair that kept what these accounts sign in with beside the descriptions of a backup: those tell of another
 * sign-in. Which row it is shows in the next list, and until then by the value.
 */
export function forgetHowSignedIn(transaction: VaultTransaction, ids: ReadonlySet<Id>): void {
  for (const { signInToken: _before, browser: _from, ...account } of accountStore.list(transaction)) {
    if (ids.has(account.id)) accountStore.put(transaction, account, 'same');
  }
}

/** It signed in with the same token then, and with that way. */
export function signsInAsThen(now: VaultRecord, then: VaultRecord): boolean {
  if (now.kind !== accountStore.noun) return false;
  const [account, before] = [accountStore.parse(now.id, now.meta), accountStore.parse(then.id, then.meta)];
  if (account === undefined || account.removedAt !== undefined || before?.removedAt !== undefined) return false;
  return account.signInToken !== undefined && account.signInToken === before?.signInToken;
}

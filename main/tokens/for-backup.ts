import type { Id } from '../../shared/ids.ts';
import type { VaultTransaction } from '../vault/vault.ts';
import { tokenStore } from './token-store.ts';

/**
 * A sealed value is held until somebody takes it and forgotten then. A backup that kept it would undo the forgetting, so
 * it leaves such values out: whoever restores one rotates the token once more.
 */
export function leaveOutSealed(transaction: VaultTransaction): void {
  for (const token of tokenStore.list(transaction)) {
    if (token.held === 'sealed') tokenStore.put(transaction, { ...token, held: 'none' }, 'none');
  }
}

/** After a repair that found no value for these records: the tokens among them are still known, and hold none. */
export function forgetLost(transaction: VaultTransaction, ids: ReadonlySet<Id>): void {
  for (const token of tokenStore.list(transaction)) {
    if (ids.has(token.id) && token.held !== 'none') tokenStore.put(transaction, { ...token, held: 'none' }, 'none');
  }
}

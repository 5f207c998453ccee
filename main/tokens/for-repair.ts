import type { Id } from '../../shared/ids.ts';
import type { VaultRecord, VaultTransaction } from '../vault/vault.ts';
import { tokenStore } from './token-store.ts';

/** After a repair that found no value for these records: the tokens among them are still known, and hold none. */
export function forgetLost(transaction: VaultTransaction, ids: ReadonlySet<Id>): void {
  for (const token of tokenStore.list(transaction)) {
    if (ids.has(token.id) && token.held !== 'none') tokenStore.put(transaction, { ...token, held: 'none' }, 'none');
  }
}

/**
 * After a repair that kept these values beside the descriptions of a backup, which leaves out what waits to be taken. What
 * was taken before, or never waited, was given by a person, to be kept.
 */
export function holdNewer(transaction: VaultTransaction, ids: ReadonlySet<Id>): void {
  for (const token of tokenStore.list(transaction)) {
    if (!ids.has(token.id) || token.held !== 'none') continue;
    const waits = token.heldAt !== undefined && token.takenAt === undefined;
    tokenStore.put(transaction, { ...token, held: waits ? 'sealed' : 'kept' }, 'same');
  }
}

/** A token's value is one and the same as long as it exists; a vault that holds none needs none. */
export function holdsSameToken(now: VaultRecord, then: VaultRecord): boolean {
  if (now.kind !== tokenStore.noun) return false;
  const [token, before] = [tokenStore.parse(now.id, now.meta), tokenStore.parse(then.id, then.meta)];
  if (token === undefined || token.held === 'none' || token.fingerprint === undefined) return false;
  return before?.held !== 'none' && before?.fingerprint === token.fingerprint;
}

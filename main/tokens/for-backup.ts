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

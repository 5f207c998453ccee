import type { VaultReader } from '../vault/vault.ts';
import type { ListedPlace } from './merge.ts';
import { tokenStore } from './token-store.ts';

/**
 * A list without the tokens whose value this vault has or had, also by way of another account: such a token is no orphan,
 * as nobody knows an orphan's value, and it is none that a person has just made by hand.
 */
export function withoutKnownValues(reader: VaultReader, list: ListedPlace): ListedPlace {
  const known = new Set(
    tokenStore
      .list(reader)
      .flatMap(({ remoteId, fingerprint }) => (remoteId === undefined || fingerprint === undefined ? [] : [remoteId])),
  );
  return { ...list, tokens: list.tokens.filter(({ remoteId }) => remoteId === undefined || !known.has(remoteId)) };
}

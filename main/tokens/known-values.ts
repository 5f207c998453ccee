import type { VaultReader } from '../vault/vault.ts';
import type { ListedPlace } from './merge.ts';
import { type TokenRecord, tokenStore } from './token-store.ts';

/**
 * A list without the tokens whose value this vault has or had, also by way of another account: such a token is no orphan,
 * as nobody knows an orphan's value, and it is none that a person has just made by hand.
 */
export function withoutKnownValues(reader: VaultReader, list: ListedPlace): ListedPlace {
  const known = new Map(
    tokenStore
      .list(reader)
      .flatMap((token) => (token.remoteId === undefined ? [] : [[token.remoteId, token] as const])),
  );
  const isKnown = ({ remoteId, fingerprint }: ListedPlace['tokens'][number]) => {
    const token = remoteId === undefined ? undefined : known.get(remoteId);
    if (token === undefined) return false;
    // Where the list shows values in clear, a sync has given every row its fingerprint.
    return hadValue(token) || (token.fingerprint !== undefined && fingerprint === undefined);
  };
  return { ...list, tokens: list.tokens.filter((row) => !isKnown(row)) };
}

/** This vault has or had its value, whatever lists show. */
export function hadValue({ held, heldAt, takenAt, rotatedFrom, rotatedTo }: TokenRecord): boolean {
  return held !== 'none' || [heldAt, takenAt, rotatedFrom, rotatedTo].some((fact) => fact !== undefined);
}

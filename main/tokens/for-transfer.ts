import type { SkipReason } from '../../shared/contract/transfer.ts';
import type { Id } from '../../shared/ids.ts';
import type { VaultReader } from '../vault/vault.ts';
import { keyOf } from './merge.ts';
import { type TokenRecord, tokenStore } from './token-store.ts';

/** What becomes of tokens on their way from one vault to another. */

interface Situation {
  readonly here: TokenRecord | undefined;
  readonly value: 'own' | 'comes' | 'none';
  readonly fingerprint?: string;
  readonly sameFingerprints: boolean;
  readonly at: string;
}

export const tokenTransfer = {
  store: tokenStore,
  /** As in a backup: what is only held until it is taken stays, or it could be taken twice, here and there. */
  leaves({ deletionBy: _here, ...record }: TokenRecord): { record: TokenRecord; value: boolean } {
    if (record.held === 'kept') return { record, value: true };
    return { record: { ...record, held: 'none' }, value: false };
  },
  refusals({ reader, isThere }: { readonly reader: VaultReader; isThere(id: Id): boolean }) {
    const present = tokenStore.list(reader).filter((token) => token.revokedAt === undefined);
    const idOf = new Map(present.map((token) => [placeAndKey(token), token.id]));
    return (record: TokenRecord): SkipReason | undefined => {
      if (!isThere(record.account)) return 'no-account';
      const known = record.revokedAt === undefined ? idOf.get(placeAndKey(record)) : undefined;
      return known === undefined || known === record.id ? undefined : 'other-id';
    };
  },
  /** A fingerprint is made with a vault's own key: another vault's says nothing here. */
  settles(record: TokenRecord, situation: Situation): TokenRecord {
    const { here, value, fingerprint, sameFingerprints } = situation;
    const { fingerprint: theirs, held, ...others } = record;
    const rest = { ...others, ...heldSince(record, situation) };
    const known = fingerprint ?? here?.fingerprint ?? (sameFingerprints ? theirs : undefined);
    const settled = { ...rest, ...(known === undefined ? {} : { fingerprint: known }) };
    if (value === 'own' && here !== undefined) return { ...settled, held: here.held };
    return { ...settled, held: value === 'comes' ? held : 'none' };
  },
  /** Deleted, and proved to be: its value opens nothing. */
  endsValue: ({ revokedAt }: TokenRecord) => revokedAt !== undefined,
};

/**
 * What this vault had stays so, whatever the other one says, and what comes it has from now on. What only the other one had
 * is known to somebody all the same: it is no orphan of a creation here, and an incident does better to replace it.
 */
function heldSince(theirs: TokenRecord, { here, value, at }: Situation): Pick<TokenRecord, 'heldAt'> {
  const heldAt = here?.heldAt ?? (value === 'comes' ? at : theirs.heldAt);
  return heldAt === undefined ? {} : { heldAt };
}

function placeAndKey(token: TokenRecord): string {
  return JSON.stringify([token.account, token.kind, token.project ?? '', keyOf(token)]);
}

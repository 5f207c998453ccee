import type { Id } from '../../shared/ids.ts';
import type { CreatedTokenResponse, Place } from '../circleci/circleci.ts';
import type { VaultSession } from '../vault/vault.ts';
import type { TokenRecord } from './token-store.ts';

export interface NewToken {
  readonly account: Id;
  readonly place: Place;
  readonly created: CreatedTokenResponse;
  /** The person chose to keep the value: it stays after it was taken. */
  readonly keep: boolean;
  /** What the vault adds that CircleCI does not know: tags, owner, the token it replaces. */
  readonly carried?: Partial<Pick<TokenRecord, 'owner' | 'tags' | 'note' | 'rotatedFrom'>>;
  readonly at: string;
}

/** The record of a token that CircleCI has just made, before it has an id of ours. */
export function newTokenRecord(session: VaultSession, wanted: NewToken): TokenRecord {
  const { value, ...listed } = wanted.created;
  return {
    id: session.newId(),
    account: wanted.account,
    kind: wanted.place.kind,
    ...(wanted.place.kind === 'project' ? { project: wanted.place.slug } : {}),
    ...listed,
    firstSeenAt: wanted.at,
    lastSeenAt: wanted.at,
    held: wanted.keep ? 'kept' : 'sealed',
    heldAt: wanted.at,
    tail: tailOf(value),
    fingerprint: session.fingerprint(value),
    tags: [],
    ...wanted.carried,
  };
}

/** The last four characters: what CircleCI's own tools show. */
export function tailOf(value: Uint8Array): string {
  return new TextDecoder().decode(value.subarray(-4));
}

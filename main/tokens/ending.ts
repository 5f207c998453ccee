import type { Id } from '../../shared/ids.ts';
import { tokenShape } from '../circleci/token-shape.ts';
import type { TokenEnd, TokensWorld } from './ports.ts';
import { type TokenRecord, tokenStore } from './token-store.ts';

/** What comes of the tokens that a value is of, or may be of. */
export interface ValueEnds {
  /** One is about to be deleted. */
  readonly isDeleting: boolean;
  readonly deleted: ReadonlySet<Id>;
}

/** `accounts`: of the host and the person that the value may be of; another host may have the same ids. */
export function endsOfValue(world: TokensWorld, value: Uint8Array, accounts: ReadonlySet<Id>): ValueEnds {
  const session = world.session();
  const fingerprint = session.fingerprint(value);
  const { uuid, tail } = tokenShape(value);
  // An older value does not say which token it is of: it may be of any that the vault knows no value of.
  const mayBeIts = (token: TokenRecord) =>
    token.kind === 'personal' && token.fingerprint === undefined && (token.tail ?? tail) === tail;
  const ends = tokenStore
    .list(session)
    .filter((token) => accounts.has(token.account))
    .filter(
      (token) => token.fingerprint === fingerprint || (uuid === undefined ? mayBeIts(token) : token.remoteId === uuid),
    )
    .map((token) => ({ id: token.id, end: endOf(world, token) }));
  return {
    isDeleting: ends.some(({ end }) => end === 'deleting'),
    deleted: new Set(ends.filter(({ end }) => end === 'deleted').map(({ id }) => id)),
  };
}

function endOf(world: TokensWorld, token: TokenRecord): TokenEnd | undefined {
  const { id, revokedAt, deletionAt } = token;
  if (world.deleting.has(id) || isBeingDeleted(world, token)) return 'deleting';
  if (revokedAt !== undefined) return 'deleted';
  // What CircleCI was asked for counts as done: where it answers the token all the same, that is its own word.
  return world.rotations.endOf(world.session(), id) ?? (deletionAt === undefined ? undefined : 'deleted');
}

/** Its request is repeated for a minute, and may have to wait for its turn; a process on another machine may be over. */
const longestDeletionMs = 600_000;

function isBeingDeleted({ processes, clock }: TokensWorld, { deletionAt, deletionBy }: TokenRecord): boolean {
  if (deletionAt === undefined || deletionBy === undefined || processes.isOver(deletionBy)) return false;
  // What this one deletes it knows; a container that was started again gives its process the same name.
  if (deletionBy === processes.own) return false;
  return Math.abs(clock.now() - Date.parse(deletionAt)) < longestDeletionMs;
}

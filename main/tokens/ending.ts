import { tokenShape } from '../circleci/token-shape.ts';
import type { TokenEnd, TokensWorld } from './ports.ts';
import { type TokenRecord, tokenStore } from './token-store.ts';

/** Whether the token of this value is deleted, or about to be; undefined: neither, or nothing tells which token it is. */
export function endOfValue(world: TokensWorld, value: Uint8Array): TokenEnd | undefined {
  const { session } = world;
  const fingerprint = session().fingerprint(value);
  const { uuid } = tokenShape(value);
  const ends = tokenStore
    .list(session())
    .filter((token) => token.fingerprint === fingerprint || (uuid !== undefined && token.remoteId === uuid))
    .map((token) => endOf(world, token));
  return ends.find((end) => end === 'deleting') ?? ends.find((end) => end !== undefined);
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
  return Math.abs(clock.now() - Date.parse(deletionAt)) < longestDeletionMs;
}

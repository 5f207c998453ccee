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

/** Whoever deletes holds the lock file: where nobody does, what was asked for came to nothing or its answer was lost. */
function endOf({ session, rotations }: TokensWorld, { id, revokedAt, deletionAt }: TokenRecord): TokenEnd | undefined {
  if (revokedAt !== undefined) return 'deleted';
  return deletionAt !== undefined && session().isHeld() ? 'deleting' : rotations.endOf(session(), id);
}

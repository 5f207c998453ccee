import { tokenShape } from '../circleci/token-shape.ts';
import type { TokenEnd, TokensWorld } from './ports.ts';
import { tokenStore } from './token-store.ts';

/** Whether the token of this value is deleted, or about to be; undefined: neither, or nothing tells which token it is. */
export function endOfValue({ session, rotations }: TokensWorld, value: Uint8Array): TokenEnd | undefined {
  const fingerprint = session().fingerprint(value);
  const { uuid } = tokenShape(value);
  const ends = tokenStore
    .list(session())
    .filter((token) => token.fingerprint === fingerprint || (uuid !== undefined && token.remoteId === uuid))
    .map(({ id, revokedAt }) => (revokedAt === undefined ? rotations.endOf(session(), id) : 'deleted'));
  return ends.find((end) => end === 'deleting') ?? ends.find((end) => end !== undefined);
}

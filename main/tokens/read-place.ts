import type { Caller, CircleCi, Place } from '../circleci/circleci.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import type { VaultSession } from '../vault/vault.ts';
import type { ListedPlace } from './merge.ts';

/** Reads one place's list. Values that a host still shows become fingerprints here and are overwritten. */
export async function readPlace(
  world: { readonly circleci: CircleCi; readonly clock: Clock; readonly session: () => VaultSession },
  caller: Caller,
  place: Place,
): Promise<ListedPlace> {
  const askedAt = isoInstant(world.clock.now());
  const list = await world.circleci.listTokens(caller, place);
  const session = world.session();
  const tokens = list.tokens.map(({ value, ...token }) => {
    if (value === undefined) return token;
    const fingerprint = session.fingerprint(value);
    value.fill(0);
    return { ...token, fingerprint };
  });
  return { tokens, complete: list.complete, askedAt, readAt: isoInstant(world.clock.now()) };
}

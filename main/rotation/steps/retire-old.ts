import { isoInstant } from '../../platform/clock.ts';
import { hasLostValue, lostValue } from '../lost-value.ts';
import { needsAttention, type RunStep } from './step.ts';

/** Deleting may be repeated: whoever finds it gone already is done. Not while nobody has what replaces it. */
export const runRetireOld: RunStep = async ({ world, caller, record }) => {
  const { oldRemoteId, replacement } = record;
  if (hasLostValue(world, record)) throw lostValue(record);
  if (oldRemoteId === undefined) throw new Error('a token without an id was to be deleted by it');
  const fresh = replacement === undefined ? undefined : world.tokens.get(world.session(), replacement);
  if (fresh?.remoteId === oldRemoteId) throw isItsOwn();
  const outcome = await world.circleci.deleteToken(caller, record.place, oldRemoteId);
  return {
    detail: outcome === 'deleted' ? 'CircleCI deleted it' : 'it was gone already',
    change: { retiredAt: isoInstant(world.clock.now()) },
  };
};

/** CircleCI answered the creation with the old token: only an earlier Rondo took that for a new one, and wrote it down. */
function isItsOwn() {
  return needsAttention(
    'The new token is the old one: CircleCI made no other. It is left as it is.',
    'Keep it: it may be the only one that works. Give this rotation up, and rotate it by hand.',
    'nothing-deleted',
  );
}

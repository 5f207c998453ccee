import { isoInstant } from '../../platform/clock.ts';
import { hasLostValue, lostValue } from '../lost-value.ts';
import type { RunStep } from './step.ts';

/** Deleting may be repeated: whoever finds it gone already is done. Not while nobody has what replaces it. */
export const runRetireOld: RunStep = async ({ world, caller, record }) => {
  if (hasLostValue(world, record)) throw lostValue(record);
  if (record.oldRemoteId === undefined) throw new Error('a token without an id was to be deleted by it');
  const outcome = await world.circleci.deleteToken(caller, record.place, record.oldRemoteId);
  return {
    detail: outcome === 'deleted' ? 'CircleCI deleted it' : 'it was gone already',
    change: { retiredAt: isoInstant(world.clock.now()) },
  };
};

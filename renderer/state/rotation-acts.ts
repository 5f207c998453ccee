import type { Rotation } from '../../shared/contract/rotation.ts';
import { isOpenRotation } from '../../shared/open-rotations.ts';
import { waitOf } from './waits.ts';

/**
 * What a person can do to an open rotation as a whole. What its step asks for stands in the step, with a way to give it up
 * beside it. While it runs there is nothing to do; while it waits it can be given up at least, whatever it waits for. Pure.
 */
export function actsOn(rotation: Rotation): { readonly resumes: boolean; readonly givesUp: boolean } {
  const { state, error, guide } = rotation;
  if (!isOpenRotation(rotation)) return { resumes: false, givesUp: false };
  const hasStopped = error !== undefined;
  return {
    resumes: hasStopped || waitOf(rotation) === 'over',
    givesUp: hasStopped || (state === 'waiting' && guide === undefined),
  };
}

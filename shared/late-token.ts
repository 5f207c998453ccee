import type { Proof, Rotation } from './contract/rotation.ts';
import { proofsOf } from './proofs-of.ts';

/** What the proof is about that does not hold where CircleCI lists one token more than was asked for. */
export const madeNoOther = 'creating made no other token';

/** A token of which nobody may have the value: perhaps of a create whose answer was lost, perhaps a teammate's. Pure. */
export function lateTokensOf(rotation: Pick<Rotation, 'receipt' | 'proofs'>): readonly Proof[] {
  return proofsOf(rotation).filter(({ what, ok }) => what === madeNoOther && !ok);
}

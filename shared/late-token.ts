import type { Proof, Rotation } from './contract/rotation.ts';
import { proofAbout, proofsOf } from './proofs-of.ts';

/** A token of which nobody may have the value: perhaps of a create whose answer was lost, perhaps a teammate's. Pure. */
export function lateTokensOf(rotation: Pick<Rotation, 'receipt' | 'proofs'>): readonly Proof[] {
  return proofsOf(rotation).filter(({ what, ok }) => what === proofAbout.noOtherMade && !ok);
}

import type { Proof, Rotation } from './contract/rotation.ts';

/** What is proved of a rotation: on its receipt, or so far. Pure. */
export function proofsOf({ receipt, proofs }: Pick<Rotation, 'receipt' | 'proofs'>): readonly Proof[] {
  return receipt?.proofs ?? proofs ?? [];
}

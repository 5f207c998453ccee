import type { Proof, Rotation } from './contract/rotation.ts';

/** What is proved of a rotation: on its receipt, or so far. Pure. */
export function proofsOf({ receipt, proofs }: Pick<Rotation, 'receipt' | 'proofs'>): readonly Proof[] {
  return receipt?.proofs ?? proofs ?? [];
}

const goneProofs = ['the old token is refused', 'the old token is not listed any more'];

/** CircleCI itself showed that the old token is gone; a person's word does not. Pure. */
export function provesGone(proofs: readonly Proof[]): boolean {
  return proofs.some(({ what, ok }) => ok && goneProofs.includes(what));
}

/** Its use was told from that of any other; being listed is less. Pure. */
export function provesWorking(proofs: readonly Proof[]): boolean {
  return proofs.some(({ what, ok }) => ok && what === 'the new token works');
}

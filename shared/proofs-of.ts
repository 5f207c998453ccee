import type { Proof, Rotation } from './contract/rotation.ts';

/** What is proved of a rotation: on its receipt, or so far. Pure. */
export function proofsOf({ receipt, proofs }: Pick<Rotation, 'receipt' | 'proofs'>): readonly Proof[] {
  return receipt?.proofs ?? proofs ?? [];
}

/** What proofs are about, by which they are found again: sealed in vaults and printed on receipts, so never another word. */
export const proofAbout = {
  newWorks: 'the new token works',
  newListed: 'the new token is listed',
  oldRefused: 'the old token is refused',
  oldUnlisted: 'the old token is not listed any more',
  noOtherMade: 'creating made no other token',
} as const;

function holds(proofs: readonly Proof[], ...abouts: readonly string[]): boolean {
  return proofs.some(({ what, ok }) => ok && abouts.includes(what));
}

/** CircleCI itself showed that the old token is gone; a person's word does not. Pure. */
export function provesGone(proofs: readonly Proof[]): boolean {
  return holds(proofs, proofAbout.oldRefused, proofAbout.oldUnlisted);
}

/** Its use was told from that of any other; being listed is less. Pure. */
export function provesWorking(proofs: readonly Proof[]): boolean {
  return holds(proofs, proofAbout.newWorks);
}

export function provesListed(proofs: readonly Proof[]): boolean {
  return holds(proofs, proofAbout.newListed);
}

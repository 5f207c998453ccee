import type { Proof } from '../../shared/contract/rotation.ts';
import { proofAbout } from '../../shared/proofs-of.ts';
import { withoutByHand } from './by-hand.ts';
import { hasLostValue } from './lost-value.ts';
import { lacksDestination } from './own-sign-in.ts';
import { nextStep, withStep } from './plan.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { waitOf } from './waiting.ts';

/**
 * That the new token worked was asked before the rotation waited or stopped, which may be weeks ago: somebody may have
 * deleted it since, or it has expired. So whoever enters a rotation between its proof and the end of the old one proves it
 * once more. Not while the wait goes on; and where Rondo is to sign in with it, `deliver` asks.
 */
export function withProofAgain(world: RotationWorld, record: RotationRecord): RotationRecord {
  const name = nextStep(record);
  if (record.mode === 'cut-over' || record.replacement === undefined) return record;
  if (name === 'deliver' ? !lacksDestination(world, record) : name !== 'retire-old') return record;
  if (hasLostValue(world, record) || (name === 'retire-old' && waitOf(world, record, name) !== undefined))
    return record;
  const again = withStep(withStep(record, { name: 'retire-old', state: 'pending' }), {
    name: 'prove-new',
    state: 'pending',
  });
  // What a person has authorized can be asked for now, and nobody is asked twice.
  return withoutByHand(again, ['prove-new']);
}

/** The new token has passed its proof before: what it lacks now it has lost. */
export function wasProved({ proofs }: Pick<RotationRecord, 'proofs'>): boolean {
  return proofs.some(({ what }) => what === proofAbout.newListed);
}

/** Of the same answer to the same question the newest counts. */
export function withProofs(earlier: readonly Proof[], added: readonly Proof[]): Proof[] {
  const isRepeated = (proof: Proof) =>
    added.some(
      ({ what, asked, answered }) => what === proof.what && asked === proof.asked && answered === proof.answered,
    );
  return [...earlier.filter((proof) => !isRepeated(proof)), ...added];
}

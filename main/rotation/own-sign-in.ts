import type { StepName } from '../../shared/contract/rotation.ts';
import type { PartFailure } from '../../shared/contract/sync.ts';
import { AppError } from '../app-error.ts';
import { withStep } from './plan.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { needsAttention } from './steps/step.ts';

/**
 * What Rondo itself signs in with, as it is now: while a rotation waits, somebody may add the account again, with any
 * token.
 */
export type SignInNow = 'old' | 'new' | 'another' | 'unknown';

export function signInNow(world: RotationWorld, { token, replacement, retiredAt }: RotationRecord): SignInNow {
  const isOld = world.tokens.isSignIn(token);
  if (isOld === true) return 'old';
  if (replacement !== undefined && world.tokens.isSignIn(replacement) === true) return 'new';
  // What was proved gone answers nobody any more.
  return isOld === false || retiredAt !== undefined ? 'another' : 'unknown';
}

/** There is nothing to deliver. A switch that was begun is proved first. */
export function lacksDestination(world: RotationWorld, record: RotationRecord): boolean {
  const now = signInNow(world, record);
  return now === 'another' || (now === 'new' && record.switched === undefined);
}

/** Rondo signs in with the old token, whatever was delivered before: then that is done again before it is deleted. */
export function withDeliveryAgain(world: RotationWorld, record: RotationRecord): RotationRecord {
  if (record.mode === 'cut-over' || record.retiredAt !== undefined) return record;
  if (signInNow(world, record) !== 'old') return record;
  const { switched, ...others } = record;
  const rest = switched === undefined ? others : { ...others, heldBefore: switched.held };
  const wasPassed = record.steps.some(({ name, state }) => name === 'deliver' && ['done', 'skipped'].includes(state));
  return wasPassed ? withStep(rest, { name: 'deliver', state: 'pending' }) : rest;
}

/** Why the old token must not be deleted now; undefined: it may. */
export function shutOut(world: RotationWorld, record: RotationRecord): PartFailure | undefined {
  try {
    refuseShutOut(world, record, 'retire-old');
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.toPartFailure();
  }
}

/** Deleting the token that Rondo signs in with would shut it out. @throws AppError needs-attention */
export function refuseShutOut(world: RotationWorld, record: RotationRecord, name: StepName): void {
  if (name !== 'deliver' && name !== 'retire-old') return;
  const now = signInNow(world, record);
  if (now === 'unknown') {
    throw needsAttention(
      'It is not known any more which personal token Rondo itself signs in with, and it may be the old one.',
      'Sync first, then resume. If it stays unknown, resume once Rondo was given the value of the old token.',
      'nothing-changed',
    );
  }
  if (now === 'old' && name === 'retire-old') {
    throw needsAttention(
      'Rondo itself signs in with the old token now.',
      record.mode === 'cut-over'
        ? 'Give this rotation up, and rotate the token in overlap.'
        : 'Resume: Rondo signs in with the new token first.',
      'nothing-changed',
    );
  }
}

import type { Rotation, StepName } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { type OldTokenFate, oldTokenFate } from '../../shared/old-token-fate.ts';
import { proofsOf, provesWorking } from '../../shared/proofs-of.ts';
import { isPast } from './standing.ts';

/** `untouched`: nothing was done to it, and whether it works nobody can say. `lost`: it ended by itself, or by somebody else. */
export type OldStanding = OldTokenFate | 'untouched' | 'lost';
export type NewStanding = 'none' | 'unproved' | 'works' | 'lost';

export interface BothTokens {
  readonly old: OldStanding;
  readonly fresh: NewStanding;
}

/** What the inventory has of the two. */
export interface Known {
  readonly old?: Token | undefined;
  readonly fresh?: Token | undefined;
}

/** What may be said of a rotation's two tokens: no more than was proved, and nothing that its failure or the inventory denies. Pure. */
export function bothTokens(rotation: Rotation, known: Known = {}): BothTokens {
  return { old: oldStanding(rotation, known), fresh: newStanding(rotation, known) };
}

function oldStanding(rotation: Rotation, { old }: Known): OldStanding {
  const fate = oldTokenFate(rotation);
  if (fate !== 'there') return fate;
  if (hasEnded(old)) return 'lost';
  // Before the plan is done nobody has looked; and whom CircleCI signs out may be asking with the old one.
  const isSignedOut = rotation.error?.code === 'unauthorized' && !isAt(rotation, 'deliver', 'done');
  return isSignedOut || !isAt(rotation, 'plan', 'done') ? 'untouched' : 'there';
}

function newStanding(rotation: Rotation, { old, fresh }: Known): NewStanding {
  if (rotation.replacement === undefined || isTheSame(old, fresh)) return 'none';
  if (hasEnded(fresh)) return 'lost';
  // Where Rondo signs in with it, whoever is signed out was refused with it.
  const isRefused = rotation.error?.code === 'unauthorized' && isAt(rotation, 'deliver', 'done');
  const isInDoubt = isRefused || isAt(rotation, 'deliver', 'failed');
  return isAt(rotation, 'prove-new', 'done') && !isInDoubt && mayWork(rotation) ? 'works' : 'unproved';
}

/** A new token may be listed only, and its use tell nothing. Without proofs in sight the step is taken at its word. */
function mayWork(rotation: Rotation): boolean {
  const proofs = proofsOf(rotation);
  return proofs.length === 0 || provesWorking(proofs);
}

function isAt({ steps }: Rotation, name: StepName, state: Rotation['steps'][number]['state']): boolean {
  return steps.some((step) => step.name === name && step.state === state);
}

function hasEnded(token: Token | undefined): boolean {
  return token !== undefined && (isPast(token) || token.state === 'expired');
}

/** Only an earlier Rondo took the old one for a new one. */
function isTheSame(old: Token | undefined, fresh: Token | undefined): boolean {
  return old?.remoteId !== undefined && old.remoteId === fresh?.remoteId;
}

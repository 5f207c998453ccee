import type { JobFilter } from '../../../shared/contract/job.ts';
import type { RotationMode } from '../../../shared/contract/rotation.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { madeBefore } from '../../../shared/token-list.ts';
import type { RotatedToken } from '../ports.ts';
import { compareDanger, type Endangered } from './danger.ts';
import type { JobsWorld } from './ports.ts';

export interface Choice {
  readonly ids: readonly string[];
  readonly filter?: JobFilter;
  readonly mode: RotationMode;
}

/** A token that a job is for, as the vault knows it and as it is shown. */
export interface Chosen extends Endangered {
  readonly rotated: RotatedToken;
  readonly token: Token;
  /** Rondo signs in with it; absent: it may, nothing tells. */
  readonly signsIn?: boolean;
  readonly mode: RotationMode;
  /** Its age was asked for, and CircleCI does not tell it. */
  readonly untoldAge: boolean;
}

/**
 * The named tokens, or those that exist and match, in order of danger.
 * @throws AppError invalid-input (neither or both), not-found, ambiguous
 */
export function chooseForJob(world: JobsWorld, { ids, filter, mode }: Choice): Chosen[] {
  const { createdBefore, heldHere, ...listed } = filter ?? {};
  const { olderThanMs } = listed;
  const rotated = world.tokens.choose(ids, filter === undefined ? undefined : listed);
  const limits = [
    ...(createdBefore === undefined ? [] : [Date.parse(createdBefore)]),
    ...(olderThanMs === undefined ? [] : [world.clock.now() - olderThanMs]),
  ];
  return rotated
    .map((token) => chosen(world, token, mode))
    .filter((token) => heldHere === undefined || token.heldHere)
    .map((one) => ({ one, ages: limits.map((limit) => madeBefore(one.token, limit)) }))
    .filter(({ ages }) => !ages.includes(false))
    .map(({ one, ages }) => ({ ...one, untoldAge: ages.includes('perhaps') }))
    .toSorted(compareDanger);
}

function chosen(world: JobsWorld, rotated: RotatedToken, mode: RotationMode): Omit<Chosen, 'untoldAge'> {
  const signsIn = world.tokens.isSignIn(rotated.id);
  return {
    rotated,
    token: world.tokens.show(rotated),
    heldHere:
      rotated.held !== 'none' ||
      rotated.takenAt !== undefined ||
      // Also where the value is gone since: a backup leaves out those that nobody has taken.
      rotated.heldAt !== undefined ||
      // Made here, by a Rondo that did not write down the other.
      rotated.rotatedFrom !== undefined ||
      signsIn === true ||
      world.accounts.signedInEarlier(rotated.id),
    ...(signsIn === undefined ? {} : { signsIn }),
    // Deleted first, nothing could be created any more.
    mode: signsIn === false ? mode : 'overlap',
  };
}

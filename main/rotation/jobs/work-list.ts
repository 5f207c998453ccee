import type { RotationRecord } from '../rotation-record.ts';
import type { JobRecord } from './job-record.ts';

/** One token that a run of a job still has to work on, and where it stands. */
export interface Work {
  readonly token: string;
  readonly mode: 'overlap' | 'cut-over';
  /** Half done; undefined: to be begun. */
  readonly open?: RotationRecord;
}

/**
 * What there is to do, in the job's order: what is half done or waits, and what is not begun. With `again` also what
 * failed or needs attention. Nothing of before a restore from a backup goes on by itself. Pure.
 */
export function workOf(
  job: JobRecord,
  rotations: ReadonlyMap<string, RotationRecord> | undefined,
  again: boolean,
): Work[] {
  const refused = new Set(job.refused.map(({ token }) => token));
  return job.items
    .map(({ token, mode }) => ({ token, mode, rotation: rotations?.get(token) }))
    .filter(({ token, rotation }) => (rotation === undefined ? again || !refused.has(token) : isToDo(rotation, again)))
    .map(({ token, mode, rotation }) => {
      const isOpen = rotation !== undefined && rotation.state !== 'failed';
      return { token, mode, ...(isOpen ? { open: rotation } : {}) };
    });
}

function isToDo({ state, restoredAt }: RotationRecord, again: boolean): boolean {
  if (restoredAt !== undefined || state === 'done' || state === 'abandoned') return false;
  return again || (state !== 'needs-attention' && state !== 'failed');
}

/** One of the list, and where it acts. */
export interface Item {
  readonly work: Work;
  readonly ground: Ground;
}

/** Where a rotation acts: what must not happen at once. */
export interface Ground {
  readonly origin: string;
  /** The route that makes its new token. */
  readonly creates: string;
  readonly account: string;
  /** The list that it reads before and after it creates: nobody else may add to it meanwhile. */
  readonly place: string;
  /** It changes what Rondo signs in with: everything else of the account must be at rest. */
  readonly alone: boolean;
}

/**
 * Two rotations in one place would each see the other's new token: after a lost answer the one could delete what the other
 * has just made. And while the sign-in token is replaced, a request of the account would be sent with a dead one.
 */
export function mayRunBeside(ground: Ground, others: Iterable<Ground>): boolean {
  for (const other of others) {
    if (other.place === ground.place) return false;
    if (other.account === ground.account && (other.alone || ground.alone)) return false;
  }
  return true;
}

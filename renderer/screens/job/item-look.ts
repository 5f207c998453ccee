import type { JobHead, JobItem, JobItemState } from '../../../shared/contract/job.ts';
import type { IconName } from '../../parts/icon.tsx';
import type { TickLook } from '../../parts/ticks.tsx';

export const stateLooks: Readonly<Record<JobItemState, { readonly icon: IconName; readonly look: string }>> = {
  pending: { icon: 'pending', look: 'dim' },
  running: { icon: 'rotate', look: 'live' },
  paused: { icon: 'pause', look: 'live' },
  waiting: { icon: 'waits', look: 'warn' },
  done: { icon: 'done', look: 'ok' },
  'needs-attention': { icon: 'warning', look: 'danger' },
  failed: { icon: 'failed', look: 'danger' },
  abandoned: { icon: 'revoked', look: 'dim' },
  left: { icon: 'pending', look: 'dim' },
};

export const jobLooks: Readonly<Record<JobHead['state'], { readonly icon: IconName; readonly look: string }>> = {
  running: { icon: 'rotate', look: 'live' },
  paused: { icon: 'pause', look: 'live' },
  interrupted: { icon: 'pause', look: 'warn' },
  stopped: { icon: 'stop', look: 'dim' },
  done: { icon: 'done', look: 'ok' },
};

/** One tick is one token. */
export const tickLooks: Readonly<Record<JobItemState, TickLook>> = {
  pending: 'waits',
  running: 'now',
  paused: 'now',
  waiting: 'attention',
  done: 'past',
  'needs-attention': 'failed',
  failed: 'failed',
  abandoned: 'waits',
  left: 'waits',
};

export const filters = ['all', 'need', 'busy', 'done', 'wait'] as const;
export type Filter = (typeof filters)[number];

const states: Readonly<Record<Exclude<Filter, 'all'>, readonly JobItemState[]>> = {
  need: ['needs-attention', 'failed', 'waiting'],
  busy: ['running', 'paused'],
  done: ['done'],
  wait: ['pending', 'left', 'abandoned'],
};

export function fits(filter: Filter, { state }: Pick<JobItem, 'state'>): boolean {
  return filter === 'all' || states[filter].includes(state);
}

export interface NumberedItem extends JobItem {
  /** Its place in the order of danger. */
  readonly number: number;
}

/** What needs a person first, then what is under way, then what comes next, then what is done, the newest first. */
export function byUrgency(left: NumberedItem, right: NumberedItem): number {
  const rank = (item: NumberedItem) => filters.findIndex((filter) => filter !== 'all' && fits(filter, item));
  const order = [1, 2, 4, 3];
  const difference = order.indexOf(rank(left)) - order.indexOf(rank(right));
  if (difference !== 0) return difference;
  return left.state === 'done' ? right.number - left.number : left.number - right.number;
}

/** How long the rest takes at the pace so far; undefined where that tells nothing yet. */
export function msToGo(
  job: {
    readonly startedAt: string;
    readonly counts: Readonly<Record<JobItemState, number>>;
  },
  nowMs: number,
): number | undefined {
  const { done, pending, running } = job.counts;
  const left = pending + running;
  if (done < 3 || left === 0) return undefined;
  return ((nowMs - Date.parse(job.startedAt)) / done) * left;
}

import type { Job, JobHead, JobItem, JobItemState, JobState } from '../../../shared/contract/job.ts';
import { isoInstant } from '../../platform/clock.ts';
import type { VaultReader } from '../../vault/vault.ts';
import { mayRun } from '../may-run.ts';
import type { RotationRecord } from '../rotation-record.ts';
import { allRotations } from '../rotation-store.ts';
import type { JobRecord } from './job-record.ts';
import type { JobsWorld } from './ports.ts';

/** The newest rotation of each token of each job: a retry makes another one. */
export type JobRotations = ReadonlyMap<string, ReadonlyMap<string, RotationRecord>>;

export function rotationsOfJobs(reader: VaultReader): JobRotations {
  const jobs = new Map<string, Map<string, RotationRecord>>();
  for (const record of allRotations(reader)) {
    if (record.job === undefined) continue;
    const own = jobs.get(record.job) ?? new Map<string, RotationRecord>();
    jobs.set(record.job, own);
    const before = own.get(record.token);
    if (before === undefined || isNewer(record, before)) own.set(record.token, record);
  }
  return jobs;
}

/** A token has at most one that is open, and that one was begun last; none is begun after one is done. */
function isNewer(record: RotationRecord, before: RotationRecord): boolean {
  if (before.finishedAt === undefined || before.state === 'done') return false;
  return record.finishedAt === undefined || record.state === 'done' || record.startedAt >= before.startedAt;
}

/** `runs`: somebody works on it at this moment, here or in another process. */
export function jobView(world: JobsWorld, record: JobRecord, all: JobRotations, runs: boolean): Job {
  const own = all.get(record.id) ?? new Map<string, RotationRecord>();
  const refused = new Map(record.refused.map((refusal) => [refusal.token, refusal]));
  const state = record.state === 'running' && !runs ? 'interrupted' : record.state;
  const items = record.items.map((item): JobItem => {
    const rotation = own.get(item.token);
    const refusal = refused.get(item.token);
    if (rotation !== undefined) return { ...item, ...itemOf(world, rotation, { runs, state }) };
    if (refusal !== undefined) return { ...item, state: 'failed', at: refusal.at, error: refusal.error };
    return { ...item, state: state === 'stopped' ? 'left' : 'pending' };
  });
  return { ...headOf(world, record, state, items), items };
}

export function headView({ items: _items, ...head }: Job): JobHead {
  return head;
}

function headOf(world: JobsWorld, record: JobRecord, state: JobState, items: readonly JobItem[]): JobHead {
  const { id, title, mode, startedAt, finishedAt, error } = record;
  const hostPause = state === 'running' ? longestPause(world) : undefined;
  return {
    id,
    title,
    mode,
    state,
    startedAt,
    ...(finishedAt === undefined ? {} : { finishedAt }),
    total: items.length,
    counts: countsOf(items),
    ...(hostPause === undefined ? {} : { hostPause }),
    ...(error === undefined ? {} : { error }),
  };
}

function itemOf(
  world: JobsWorld,
  rotation: RotationRecord,
  job: { readonly runs: boolean; readonly state: JobState },
): Pick<JobItem, 'state' | 'rotation' | 'at' | 'error'> {
  const at = rotation.finishedAt ?? rotation.steps.findLast((step) => step.at !== undefined)?.at;
  const { state, error } = rotation;
  return {
    state: state === 'running' || state === 'planned' ? unendedState(world, job, rotation) : state,
    rotation: rotation.id,
    ...(at === undefined ? {} : { at }),
    ...(error === undefined ? {} : { error }),
  };
}

/**
 * A row that says `running` while nobody runs the job is half done: the job can go on with it. One that is over cannot:
 * then somebody resumed the rotation by itself, or it was cut off and needs a person.
 */
function unendedState(
  world: JobsWorld,
  { runs, state }: { readonly runs: boolean; readonly state: JobState },
  rotation: RotationRecord,
): JobItemState {
  if (runs) return 'running';
  if (state !== 'done' && state !== 'stopped') return 'paused';
  return mayRun(world, rotation) ? 'running' : 'needs-attention';
}

function countsOf(items: readonly JobItem[]): JobHead['counts'] {
  const counts = {
    pending: 0,
    running: 0,
    paused: 0,
    waiting: 0,
    done: 0,
    'needs-attention': 0,
    failed: 0,
    abandoned: 0,
    left: 0,
  };
  for (const { state } of items) counts[state] += 1;
  return counts;
}

function longestPause({ circleci }: JobsWorld): JobHead['hostPause'] {
  const longest = circleci.pauses().toSorted((left, right) => right.untilMs - left.untilMs)[0];
  if (longest === undefined) return undefined;
  return { host: longest.origin, from: isoInstant(longest.fromMs), until: isoInstant(longest.untilMs) };
}

import type { PartFailure } from '../../../shared/contract/sync.ts';
import { AppError } from '../../app-error.ts';
import { isoInstant } from '../../platform/clock.ts';
import { asPart, isUnwritten } from '../in-turn.ts';
import type { RotatedToken } from '../ports.ts';
import { runRotation } from '../rotate.ts';
import type { RotationRecord } from '../rotation-record.ts';
import { beginRotation, planFor } from '../rotations.ts';
import { type JobRecord, jobStore } from './job-record.ts';
import type { JobsWorld } from './ports.ts';
import { type Ground, mayRunBeside, type Work } from './work-list.ts';

/** As many as there are connections to a host: enough to use its limit over a slow line. Its pace decides how fast they are. */
const atOnce = 6;

/** CircleCI said 429 to a create, which is sent once: the pause is waited out by whoever asks next. */
const mostTriesWhenLimited = 5;

/** So many in a row that did not reach CircleCI: the others would not either. */
const mostUnreached = 3;

/**
 * Works through the list, several at a time, until it is empty or somebody wants the job to rest. The caller holds the
 * lock file. A rotation that fails or needs a person does not stop the others.
 */
export async function runJob(world: JobsWorld, id: string, list: readonly Work[]): Promise<void> {
  const rests = () => jobOf(world, id).state !== 'running';
  const jobWorld: JobsWorld = {
    ...world,
    stopping: (record) => world.stopping(record) || (isAtRest(record) && rests()),
  };
  // Once, and before anything is begun: whose place it is does not change while it waits.
  const left = list.map((work) => ({ work, ground: groundOf(world, work) }));
  const busy = new Map<Promise<void>, Ground>();
  let unreached = 0;
  let bug: { readonly error: unknown } | undefined;
  let isStopped = false;

  const workThrough = async (work: Work) => {
    try {
      const code = await workOn(jobWorld, id, work);
      unreached = code === 'network' ? unreached + 1 : 0;
      if (unreached >= mostUnreached) pauseUnreached(world, id);
    } catch (error) {
      isStopped = true;
      if (isUnwritten(error)) pauseUnwritten(world, id, error);
      else if (!(error instanceof AppError && error.code === 'stopped')) bug ??= { error };
    }
  };

  /** The most dangerous that may run beside what runs. */
  const takeNext = () => {
    if (isStopped || busy.size >= atOnce || rests()) return undefined;
    const index = left.findIndex(({ ground }) => mayRunBeside(ground, busy.values()));
    return index === -1 ? undefined : left.splice(index, 1)[0];
  };

  try {
    for (let next = takeNext(); next !== undefined || busy.size > 0; next = takeNext()) {
      if (next === undefined) {
        await Promise.race(busy.keys());
        continue;
      }
      const working = workThrough(next.work).finally(() => busy.delete(working));
      busy.set(working, next.ground);
    }
  } finally {
    // Whatever went wrong, the lock file is not let go of while something runs.
    await Promise.all(busy.keys());
  }
  if (bug !== undefined) throw bug.error;
  if (!isStopped) finish(world, id);
}

/** Between deleting the old token and having the new one nothing works: there nobody rests. */
function isAtRest({ retiredAt, replacement }: RotationRecord): boolean {
  return retiredAt === undefined || replacement !== undefined;
}

/** @returns the code of what went wrong, if anything did. @throws AppError stopped */
async function workOn(world: JobsWorld, id: string, { token, mode, open }: Work): Promise<string | undefined> {
  let record = open;
  for (let tries = 1; ; tries += 1) {
    try {
      record = await goOn(world, id, { token, mode, ...(record === undefined ? {} : { open: record }) });
    } catch (error) {
      if (isUnwritten(error) || !(error instanceof AppError) || error.code === 'stopped') throw error;
      refuse(world, id, token, error);
      return error.code;
    }
    const code = record.error?.code;
    if (code !== 'rate-limited' || tries >= mostTriesWhenLimited) return code;
    if (record.state === 'failed') record = undefined;
  }
}

/** @throws AppError for a token that cannot be rotated at all */
async function goOn(world: JobsWorld, id: string, { token, mode, open }: Work): Promise<RotationRecord> {
  if (open !== undefined) return runRotation(world, open);
  const { retire, keep } = jobOf(world, id);
  const planned = planFor(world, present(world, token), { mode, keep, retire, guided: false });
  return beginRotation(world, { ...planned, job: id });
}

function groundOf(world: JobsWorld, { token }: Work): Ground {
  const rotated = present(world, token);
  const { origin, userId } = world.accounts.get(rotated.account);
  return {
    account: rotated.account,
    place: `${origin} ${rotated.project === undefined ? `personal ${userId}` : `project ${rotated.project}`}`,
    alone: world.tokens.isSignIn(rotated.id) !== false,
  };
}

function present(world: JobsWorld, token: string): RotatedToken {
  const rotated = world.tokens.get(world.session(), token);
  if (rotated === undefined) throw new Error('a token of a job is not in the vault');
  return rotated;
}

function jobOf(world: JobsWorld, id: string): JobRecord {
  const job = jobStore.get(world.session(), id);
  if (job === undefined) throw new Error('a job that runs is not in the vault');
  return job;
}

/** It may have moved on since it was chosen: what is written down about it is what is true at its turn. */
function refuse(world: JobsWorld, id: string, token: string, { code, message, hint }: AppError): void {
  const error: PartFailure = { code, message, ...(hint === undefined ? {} : { hint }) };
  world.session().write((transaction) => {
    const job = jobOf(world, id);
    const others = job.refused.filter((refusal) => refusal.token !== token);
    const refused = [...others, { token, at: isoInstant(world.clock.now()), error }];
    jobStore.put(transaction, { ...job, refused }, 'none');
    transaction.appendLog(
      world.witness({ action: 'rotation.failed', subject: token, outcome: 'failed', detail: code }),
    );
  });
}

function pauseUnreached(world: JobsWorld, id: string): void {
  pause(world, id, {
    code: 'network',
    message: 'CircleCI was not reached several times in a row, so the job paused. Nothing is lost.',
    hint: 'Go on with it when the network is back.',
  });
}

/** Nothing can be written down, so nothing more is begun. Perhaps not even this: then the job is one that was cut off. */
function pauseUnwritten(world: JobsWorld, id: string, { code, message, hint }: AppError): void {
  const error = { code, message: `${asPart(message)} The job paused; what it did before that is written down.` };
  try {
    pause(world, id, { ...error, hint: `${hint ?? ''} Then go on with it.`.trimStart() });
  } catch (unwritten) {
    if (!isUnwritten(unwritten)) throw unwritten;
  }
}

function pause(world: JobsWorld, id: string, error: PartFailure): void {
  world.session().write((transaction) => {
    const job = jobOf(world, id);
    if (job.state !== 'running') return;
    jobStore.put(transaction, { ...job, state: 'paused', error }, 'none');
    const act = { action: 'job.paused', subject: id, outcome: 'failed', detail: error.code } as const;
    transaction.appendLog(world.witness(act));
  });
}

function finish(world: JobsWorld, id: string): void {
  world.session().write((transaction) => {
    const job = jobOf(world, id);
    if (job.state !== 'running') return;
    jobStore.put(transaction, { ...job, state: 'done', finishedAt: isoInstant(world.clock.now()) }, 'none');
    transaction.appendLog(world.witness({ action: 'job.done', subject: id }));
  });
}

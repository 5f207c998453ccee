import type { ErrorCode } from '../../../shared/contract/error-codes.ts';
import { AppError } from '../../app-error.ts';
import { isoInstant } from '../../platform/clock.ts';
import { isUnwritten } from '../in-turn.ts';
import type { RotationRecord } from '../rotation-record.ts';
import { stopped } from '../steps/step.ts';
import { isStranded } from '../uncreatable.ts';
import { createDeletions } from './deletions.ts';
import type { JobRecord } from './job-record.ts';
import { pauseStranded, pauseUnanswered, pauseUnwritten } from './pausing.ts';
import type { JobsWorld } from './ports.ts';
import { type Ground, type Item, mayRunBeside, type Work } from './work-list.ts';
import { present, workOn } from './work-on.ts';
import { jobOf, writeJob } from './write-job.ts';

/** As many as there are connections to a host: enough to use its limit over a slow line. Its pace decides how fast they are. */
const atOnce = 6;

/** So many in a row that CircleCI did not answer, or only with 429: it would not answer the others either. */
const mostUnanswered = 3;

/**
 * Works through the list, several at a time, until it is empty or somebody wants the job to rest. The caller holds the
 * lock file. A rotation that fails or needs a person does not stop the others.
 */
export async function runJob(world: JobsWorld, id: string, list: readonly Work[]): Promise<void> {
  const rests = () => jobOf(world, id).state !== 'running';
  const jobWorld: JobsWorld = {
    ...world,
    stopping: (record) => world.stopping(record) || ((record === undefined || isAtRest(record)) && rests()),
    async mayDelete(rotation) {
      await deletions.untilNoneIsHeld(rotation.token);
      if (isStopped || rests()) throw stopped();
    },
  };
  // Once, and before anything is begun: whose place it is does not change while it waits.
  const left = list.map((work) => ({ work, ground: groundOf(world, work) }));
  const busy = new Map<Promise<void>, Item>();
  const deletions = createDeletions();
  let unanswered = 0;
  let bug: { readonly error: unknown } | undefined;
  let isStopped = false;

  const workThrough = async (item: Item) => {
    try {
      const { code, record } = await workOn(jobWorld, id, item, () => deletions.hold(item));
      if (record !== undefined && isStranded(record)) pauseStranded(world, id, record);
      deletions.ended(item, record);
      const reason = unansweredCode(code);
      unanswered = reason === undefined ? 0 : unanswered + 1;
      if (reason !== undefined && unanswered >= mostUnanswered) pauseUnanswered(world, id, reason);
    } catch (error) {
      isStopped = true;
      deletions.ended(item, undefined);
      if (isUnwritten(error)) pauseUnwritten(world, id, error);
      else if (!(error instanceof AppError && error.code === 'stopped')) bug ??= { error };
    }
  };

  /** The most dangerous that may run beside what runs. */
  const takeNext = () => {
    if (isStopped || busy.size >= atOnce || rests()) return undefined;
    const grounds = [...busy.values()].map(({ ground }) => ground);
    const index = left.findIndex(
      (item) => mayRunBeside(item.ground, grounds) && deletions.mayBegin(item, busy.values()),
    );
    return index === -1 ? undefined : left.splice(index, 1)[0];
  };

  try {
    for (let next = takeNext(); next !== undefined || busy.size > 0; next = takeNext()) {
      if (next === undefined) {
        await Promise.race(busy.keys());
        continue;
      }
      const working = workThrough(next).finally(() => busy.delete(working));
      busy.set(working, next);
    }
  } finally {
    // Whatever went wrong, the lock file is not let go of while something runs.
    await Promise.all(busy.keys());
  }
  if (bug !== undefined) throw bug.error;
  if (!isStopped && !rests()) finish(world, id);
}

/** Between deleting the old token and having the new one nothing works: there nobody rests. */
function isAtRest({ retiredAt, replacement }: RotationRecord): boolean {
  return retiredAt === undefined || replacement !== undefined;
}

function unansweredCode(code: ErrorCode | undefined): 'network' | 'rate-limited' | undefined {
  return code === 'network' || code === 'rate-limited' ? code : undefined;
}

function groundOf(world: JobsWorld, { token }: Work): Ground {
  const rotated = present(world, token);
  const { origin, userId } = world.accounts.get(rotated.account);
  return {
    origin,
    creates: `${origin} ${rotated.kind}`,
    account: rotated.account,
    place: `${origin} ${rotated.project === undefined ? `personal ${userId}` : `project ${rotated.project}`}`,
    alone: world.tokens.isSignIn(rotated.id) !== false,
  };
}

function finish(world: JobsWorld, id: string): void {
  writeJob(world, 'done', () => {
    const job = jobOf(world, id);
    if (job.state !== 'running') return undefined;
    const record: JobRecord = { ...job, state: 'done', finishedAt: isoInstant(world.clock.now()) };
    return { record, act: { action: 'job.done', subject: id } };
  });
}

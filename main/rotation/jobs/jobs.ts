import type { Job, JobHead } from '../../../shared/contract/job.ts';
import type { Id } from '../../../shared/ids.ts';
import { untoldAgeText } from '../../../shared/untold-age.ts';
import { AppError } from '../../app-error.ts';
import { isoInstant } from '../../platform/clock.ts';
import type { Act } from '../../vault/witness.ts';
import { stopped } from '../steps/step.ts';
import { type Choice, type Chosen, chooseForJob } from './choose.ts';
import { dangersOf } from './danger.ts';
import { type JobRecord, jobStore } from './job-record.ts';
import { headView, jobView, rotationsOfJobs } from './job-view.ts';
import type { JobsWorld } from './ports.ts';
import { consequences } from './preview.ts';
import { runJob } from './run-job.ts';
import { workOf } from './work-list.ts';
import { jobOf, writeJob } from './write-job.ts';

export interface JobOrder extends Choice {
  readonly title?: string;
  readonly retire: 'now' | 'taken';
  readonly keep: boolean;
  readonly confirm?: string;
}

/** The jobs of one core: what is written down of them, and those that run here. */
export interface Jobs {
  /** @throws AppError confirmation-required, invalid-input, not-found, ambiguous, vault-busy */
  start(order: JobOrder): Promise<Job>;
  /**
   * Goes on; `again` also with what failed or needs attention. Waits for what still ends here and for `idle` first; where
   * somebody went on with it or asked it to rest meanwhile, that came later: it is answered as it stands.
   * @throws AppError not-found, ambiguous, vault-busy, stopped
   */
  resume(prefix: string, again: boolean, idle: () => Promise<void>): Promise<Job>;
  /** Begins nothing more. @throws AppError not-found, ambiguous */
  rest(prefix: string, state: 'paused' | 'stopped'): Job;
  /** When it no longer runs here. */
  wait(prefix: string): Promise<Job>;
  show(prefix: string): Job;
  /** The newest first. */
  list(): JobHead[];
  /** Those that another process works on. */
  elsewhere(): Id[];
  /** Those that are new since they were last asked for. */
  news(): Job[];
}

export function createJobs(world: JobsWorld): Jobs {
  const running = new Map<string, Promise<void>>();
  const told = new Map<string, string>();
  /** How often each was asked to rest here: also where it rested already, whoever waits to go on with it is too late. */
  const askedToRest = new Map<string, number>();
  const now = () => isoInstant(world.clock.now());

  /**
   * Where it says `running` and does not run here, another process holds the lock file if that is true. This one may hold it
   * for a rotation by itself, and the other one for something else, where the process that ran the job is over.
   */
  const runs = ({ id, state, runner }: JobRecord) => {
    if (running.has(id)) return true;
    if (state !== 'running' || running.size > 0) return false;
    const isOver = runner !== undefined && world.processes.isOver(runner);
    return !isOver && world.session().isHeldElsewhere();
  };

  const view = (record: JobRecord) => jobView(world, record, rotationsOfJobs(world.session()), runs(record));
  const resolve = (prefix: string) => jobStore.resolve(world.session(), prefix);

  /**
   * Answers once the job is begun and written down. A failure before that is the answer; one of later is nobody's but the
   * log's, and what is written down tells how far it came.
   */
  async function begin(id: string, again: boolean, write: () => void): Promise<Job> {
    const session = world.session();
    const begun = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    const run = session
      .exclusively(async () => {
        write();
        running.set(id, over.promise);
        // It may be over before news are asked for again, and is news all the same.
        if (!told.has(id)) told.set(id, '');
        begun.resolve();
        await runJob(world, id, workOf(resolve(id), rotationsOfJobs(session).get(id), again));
      })
      .finally(() => {
        // Another run of the same job may hold the lock file: then this one was refused.
        if (running.get(id) === over.promise) running.delete(id);
        over.resolve();
        world.jobsChanged();
      });
    await Promise.race([begun.promise, run]);
    world.inBackground(() => run);
    return view(resolve(id));
  }

  return {
    async start({ title, retire, keep, confirm, ...choice }) {
      const chosen = chooseForJob(world, choice);
      if (chosen.length === 0) throw nothingChosen();
      if (choice.mode === 'cut-over' && confirm !== 'ROTATE') throw unconfirmed(world, chosen);
      const id = world.session().newId();
      return begin(id, false, () => {
        const record: JobRecord = {
          id,
          title: title ?? `${chosen.length} ${chosen.length === 1 ? 'token' : 'tokens'}`,
          mode: choice.mode,
          retire,
          keep,
          state: 'running',
          runner: world.processes.own,
          startedAt: now(),
          items: chosen.map((one) => ({ token: one.token.id, mode: one.mode, dangers: dangersOf(one) })),
          refused: [],
        };
        const act: Act = { action: 'job.started', subject: id, detail: `${chosen.length} tokens, ${choice.mode}` };
        writeJob(world, 'started', () => ({ record, act }));
      });
    },
    async resume(prefix, again, idle) {
      const pressed = resolve(prefix);
      const { id } = pressed;
      const rests = askedToRest.get(id);
      if (pressed.state === 'running' && running.has(id)) return view(pressed);
      // What was asked to rest a moment ago may still be ending its steps.
      await running.get(id);
      await idle();
      if (world.stopping()) throw stopped();
      const isAsPressed = ({ state }: JobRecord) => state === pressed.state && askedToRest.get(id) === rests;
      if (running.has(id) || !isAsPressed(resolve(id))) return view(resolve(id));
      const resumed = again ? 'retried' : 'resumed';
      return begin(id, again, () =>
        writeJob(world, resumed, () => {
          const { finishedAt: _ended, error: _why, ...before } = jobOf(world, id);
          // Another process may have stopped it this very moment: then the run finds nothing to begin.
          if (!isAsPressed(before)) return undefined;
          const refused = again ? [] : before.refused;
          const record: JobRecord = { ...before, refused, state: 'running', runner: world.processes.own };
          return { record, act: { action: `job.${resumed}`, subject: id } };
        }),
      );
    },
    rest(prefix, state) {
      const record = resolve(prefix);
      const { id } = record;
      askedToRest.set(id, (askedToRest.get(id) ?? 0) + 1);
      const mayRest = ({ state: is }: JobRecord) => is === 'running' || (is === 'paused' && state === 'stopped');
      if (!mayRest(record)) return view(record);
      writeJob(world, state, () => {
        const before = jobOf(world, id);
        if (!mayRest(before)) return undefined;
        const ended = state === 'stopped' ? { finishedAt: now() } : {};
        return { record: { ...before, state, ...ended }, act: { action: `job.${state}`, subject: id } };
      });
      return view(resolve(id));
    },
    async wait(prefix) {
      const { id } = resolve(prefix);
      await running.get(id);
      return view(resolve(id));
    },
    show: (prefix) => view(resolve(prefix)),
    list() {
      const rotations = rotationsOfJobs(world.session());
      return jobStore
        .list(world.session())
        .map((record) => headView(jobView(world, record, rotations, runs(record))))
        .toSorted((left, right) => (left.startedAt < right.startedAt ? 1 : -1));
    },
    elsewhere: () =>
      jobStore
        .list(world.session())
        .filter((record) => !running.has(record.id) && runs(record))
        .map(({ id }) => id),
    news() {
      const rotations = rotationsOfJobs(world.session());
      return jobStore.list(world.session()).flatMap((record) => {
        const job = jobView(world, record, rotations, runs(record));
        const text = JSON.stringify(job);
        const before = told.get(job.id);
        told.set(job.id, text);
        // One that was over before anybody listened is no news.
        const isOld = before === undefined && (job.state === 'done' || job.state === 'stopped');
        return before === text || isOld ? [] : [job];
      });
    },
  };
}

function nothingChosen(): AppError {
  return new AppError('not-found', 'No token that exists on CircleCI matches.', {
    effect: 'nothing-changed',
    hint: 'Sync first, or choose by something else.',
  });
}

function unconfirmed(world: JobsWorld, chosen: readonly Chosen[]): AppError {
  const cut = chosen.filter(({ mode }) => mode === 'cut-over').length;
  const untold = chosen.filter(({ untoldAge }) => untoldAge).length;
  const age = untold === 0 ? [] : [untoldAgeText(untold, `${untold} ${untold === 1 ? 'token' : 'tokens'}`)];
  return new AppError(
    'confirmation-required',
    `This deletes ${cut} ${cut === 1 ? 'token' : 'tokens'} before the new ones are there, and whatever uses them stops working until it has the new value.`,
    {
      effect: 'nothing-changed',
      hint: 'Type ROTATE to confirm.',
      details: { consequences: [...chosen.map((one) => consequences(world, one)), ...age] },
    },
  );
}

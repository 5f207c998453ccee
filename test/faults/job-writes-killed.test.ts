import { expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import type { JobHead } from '../../shared/contract/job.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { type JobAct, jobProcess } from '../support/job-process.ts';
import { longTests } from '../support/seeded.ts';

/**
 * A real process is killed with SIGKILL before and after each write of a job's own record: at its start, when a token is
 * refused, when it pauses by itself, when a person has it rest, when it goes on or tries again, and at its end. The points
 * come from runs of the code. Whatever is written by then, going on ends the job, and every token of it has exactly one
 * successor.
 */
const place = 'gh/tidewater/web';
const refusing = 'error=400@POST /api/v1.1/project';

/** How the job ran, and what its process is asked next, where that is what is killed. */
interface Scene {
  readonly faults?: readonly string[];
  /** A job that runs before, undisturbed. */
  readonly before?: JobAct['rest'] | 'to its end';
  readonly act: (ids: readonly string[]) => JobAct;
  /** In a usual run it is killed only where the scenes before it were not. */
  readonly own: string;
  /** What it is to be right after the kill at each of its points. */
  readonly states: Readonly<Record<string, JobHead['state'] | undefined>>;
}

const overlap = (ids: readonly string[]): JobAct => ({ start: { ids, mode: 'overlap' } });

const scenes: [string, Scene][] = [
  [
    'one that refuses a token',
    {
      act: overlap,
      own: 'job ',
      states: {
        'job started before': undefined,
        'job started after': 'interrupted',
        'job refused before': 'interrupted',
        'job refused after': 'interrupted',
        'job done before': 'interrupted',
        'job done after': 'done',
      },
    },
  ],
  [
    'one that pauses by itself',
    {
      faults: [refusing],
      act: (ids) => ({ start: { ids, mode: 'cut-over' } }),
      own: 'job paused',
      states: {
        'job started before': undefined,
        'job started after': 'interrupted',
        'job paused by itself before': 'interrupted',
        'job paused by itself after': 'paused',
      },
    },
  ],
  [
    'one that is paused',
    {
      act: (ids) => ({ ...overlap(ids), rest: 'pause' }),
      own: 'job paused',
      states: {
        'job started before': undefined,
        'job started after': 'interrupted',
        'job paused before': 'interrupted',
        'job paused after': 'paused',
      },
    },
  ],
  [
    'one that is stopped',
    {
      act: (ids) => ({ ...overlap(ids), rest: 'stop' }),
      own: 'job stopped',
      states: {
        'job started before': undefined,
        'job started after': 'interrupted',
        'job stopped before': 'interrupted',
        'job stopped after': 'stopped',
      },
    },
  ],
  [
    'one that goes on',
    {
      before: 'pause',
      act: () => ({ goOn: 'resume' }),
      own: 'job resumed',
      states: {
        'job resumed before': 'paused',
        'job resumed after': 'interrupted',
        'job refused before': 'interrupted',
        'job refused after': 'interrupted',
        'job done before': 'interrupted',
        'job done after': 'done',
      },
    },
  ],
  [
    'one that tries again',
    {
      before: 'to its end',
      act: () => ({ goOn: 'retry' }),
      own: 'job retried',
      states: {
        'job retried before': 'done',
        'job retried after': 'interrupted',
        'job refused before': 'interrupted',
        'job refused after': 'interrupted',
        'job done before': 'interrupted',
        'job done after': 'done',
      },
    },
  ],
];

/** One token whose rotation waits already, so that the job refuses it, and two that it rotates. */
async function tokens(connected: ConnectedCore, refused: string) {
  const active = (await connected.tokens()).filter(
    ({ id, project, state, scope, rotatedFrom }) =>
      project === place && state === 'active' && scope !== 'status' && id !== refused && rotatedFrom !== refused,
  );
  const replaced = active.slice(0, 2);
  expect(replaced).toHaveLength(2);
  return { replaced, ids: [refused, ...replaced.map(({ id }) => id)] };
}

const newest = async ({ client }: ConnectedCore) => expectOk(await client('job.list', {})).jobs[0];

test.each(scenes)('%s', { timeout: 900_000 }, async (_name, { faults = [], before, act, own, states }) => {
  // A process's clock is the real one, so the sandbox's must be too.
  await using connected = await connectedCore({ clock: systemClock });
  const { vaultDir } = connected;
  const waiting = await connected.pick({ label: 'danger', project: place, state: 'active' });
  expect(await connected.rotate(waiting, { retire: 'taken' })).toMatchObject({ state: 'waiting' });

  async function prepared() {
    const chosen = await tokens(connected, waiting.id);
    const earlier = before === undefined ? undefined : await newest(connected);
    if (before !== undefined) {
      const rest = before === 'to its end' ? {} : { rest: before };
      await jobProcess(vaultDir, { ...overlap(chosen.ids), ...rest });
    }
    return { ...chosen, earlier };
  }

  async function ended(ids: readonly string[]): Promise<void> {
    await connected.faults({ clear: true });
    const { job } = await jobProcess(vaultDir, { goOn: 'retry' });
    expect(job).toMatchObject({ state: 'done', total: ids.length, counts: { done: ids.length - 1, failed: 1 } });
    expect(job?.items.find(({ token }) => token === waiting.id)?.error?.code).toBe('rotation-open');
  }

  const first = await prepared();
  await connected.faults({ add: faults });
  const { points } = await jobProcess(vaultDir, act(first.ids));
  const written = [...new Set(points.filter((point) => point.startsWith('job ')))];
  expect(new Set(written), 'every write of the job, and nothing else').toEqual(new Set(Object.keys(states)));
  await ended(first.ids);

  for (const point of written) {
    if (!longTests && !point.startsWith(own)) continue;
    const jobs = expectOk(await connected.client('job.list', {})).jobs.length;
    const alive = new Set(connected.alive().keys());
    const { replaced, ids } = await prepared();
    await connected.faults({ add: faults });
    const killed = await jobProcess(vaultDir, act(ids), point);
    expect(killed.job, `killed at ${point}`).toBeUndefined();
    expect(killed.points.at(-1)).toBe(point);

    const now = expectOk(await connected.client('job.list', {})).jobs;
    const state = states[point];
    expect(now, point).toHaveLength(state === undefined ? jobs : jobs + 1);
    if (state !== undefined) expect(now[0]?.state, point).toBe(state);
    // Before its first line there is nothing to go on with.
    if (state === undefined) await jobProcess(vaultDir, act(ids));
    await ended(ids);
    for (const old of replaced) {
      const others = replaced.filter(({ id }) => id !== old.id).flatMap(({ remoteId = '' }) => remoteId);
      const fresh = await Promise.all(
        others.map(async (remoteId) => {
          const { rotatedTo = '' } = await connected.pick({ remoteId });
          return (await connected.pick({ id: rotatedTo })).remoteId ?? '';
        }),
      );
      const beforeThis = new Set([...alive, ...fresh].filter((id) => !others.includes(id)));
      await expectReplaced(connected, old, beforeThis);
    }
  }
  expect(expectOk(await connected.client('audit.verify', {})).ok).toBe(true);
});

import { describe, expect, test } from 'vitest';
import type { Job } from '../../../../shared/contract/job.ts';
import { type ConnectedCore, connectedCore } from '../../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../../support/core-pieces.ts';
import { waitFor } from '../../../support/job-run.ts';

/** A job over every project token that does something at the first point of this name. */
async function jobThat(
  point: string,
  act: (connected: ConnectedCore, id: string) => Promise<unknown>,
  mode: 'overlap' | 'cut-over' = 'overlap',
): Promise<{ connected: ConnectedCore; job: Job; before: ReadonlySet<string>; acted: readonly unknown[] }> {
  const acts: Promise<unknown>[] = [];
  let id: string | undefined;
  const connected: ConnectedCore = await connectedCore({
    observe: (reached) => {
      if (reached === point && id !== undefined && acts.length === 0) acts.push(act(connected, id));
    },
  });
  const before = new Set(connected.alive().keys());
  const started = await connected.client('job.start', {
    ids: [],
    filter: { kind: 'project', state: 'active' },
    mode,
    confirm: 'ROTATE',
  });
  const { job } = expectOk(started);
  id = job.id;
  await waitFor(connected, job).catch(() => {});
  return { connected, job, before, acted: await Promise.all(acts) };
}

const show = async ({ client }: Pick<ConnectedCore, 'client'>, { id }: Job) =>
  expectOk(await client('job.show', { id })).job;

describe.each(['paused', 'stopped'] as const)('a job that is %s', (state) => {
  const channel = state === 'paused' ? 'job.pause' : 'job.stop';

  test('ends the steps that run, begins nothing more, and goes on when it is resumed', async () => {
    const { connected, job, before } = await jobThat('request project.delete before', ({ client }, id) =>
      client(channel, { id }),
    );
    await using held = connected;
    const rested = await show(held, job);
    expect(rested.state).toBe(state);
    expect(rested.counts.running).toBe(0);
    expect(rested.counts[state === 'paused' ? 'pending' : 'left']).toBeGreaterThan(0);
    const asked = held.between.asked.length;
    const resumed = await waitFor(held, expectOk(await held.client('job.resume', { id: job.id })).job);
    expect(held.between.asked.length).toBeGreaterThan(asked);
    expect(resumed).toMatchObject({ state: 'done', counts: { done: job.total } });
    expect(held.alive().size).toBe(before.size);
  });
});

describe('a job that rests', () => {
  test('in cut-over leaves no token deleted without its successor', async () => {
    const { connected, job, before } = await jobThat(
      'request project.delete after',
      ({ client }, id) => client('job.pause', { id }),
      'cut-over',
    );
    await using held = connected;
    const rested = await show(held, job);
    expect(rested.state).toBe('paused');
    expect(held.alive().size, 'as many as before').toBe(before.size);
    expect(rested.counts.pending).toBeGreaterThan(0);
  });

  test('by locking is interrupted, is still there after unlocking, and goes on', async () => {
    const { connected, job, before } = await jobThat('request project.create before', ({ client }) =>
      client('vault.lock', {}),
    );
    await using held = connected;
    expect(expectFailure(await held.client('job.list', {})).code).toBe('locked');
    await held.unlock();
    const [head] = expectOk(await held.client('job.list', {})).jobs;
    expect(head).toMatchObject({ id: job.id, state: 'interrupted', counts: { running: 0 } });
    const { report } = expectOk(await held.client('job.report', { id: job.id }));
    const states = report.items.map(({ rotation }) => rotation?.state);
    expect(states, 'cut off').toContain('needs-attention');
    expect(states, 'nobody works on it').not.toContain('running');
    const ended = await waitFor(held, expectOk(await held.client('job.resume', { id: job.id })).job);
    expect(ended).toMatchObject({ state: 'done', counts: { done: job.total } });
    expect(held.alive().size).toBe(before.size);
  });

  test('may be stopped for good, and what is over is left as it is', async () => {
    const { connected, job } = await jobThat('request project.delete before', ({ client }, id) =>
      client('job.pause', { id }),
    );
    await using held = connected;
    const stopped = expectOk(await held.client('job.stop', { id: job.id })).job;
    expect(stopped).toMatchObject({ state: 'stopped', finishedAt: expect.any(String) });
    expect(expectOk(await held.client('job.pause', { id: job.id })).job.state).toBe('stopped');

    const { report, markdown } = expectOk(await held.client('job.report', { id: job.id }));
    const [, needsSomebody] = markdown.split(/^## /m);
    const left = report.items.filter(({ state }) => state === 'left');
    expect(left.length).toBeGreaterThan(0);
    for (const { number, token } of left) {
      expect(needsSomebody).toContain(`No. ${number}, ${token.label}`);
    }
  });

  test('is asked to by another process over the same vault', async () => {
    const { connected, job } = await jobThat('request project.create before', async (first, id) => {
      const stopped = Promise.withResolvers<void>();
      // Else the job may be done before the other process has the vault open.
      first.between.twist = async (_asked, ask) => {
        await stopped.promise;
        return ask();
      };
      await using second = await first.another({ observe: () => {} });
      expect(await show(second, { ...({} as Job), id })).toMatchObject({ state: 'running' });
      expectOk(await second.client('job.stop', { id }));
      stopped.resolve();
    });
    await using held = connected;
    expect(await show(held, job)).toMatchObject({ state: 'stopped' });
  });

  test('pauses by itself where CircleCI is not reached any more', async () => {
    await using connected = await connectedCore();
    const { client, between } = connected;
    const { total } = expectOk(
      await client('job.preview', { ids: [], filter: { kind: 'project', state: 'active' } }),
    ).items.reduce(({ total }) => ({ total: total + 1 }), { total: 0 });
    between.twist = () => undefined;
    const { job } = expectOk(await client('job.start', { ids: [], filter: { kind: 'project', state: 'active' } }));
    const paused = await waitFor(connected, job);
    expect(paused).toMatchObject({ state: 'paused', error: { code: 'network' } });
    expect(paused.counts.pending).toBeGreaterThan(0);
    between.twist = undefined;
    const retried = await waitFor(connected, expectOk(await client('job.retry', { id: job.id })).job);
    expect(retried).toMatchObject({ state: 'done', counts: { done: total } });
    expect(retried).not.toHaveProperty('error');
  });
});

test('a job that was cut off is not said to run while another rotation of this process does', async () => {
  const seen: Promise<string>[] = [];
  let cutOff: string | undefined;
  const connected: ConnectedCore = await connectedCore({
    observe: (reached) => {
      if (reached !== 'request project.create before' || cutOff === undefined) return;
      const shown = connected.client('job.show', { id: cutOff });
      seen.push(shown.then((answer) => expectOk(answer).job.state));
    },
  });
  await using held = connected;
  const [first, second, other] = (await held.tokens()).filter(
    ({ kind, state }) => kind === 'project' && state === 'active',
  );
  const ids = [first?.id ?? '', second?.id ?? ''];
  const { job } = expectOk(await held.client('job.start', { ids }));
  expectOk(await held.client('vault.lock', {}));
  await held.unlock();
  cutOff = job.id;
  expect((await held.rotate({ id: other?.id ?? '' })).state).toBe('done');
  expect(await Promise.all(seen)).toEqual(['interrupted']);
});

test.each([
  ['is over: interrupted', true, 'interrupted'],
  ['may still run: running', false, 'running'],
] as const)('a job, while another process rotates, whose own process %s', async (_what, isOver, state) => {
  const processes = { own: 'first', isOver: (name: string) => isOver && name === 'first' };
  await using connected = await connectedCore({ processes });
  const [first, second, other] = (await connected.tokens()).filter(
    ({ kind, state: stands }) => kind === 'project' && stands === 'active',
  );
  const { job } = expectOk(await connected.client('job.start', { ids: [first?.id ?? '', second?.id ?? ''] }));
  expectOk(await connected.client('vault.lock', {}));
  await connected.unlock();
  const seen: Promise<string>[] = [];
  await using elsewhere = await connected.another({
    processes: { own: 'second', isOver: () => false },
    observe(reached) {
      if (reached !== 'request project.create before') return;
      seen.push(show(connected, job).then((shown) => shown.state));
    },
  });
  const order = { ids: [other?.id ?? ''], keep: false, dryRun: false };
  expect(expectOk(await elsewhere.client('rotation.start', order)).rotations).toMatchObject([{ state: 'done' }]);
  expect(await Promise.all(seen)).toEqual([state]);
});

import { describe, expect, test } from 'vitest';
import type { Job } from '../../../../shared/contract/job.ts';
import { type ConnectedCore, connectedCore } from '../../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../../support/core-pieces.ts';
import { waitFor } from '../../../support/job-run.ts';
import { steppedClock } from '../../../support/stepped-clock.ts';

/** A job over every project token whose first deletion is not answered until `answer`. */
async function heldJob(connected: ConnectedCore) {
  const deleting = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  connected.between.twist = async ({ method }, ask) => {
    if (method !== 'DELETE') return ask();
    deleting.resolve();
    await answered.promise;
    return ask();
  };
  const filter = { kind: 'project', state: 'active' } as const;
  const { job } = expectOk(await connected.client('job.start', { ids: [], filter }));
  await deleting.promise;
  return { job, answer: answered.resolve };
}

const press = async ({ client }: ConnectedCore, act: 'pause' | 'resume' | 'retry' | 'stop', { id }: Job) =>
  expectOk(await client(`job.${act}`, { id })).job;

const show = async ({ client }: ConnectedCore, { id }: Job) => expectOk(await client('job.show', { id })).job;

/** Also once whatever goes on with it has ended. */
async function expectRests(connected: ConnectedCore, job: Job, state: 'paused' | 'stopped'): Promise<void> {
  const rested = await waitFor(connected, job);
  expect(rested.state).toBe(state);
  expect(rested.counts[state === 'stopped' ? 'left' : 'pending']).toBeGreaterThan(0);
}

describe('what is said while a job that is to go on still ends its steps comes later', () => {
  test.each([
    ['stopped', ['pause', 'resume', 'stop'], 'stopped'],
    ['stopped, after going on was pressed twice', ['pause', 'resume', 'resume', 'stop'], 'stopped'],
    ['stopped, after trying again was pressed', ['pause', 'retry', 'stop'], 'stopped'],
    ['paused once more', ['pause', 'resume', 'pause'], 'paused'],
    ['stopped once more', ['stop', 'resume', 'stop'], 'stopped'],
    ['stopped, going on pressed while it ran', ['resume', 'stop'], 'stopped'],
    ['paused, trying again pressed while it ran', ['retry', 'pause'], 'paused'],
  ] as const)('%s', async (_what, acts, state) => {
    await using connected = await connectedCore();
    const { job, answer } = await heldJob(connected);
    const pressed = acts.map((act) => press(connected, act, job));
    answer();
    const answers = await Promise.all(pressed);
    expect(answers.at(-1)?.state).toBe(state);
    await expectRests(connected, job, state);
  });

  test('stopped by another process', async () => {
    await using connected = await connectedCore();
    await using second = await connected.another({ observe: () => {} });
    const { job, answer } = await heldJob(connected);
    await press(connected, 'pause', job);
    const resumed = press(connected, 'resume', job);
    expectOk(await second.client('job.stop', { id: job.id }));
    answer();
    expect((await resumed).state).toBe('stopped');
    await expectRests(connected, job, 'stopped');
  });

  test('stopped by another process at the very moment when it goes on', async () => {
    const stops: (() => Promise<unknown>)[] = [];
    const stopped: Promise<unknown>[] = [];
    await using connected = await connectedCore({
      observe: (reached) => {
        if (reached === 'job resumed before') stopped.push(...stops.map((stop) => stop()));
      },
    });
    await using second = await connected.another({ observe: () => {} });
    const { job, answer } = await heldJob(connected);
    await press(connected, 'pause', job);
    stops.push(() => second.client('job.stop', { id: job.id }));
    const resumed = press(connected, 'resume', job);
    answer();
    await resumed;
    expect(stopped).toHaveLength(1);
    await expectRests(connected, job, 'stopped');
  });

  test('locked: it rests as it was asked to', async () => {
    await using connected = await connectedCore();
    const { job, answer } = await heldJob(connected);
    await press(connected, 'pause', job);
    const resumed = connected.client('job.resume', { id: job.id });
    const locked = connected.client('vault.lock', {});
    answer();
    expect(expectFailure(await resumed).code).toBe('stopped');
    expectOk(await locked);
    await connected.unlock();
    expect((await show(connected, job)).state).toBe('paused');
  });
});

test('going on, pressed twice, goes on once', async () => {
  await using connected = await connectedCore();
  const before = connected.alive().size;
  const { job, answer } = await heldJob(connected);
  await press(connected, 'pause', job);
  const pressed = [press(connected, 'resume', job), press(connected, 'retry', job)];
  answer();
  expect((await Promise.all(pressed)).map(({ state }) => state)).toEqual(['running', 'running']);
  expect(await waitFor(connected, job)).toMatchObject({ state: 'done', counts: { done: job.total } });
  expect(connected.alive().size).toBe(before);
});

test('a job that is to go on waits for a rotation that goes on by itself, and is stopped meanwhile', async () => {
  const clock = steppedClock(60_000);
  await using connected = await connectedCore({ clock });
  const { job, answer } = await heldJob(connected);
  await press(connected, 'pause', job);
  answer();
  await waitFor(connected, job);
  const due = await connected.rotate(await connected.pick({ label: 'circleci-cli' }), { retire: 'taken' });
  const fresh = { id: due.replacement ?? '' };
  expectOk(await connected.client('token.take', fresh));
  expectOk(await connected.client('token.taken', fresh));
  const looking = Promise.withResolvers<void>();
  const looked = Promise.withResolvers<void>();
  connected.between.twist = async (_asked, ask) => {
    looking.resolve();
    await looked.promise;
    return ask();
  };
  const dispose = connected.core.retireWhenDue();
  await clock.step();
  await looking.promise;
  const resumed = press(connected, 'resume', job);
  await press(connected, 'stop', job);
  looked.resolve();
  expect((await resumed).state).toBe('stopped');
  await expectRests(connected, job, 'stopped');
  dispose();
});

test('a job that is stopped while CircleCI wants to be left alone for long begins nothing when that is over', async () => {
  const clock = steppedClock(1_000);
  await using connected = await connectedCore({ clock });
  const { client, between } = connected;
  const limited = Promise.withResolvers<void>();
  between.twist = ({ method }, ask) => {
    if (method !== 'POST') return ask();
    limited.resolve();
    return { status: 429, body: '{}', headers: { 'retry-after': '600' } };
  };
  const old = await connected.pick({ label: 'fastlane', state: 'active' });
  const { job } = expectOk(await client('job.start', { ids: [old.id] }));
  await limited.promise;
  await expect.poll(async () => (await show(connected, job)).hostPause).toBeDefined();
  await press(connected, 'stop', job);
  clock.standing.advance(600_000);
  await clock.step();
  await waitFor(connected, job);
  const { rotations } = expectOk(await client('rotation.list', {}));
  expect(rotations.map(({ state }) => state)).toEqual(['failed']);
});

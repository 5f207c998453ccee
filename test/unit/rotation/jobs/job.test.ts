import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Job } from '../../../../shared/contract/job.ts';
import { type ConnectedCore, connectedCore } from '../../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../../support/core-pieces.ts';
import { jobOver, waitFor } from '../../../support/job-run.ts';

const projectTokens = async (connected: ConnectedCore, count: number) =>
  (await connected.tokens()).filter(({ kind, state }) => kind === 'project' && state === 'active').slice(0, count);

/** Each of the tokens has exactly one successor on CircleCI, and nothing else was touched: asked of the sandbox. */
async function expectAllReplaced(
  connected: ConnectedCore,
  old: readonly { readonly id: string; readonly remoteId?: string }[],
  before: ReadonlySet<string>,
): Promise<void> {
  const now = connected.alive();
  const gone = [...before].filter((id) => !now.has(id));
  expect(gone.toSorted()).toEqual(old.map(({ remoteId }) => remoteId).toSorted());
  const fresh = [...now.keys()].filter((id) => !before.has(id));
  const inventory = await connected.tokens();
  const successors = inventory.filter(({ rotatedFrom }) => old.some(({ id }) => id === rotatedFrom));
  expect(successors.map(({ remoteId }) => remoteId).toSorted()).toEqual(fresh.toSorted());
  expect(fresh).toHaveLength(old.length);
}

describe('a job', () => {
  test('replaces every token of its choice, the most dangerous first', async () => {
    await using connected = await connectedCore();
    const before = new Set(connected.alive().keys());
    const old = (await connected.tokens()).filter(({ state, kind }) => state === 'active' && kind === 'project');
    const job = await jobOver(connected, old);
    expect(job).toMatchObject({ state: 'done', total: old.length, counts: { done: old.length, pending: 0 } });
    const powers = job.items.map(({ dangers }) => dangers.at(-1));
    const ranks = powers.map((power) => ['admin', 'read', 'status'].indexOf(power ?? ''));
    expect(ranks).toEqual(ranks.toSorted((left, right) => left - right));
    await expectAllReplaced(connected, old, before);
    expect(expectOk(await connected.client('audit.verify', {})).ok).toBe(true);
  });

  test("with Rondo's own sign-in token among others signs in with the new one and ends", async () => {
    await using connected = await connectedCore();
    const before = new Set(connected.alive().keys());
    const old = (await connected.tokens()).filter(
      ({ state, kind, label }) => state === 'active' && (kind === 'personal' || label === 'danger'),
    );
    const job = await jobOver(connected, old, { mode: 'cut-over' });
    expect(job.state).toBe('done');
    expect(job.counts.done).toBe(old.length);
    const own = old.find(({ label }) => label === 'rondo');
    expect(job.items.find(({ token }) => token === own?.id)).toMatchObject({ mode: 'overlap' });
    expect(job.items.filter(({ mode }) => mode === 'overlap')).toHaveLength(1);
    await expectAllReplaced(connected, old, before);
    const { failed } = expectOk(await connected.client('sync.run', {})).sync;
    expect(failed.map(({ error }) => error.code)).not.toContain('unauthorized');
  });

  test('one that fails and one that cannot be planned do not stop the others; a retry ends the first', async () => {
    await using connected = await connectedCore();
    const failing = await connected.pick({ label: 'danger' });
    const open = await connected.pick({ label: 'fastlane' });
    const others = (await projectTokens(connected, 6)).filter(({ id }) => id !== failing.id && id !== open.id);
    await connected.rotate(open, { retire: 'taken' });
    const { between } = connected;
    between.twist = ({ method, body }, ask) =>
      method === 'POST' && body.includes(`"${failing.label}"`) ? { status: 409, body: '{}' } : ask();
    const first = await jobOver(connected, [failing, open, ...others]);
    expect(first.state).toBe('done');
    const item = (job: Job, { id }: { id: string }) => job.items.find(({ token }) => token === id);
    expect(item(first, failing)).toMatchObject({ state: 'failed', error: { code: 'refused' } });
    expect(item(first, open)).toMatchObject({ state: 'failed', error: { code: 'rotation-open' } });
    expect(first.counts.done).toBe(others.length);

    between.twist = undefined;
    const resumed = expectOk(await connected.client('job.resume', { id: first.id })).job;
    expect((await waitFor(connected, resumed)).counts.done, 'going on is not trying again').toBe(others.length);
    const retried = await waitFor(connected, expectOk(await connected.client('job.retry', { id: first.id })).job);
    expect(item(retried, failing)).toMatchObject({ state: 'done' });
    expect(item(retried, open)).toMatchObject({ state: 'failed', error: { code: 'rotation-open' } });
  });

  test('that is over calls a rotation running that somebody resumed, and not paused', async () => {
    await using connected = await connectedCore();
    const { client, between } = connected;
    const old = await connected.pick({ label: 'danger' });
    const job = await jobOver(connected, [old], { retire: 'taken' });
    const fresh = await connected.pick({ rotatedFrom: old.id });
    expectOk(await client('token.taken', { id: fresh.id }));
    const seen: (string | undefined)[] = [];
    between.twist = async ({ method }, ask) => {
      if (method === 'DELETE') seen.push(expectOk(await client('job.show', { id: job.id })).job.items[0]?.state);
      return ask();
    };
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    expect(seen).toEqual(['running']);
  });

  test('waits with each old token until its new value was taken, where that was asked for', async () => {
    await using connected = await connectedCore();
    const old = await projectTokens(connected, 2);
    const job = await jobOver(connected, old, { retire: 'taken' });
    expect(job).toMatchObject({ state: 'done', counts: { waiting: 2 } });
    for (const { id } of old) {
      const fresh = await connected.pick({ rotatedFrom: id });
      expectOk(await connected.client('token.taken', { id: fresh.id }));
    }
    const ended = await waitFor(connected, expectOk(await connected.client('job.resume', { id: job.id })).job);
    expect(ended.counts.done).toBe(2);
  });

  test('is announced as whole values until the last, and listed', async () => {
    await using connected = await connectedCore();
    const job = await jobOver(connected, await projectTokens(connected, 3));
    await expect.poll(() => connected.events.findLast(({ event }) => event === 'job.changed')?.value).toEqual(job);
    const { items: _items, ...head } = job;
    expect(expectOk(await connected.client('job.list', {})).jobs).toEqual([head]);
    expect(expectOk(await connected.client('job.show', { id: job.id.slice(0, 8) })).job).toEqual(job);
  });

  test('is announced although it was over before the first announcement was due', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await using connected = await connectedCore();
    const tokens = await projectTokens(connected, 1);
    vi.runOnlyPendingTimers();
    const job = await jobOver(connected, tokens);
    const announced = () => connected.events.filter(({ event }) => event === 'job.changed').map(({ value }) => value);
    expect(announced()).toEqual([]);
    vi.runOnlyPendingTimers();
    expect(announced()).toEqual([job]);
  });

  test('of nothing, of ids and a filter, of an unknown id, and in cut-over unconfirmed, changes nothing', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const before = connected.alive();
    const [{ id } = { id: '' }] = await projectTokens(connected, 1);
    const code = async (input: Parameters<typeof client<'job.start'>>[1]) =>
      expectFailure(await client('job.start', input)).code;
    expect(await code({ ids: [], filter: { owner: 'nobody' } })).toBe('not-found');
    expect(await code({ ids: [id], filter: {} })).toBe('invalid-input');
    expect(await code({ ids: ['ffffffff'] })).toBe('not-found');
    const unconfirmed = expectFailure(await client('job.start', { ids: [id], mode: 'cut-over', confirm: 'yes' }));
    expect(unconfirmed).toMatchObject({
      code: 'confirmation-required',
      details: { consequences: [expect.any(String)] },
    });
    expect(connected.alive()).toEqual(before);
    expect(expectOk(await client('job.list', {})).jobs).toEqual([]);
  });

  test('holds the vault: a second one is told so, and the first ends undisturbed', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const [one, two] = await projectTokens(connected, 2);
    const { job } = expectOk(await client('job.start', { ids: [one?.id ?? ''] }));
    const codes = await Promise.all([
      client('job.start', { ids: [two?.id ?? ''] }),
      client('rotation.start', { ids: [two?.id ?? ''], keep: false, dryRun: false }),
    ]);
    expect(codes.map((answer) => expectFailure(answer).code)).toEqual(['vault-busy', 'vault-busy']);
    expect(await waitFor(connected, job)).toMatchObject({ state: 'done', counts: { done: 1 } });
  });
});

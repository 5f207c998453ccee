import { describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';

const hourMs = 3_600_000;

/** Waits with the new token made and proved; `end` deletes that one on CircleCI. */
async function waiting(connected: ConnectedCore, label: string, retire: 'taken' | number) {
  const old = await connected.pick({ label });
  const rotation = await connected.rotate(old, { retire, keep: retire !== 'taken' });
  expect(rotation.state).toBe('waiting');
  const fresh = (await connected.tokens()).find(({ id }) => id === rotation.replacement);
  const { remoteId = '', project } = fresh ?? {};
  const path = project === undefined ? '/api/v1/user/token' : `/api/v1.1/project/${project}/token`;
  const take = async () => {
    expectOk(await connected.client('token.take', { id: fresh?.id ?? '' }));
    expectOk(await connected.client('token.taken', { id: fresh?.id ?? '' }));
  };
  const goOn = async () => {
    const [ended] = expectOk(await connected.client('rotation.resume', { ids: [rotation.id] })).rotations;
    return ended;
  };
  return { old, rotation, remoteId, end: () => connected.colleague('DELETE', `${path}/${remoteId}`), take, goOn };
}

const gone = /^CircleCI does not list the new token any more/;

describe('the new token, gone before the old one is deleted', () => {
  test.each([
    ['danger', 'after a time'],
    ['danger', 'when taken'],
    ['status badge', 'after a time'],
    ['circleci-cli', 'after a time'],
    ['circleci-cli', 'when taken'],
  ])('the old %s stays where it was to go %s', async (label, how) => {
    await using connected = await connectedCore();
    const { old, end, take, goOn } = await waiting(connected, label, how === 'when taken' ? 'taken' : 2 * hourMs);
    await end();
    connected.advance(3 * hourMs);
    if (how === 'when taken') await take();
    const ended = await goOn();
    expect(ended).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
    expect(
      ended?.proofs?.map(({ what }) => what),
      'what was proved so far',
    ).toContain('the new token is listed');
    expect(ended?.error?.message).toMatch(gone);
    expect(ended?.error?.message).toContain('The old token was not touched');
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    // Asked again it says the same, and nothing else happens.
    expect((await goOn())?.error?.message).toMatch(gone);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });

  test('a job that goes on finds it out as well', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const old = await connected.pick({ label: 'danger' });
    const order = { ids: [old.id], mode: 'overlap' as const, retire: 'taken' as const, keep: false };
    const { job } = expectOk(await client('job.start', order));
    expectOk(await client('job.wait', { id: job.id }));
    const fresh = (await connected.tokens()).find(({ rotatedFrom }) => rotatedFrom === old.id);
    await connected.colleague('DELETE', `/api/v1.1/project/${fresh?.project}/token/${fresh?.remoteId}`);
    expectOk(await client('token.take', { id: fresh?.id ?? '' }));
    expectOk(await client('token.taken', { id: fresh?.id ?? '' }));
    connected.advance(hourMs);
    expectOk(await client('job.resume', { id: job.id }));
    expect(expectOk(await client('job.wait', { id: job.id })).job.counts).toMatchObject({ 'needs-attention': 1 });
    const { markdown } = expectOk(await client('job.report', { id: job.id }));
    expect(markdown).toContain('proved: the new token is listed; asked');
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });

  test('one that is listed and refused is as good as gone', async () => {
    await using connected = await connectedCore();
    const { old, goOn } = await waiting(connected, 'danger', 2 * hourMs);
    connected.advance(3 * hourMs);
    connected.between.twist = (asked, ask) =>
      asked.path === `/api/v1.1/project/${old.project}` ? Promise.resolve({ status: 404, body: '{}' }) : ask();
    const ended = await goOn();
    expect(ended).toMatchObject({ state: 'needs-attention' });
    expect(ended?.error?.message).toContain('is refused');
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    // A moment's refusal: looked at again, it works.
    connected.between.twist = undefined;
    expect(await goOn()).toMatchObject({ state: 'done' });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
  });

  test('one that has expired is found out without its value', async () => {
    await using connected = await connectedCore();
    const { old, remoteId, take, goOn } = await waiting(connected, 'circleci-cli', 'taken');
    await take();
    connected.advance(1000 * 24 * hourMs);
    expect(connected.alive().has(remoteId), 'it is listed still').toBe(true);
    const ended = await goOn();
    expect(ended).toMatchObject({ state: 'needs-attention' });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });

  test('an answer that does not come deletes nothing, and the next one goes on', async () => {
    await using connected = await connectedCore();
    const { old, goOn } = await waiting(connected, 'danger', 2 * hourMs);
    connected.advance(3 * hourMs);
    connected.between.twist = (asked, ask) =>
      asked.method === 'GET' && asked.path.endsWith('/token') ? undefined : ask();
    const ended = await goOn();
    expect(ended).toMatchObject({ state: 'needs-attention', error: { code: 'network' } });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    connected.between.twist = undefined;
    const done = await goOn();
    expect(done).toMatchObject({ state: 'done' });
    const whats = done?.receipt?.proofs.map(({ what }) => what) ?? [];
    expect(whats, 'each proof once').toEqual([...new Set(whats)]);
  });

  test('what has just been proved is not asked again', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = connected.between.asked.length;
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
    const asked = connected.between.asked.slice(before).map(({ method, path }) => `${method} ${path}`);
    expect(asked.filter((line) => line === `GET /api/v1.1/project/${old.project}/token`)).toHaveLength(4);
  });
});

test('where the old one is gone as well it is not said to work', async () => {
  await using connected = await connectedCore();
  const { old, end, take, goOn } = await waiting(connected, 'danger', 'taken');
  await end();
  await connected.colleague('DELETE', `/api/v1.1/project/${old.project}/token/${old.remoteId}`);
  await take();
  expect((await goOn())?.error?.message).toMatch(/it was deleted\. The old token was not touched\.$/);
});

test.each(['danger', 'circleci-cli'])(
  'the old %s, gone before anything is made, is gone in the inventory as well',
  async (label) => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label });
    const { remoteId = '', project } = old;
    const path = project === undefined ? '/api/v1/user/token' : `/api/v1.1/project/${project}/token`;
    await connected.colleague('DELETE', `${path}/${remoteId}`);
    // A list tells only of what was seen before it was asked for.
    connected.advance(hourMs);
    const rotation = await connected.rotate(old);
    expect(rotation).toMatchObject({ state: 'failed', error: { code: 'not-found' } });
    expect(rotation.error?.message).toBe('CircleCI does not list the old token any more. Nothing was changed.');
    expect((await connected.tokens()).find(({ id }) => id === old.id)?.state).toBe('gone');
  },
);

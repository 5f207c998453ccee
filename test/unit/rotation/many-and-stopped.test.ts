import { describe, expect, test } from 'vitest';
import { events } from '../../../shared/contract/contract.ts';
import { alike } from '../../support/alike-ids.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';

const order = { keep: false, dryRun: false };

describe('many at once', () => {
  test('one that fails and one that needs attention do not stop the others', async () => {
    await using connected = await connectedCore();
    const { client, between } = connected;
    const before = connected.alive();
    between.twist = ({ method, path }, ask) => {
      if (method === 'POST' && path.includes('/api/token')) return { status: 409, body: '{}' };
      if (method === 'DELETE' && path.includes('/mobile/token')) return { status: 409, body: '{}' };
      return ask();
    };
    const answer = await client('rotation.start', { ...order, ids: [], filter: { scope: 'admin' } });
    const { rotations } = expectOk(answer);
    const projects = new Map((await connected.tokens()).map(({ id, project }) => [id, project]));
    const states = rotations.map(({ token, state }) => `${projects.get(token)?.split('/').at(-1)} ${state}`);
    expect(states).toEqual([
      'billing done',
      'billing done',
      expect.stringMatching(/ done$/),
      'api failed',
      'mobile needs-attention',
      'web done',
    ]);
    between.twist = undefined;
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    expect(connected.alive().size).toBe(before.size);
    expect(expectOk(await client('audit.verify', {})).ok).toBe(true);
  });

  test('are announced, each as a whole value, in the order of what happened', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const from = connected.events.length;
    const rotation = await connected.rotate(old);
    const announced = connected.events.slice(from).filter(({ event }) => event === 'rotation.changed');
    const values = announced.map(({ value }) => events['rotation.changed'].parse(value));
    expect(values.at(-1)).toEqual(rotation);
    const running = values.map(({ steps }) => steps.find(({ state }) => state === 'running')?.name ?? 'none');
    expect([...new Set(running)]).toEqual(['plan', 'create', 'prove-new', 'retire-old', 'prove-old-gone', 'none']);
    const done = values.map(({ steps }) => steps.filter(({ state }) => state === 'done').length);
    expect(done).toEqual(done.toSorted((left, right) => left - right));
    const revisions = announced.map(({ revision }) => revision);
    expect(new Set(revisions).size).toBe(revisions.length);
  });
});

/** Closes or locks the core at the first point with this name. */
async function stoppedAt(
  point: string,
  stop: 'close' | 'lock',
): Promise<{ connected: ConnectedCore; stops: Promise<unknown>[] }> {
  const stops: Promise<unknown>[] = [];
  const connected = await connectedCore({
    observe: (reached) => {
      if (reached !== point || stops.length > 0) return;
      stops.push(stop === 'close' ? connected.core.close() : connected.client('vault.lock', {}));
    },
  });
  return { connected, stops };
}

describe('stopped between two steps', () => {
  test.each([
    'journal plan running after',
    'request project.create before',
    'request project.read before',
    'request project.delete before',
  ])('at %s: the step ends, and a new core goes on with the next one', async (point) => {
    const { connected, stops } = await stoppedAt(point, 'close');
    await using held = connected;
    const old = await held.pick({ label: 'danger' });
    const other = await held.pick({ label: 'fastlane' });
    const before = new Set(held.alive().keys());
    const error = expectFailure(await held.client('rotation.start', { ...order, ids: [old.id, other.id] }));
    expect(error.code).toBe('stopped');
    await Promise.all(stops);
    expect(held.alive().has(other.remoteId ?? ''), 'the second one was not begun').toBe(true);

    await using second = await held.another({ observe: () => {} });
    const open = expectOk(await second.client('rotation.list', {})).rotations;
    expect(open).toMatchObject([{ token: old.id, state: 'needs-attention', error: { code: 'stopped' } }]);
    const resumed = expectOk(await second.client('rotation.resume', { ids: [] })).rotations;
    expect(resumed).toMatchObject([{ state: 'done' }]);
    await expectReplaced(
      {
        alive: held.alive,
        client: second.client,
        tokens: async () => expectOk(await second.client('token.list', {})).tokens,
      },
      old,
      before,
    );
  });

  test('by locking: what is written down is locked too, and goes on after unlocking', async () => {
    const { connected, stops } = await stoppedAt('request project.delete before', 'lock');
    await using held = connected;
    const old = await held.pick({ label: 'danger' });
    const before = new Set(held.alive().keys());
    expect(expectFailure(await held.client('rotation.start', { ...order, ids: [old.id] })).code).toBe('stopped');
    await Promise.all(stops);
    expect(expectFailure(await held.client('rotation.resume', { ids: [] })).code).toBe('locked');
    await held.unlock();
    expect(await held.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(held, old, before);
  });

  test('is told as stopped, also while another rotation runs here', async () => {
    const { connected, stops } = await stoppedAt('request project.delete before', 'lock');
    await using held = connected;
    const { client, between } = held;
    const old = await held.pick({ label: 'danger' });
    expect(expectFailure(await client('rotation.start', { ...order, ids: [old.id] })).code).toBe('stopped');
    await Promise.all(stops);
    await held.unlock();
    const seen: unknown[] = [];
    between.twist = async ({ method }, ask) => {
      if (method === 'POST') seen.push(...expectOk(await client('rotation.list', {})).rotations);
      return ask();
    };
    const other = await held.rotate(await held.pick({ label: 'fastlane' }));
    expect(seen).toMatchObject([
      { token: old.id, state: 'needs-attention', error: { code: 'stopped' } },
      { id: other.id, state: 'running' },
    ]);
  });
});

describe('finding rotations', () => {
  test('by a prefix of several is ambiguous, and says which', async () => {
    await using connected = await connectedCore({ random: alike() });
    const { id } = await connected.rotate(await connected.pick({ label: 'danger' }));
    const second = await connected.rotate(await connected.pick({ label: 'fastlane' }));
    const error = expectFailure(await connected.client('rotation.show', { id: 'ababab' }));
    expect(error).toMatchObject({ code: 'ambiguous', details: { ids: [id, second.id] } });
  });

  test('by a prefix of their id, by state, open ones first', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const done = await connected.rotate(await connected.pick({ label: 'danger' }));
    const waiting = await connected.rotate(await connected.pick({ label: 'fastlane' }), { retire: 'taken' });
    const ids = async (state?: 'done' | 'waiting' | 'failed') =>
      expectOk(await client('rotation.list', state === undefined ? {} : { state })).rotations.map(({ id }) => id);
    expect(await ids()).toEqual([waiting.id, done.id]);
    expect(await ids('done')).toEqual([done.id]);
    expect(await ids('waiting')).toEqual([waiting.id]);
    expect(await ids('failed')).toEqual([]);
    const prefix = done.id.slice(0, 6);
    expect(expectOk(await client('rotation.show', { id: prefix })).rotations).toEqual([done]);
    expect(expectFailure(await client('rotation.show', { id: 'ffffffffffff' })).code).toBe('not-found');
    expect(expectFailure(await client('rotation.resume', { ids: [prefix] })).code, 'it is not open').toBe('not-found');
  });
});

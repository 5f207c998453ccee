import { describe, expect, test } from 'vitest';
import type { Token } from '../../../shared/contract/token.ts';
import { byHand, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { expectReplaced, heldValue } from '../../support/expect-replaced.ts';
import type { Twist } from '../../support/in-between.ts';

/** CircleCI lets this account not create, delete or list: each of them becomes what a person does on its page. */
const kinds = [
  ['personal', { label: 'circleci-cli' }],
  ['project', { label: 'danger' }],
] as const;
const refusals = kinds.flatMap(([kind, wanted]) => [401, 403, 404].map((status) => ({ kind, wanted, status })));

const saying =
  (method: string, status: number): Twist =>
  (asked, ask) =>
    asked.method === method && asked.path.includes('/token') ? { status, body: '{}' } : ask();

const makeAlike = ({ sandbox }: ConnectedCore, { label, project, access }: Token) =>
  byHand(sandbox).create({
    label,
    scope: project === undefined ? (access ?? 'admin') : 'view-builds',
    ...(project === undefined ? {} : { project }),
  });

const remove = ({ sandbox }: ConnectedCore, { remoteId = '' }: Token) => byHand(sandbox).remove(remoteId);

const capabilityOf = async ({ client }: ConnectedCore, kind: 'personal' | 'project', verb: 'list' | 'create') => {
  const [account] = expectOk(await client('account.list', {})).accounts;
  return account?.capabilities[`${kind}.${verb}`];
};

test.each(refusals)('a creation of a $kind token that is refused with $status is handed over', async (one) => {
  await using connected = await connectedCore();
  const old = await connected.pick(one.wanted);
  const before = new Set(connected.alive().keys());
  connected.between.twist = saying('POST', one.status);
  const begun = await connected.rotate(old);
  expect(begun).toMatchObject({ state: 'waiting', guided: true, byHand: ['create'], guide: { act: 'create' } });
  const known = {
    personal: { 401: 'refused', 403: 'refused', 404: 'absent' },
    project: { 401: 'refused', 403: 'refused' },
  };
  expect(await capabilityOf(connected, one.kind, 'create')).toBe(
    Object.entries(known[one.kind]).find(([status]) => status === String(one.status))?.[1] ?? 'unknown',
  );
  const fresh = await makeAlike(connected, old);
  expect(await tell(connected, begun, { value: fresh.value })).toMatchObject({ state: 'done' });
  await expectReplaced(connected, old, before);
});

test.each(refusals)('a deletion of a $kind token that is refused with $status is handed over', async (one) => {
  await using connected = await connectedCore();
  const old = await connected.pick(one.wanted);
  const before = new Set(connected.alive().keys());
  connected.between.twist = saying('DELETE', one.status);
  const begun = await connected.rotate(old);
  expect(begun).toMatchObject({ state: 'waiting', byHand: ['retire-old'], guide: { act: 'delete' } });
  await remove(connected, old);
  expect(await tell(connected, begun, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
  await expectReplaced(connected, old, before);
});

test('why it is handed over is said, and a role that was given lets Rondo go on', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  connected.between.twist = saying('POST', 403);
  const begun = await connected.rotate(old);
  expect(begun.error).toMatchObject({ code: 'forbidden', message: expect.stringMatching(/did not create .*403/) });
  connected.between.twist = undefined;
  const [ended] = await connected.resume();
  expect(ended).toMatchObject({ state: 'done', guided: false });
  expect(ended).not.toHaveProperty('error');
});

describe('what waits for a token that was made by hand meanwhile', () => {
  const identity: Twist = ({ path }, ask) => (path.endsWith('/me') ? { status: 502, body: '' } : ask());
  /** The list was kept back, and is had just once, by whoever looks whether Rondo can go on. */
  const onlyOnce = (): Twist => {
    let lists = 0;
    return ({ method, path }, ask) => {
      if (method === 'GET' && path.includes('/token')) lists += 1;
      return lists > 1 ? { status: 502, body: '' } : ask();
    };
  };

  test.each<[string, string, Twist]>([
    ['cannot be asked who it is', 'POST', identity],
    ['cannot be asked who it is, nor had a list', 'GET', identity],
    ['lists once what was made, and then no more', 'GET', onlyOnce()],
  ])('waits for its value also where Rondo tried again and CircleCI %s', async (_what, refused, away) => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    connected.between.twist = saying(refused, 403);
    const { error: _why, ...begun } = await connected.rotate(old);
    const fresh = await makeAlike(connected, old);
    connected.between.twist = away;
    const [again] = await connected.resume();
    expect(again).toEqual({ ...begun, error: expect.objectContaining({ code: 'server-error' }) });
    connected.between.twist = undefined;
    const told = await tell(connected, begun, { value: fresh.value });
    expect(told.steps.find(({ name }) => name === 'create')).toMatchObject({ state: 'done' });
    expect(told.state).toBe(refused === 'POST' ? 'done' : 'waiting');
  });

  test('is told also where Rondo tried again, had a list, and may not create', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    connected.between.twist = saying('GET', 403);
    const begun = await connected.rotate(old);
    const fresh = await makeAlike(connected, old);
    connected.between.twist = saying('POST', 403);
    expect(await connected.resume()).toMatchObject([{ state: 'waiting', byHand: ['create'] }]);
    expect(await tell(connected, begun, { value: fresh.value })).toMatchObject({ state: 'done' });
    expect((await expectReplaced(connected, old, before)).id).toBe(fresh.id);
  });
});

describe('a list that is kept back', () => {
  const begin = async (connected: ConnectedCore, wanted: Partial<Token>, status: number, guided?: { guided: true }) => {
    const old = await connected.pick(wanted);
    connected.between.twist = saying('GET', status);
    const begun = await connected.rotate(old, guided);
    return { old, begun };
  };

  test.each(refusals)(
    'of $kind tokens with $status: both acts are a person’s, and later lists know them',
    async (one) => {
      await using connected = await connectedCore();
      const before = await connected.tokens();
      const { old, begun } = await begin(connected, one.wanted, one.status);
      expect(begun).toMatchObject({ state: 'waiting', byHand: ['create', 'retire-old'], guide: { act: 'create' } });
      const fresh = await makeAlike(connected, old);
      const made = await tell(connected, begun, { value: fresh.value });
      expect(made).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
      await remove(connected, old);
      const ended = await tell(connected, made, { confirm: 'deleted' });
      expect(ended.state).toBe('done');
      expect(ended.receipt?.proofs.find(({ what }) => what === 'the new token works')).toMatchObject({ ok: true });
      expect(ended.receipt?.proofs.at(-1)).toMatchObject({ asked: 'the person who deleted it', ok: false });

      connected.between.twist = undefined;
      connected.advance(60_000);
      expectOk(await connected.client('sync.run', {}));
      const after = await connected.tokens();
      expect(after.filter(({ rotatedFrom }) => rotatedFrom === old.id)).toMatchObject([
        { id: ended.replacement, remoteId: fresh.id, state: 'active' },
      ]);
      expect(after.length, 'one row more').toBe(before.length + 1);
      expect(await heldValue(connected, ended.replacement ?? '')).toBe(fresh.value);
      const again = await connected.rotate(await connected.pick({ id: ended.replacement ?? '' }));
      expect(again.state).toBe('done');
    },
  );

  test('from the middle on: what was made by hand is proved by its use', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const begun = await connected.rotate(old, { guided: true });
    connected.between.twist = saying('GET', 403);
    const fresh = await makeAlike(connected, old);
    const made = await tell(connected, begun, { value: fresh.value });
    expect(made).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
    await remove(connected, old);
    expect(await tell(connected, made, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
    connected.between.twist = undefined;
    expectOk(await connected.client('sync.run', {}));
    expect(await connected.pick({ rotatedFrom: old.id })).toMatchObject({ remoteId: fresh.id, state: 'active' });
  });

  test('with the project itself is no reason to send anybody to its page', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    connected.between.twist = ({ path }, ask) =>
      path.startsWith('/api/v1.1/project/') ? { status: 404, body: '{}' } : ask();
    expect(await connected.rotate(old)).toMatchObject({ state: 'failed', error: { code: 'not-found' } });
  });
});

import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { fakeClock } from '../support/fake-clock.ts';
import type { Asked, Said, Twist } from '../support/in-between.ts';
import { staleList } from '../support/stale-list.ts';

/** CircleCI may need a moment, or may not do what it said: Rondo asks again for a minute, and then a person. */
const listPath = '/api/v1.1/project/gh/tidewater/web/token';
const readPath = '/api/v1.1/project/gh/tidewater/web';
const isList = ({ method, path }: Asked) => method === 'GET' && path === listPath;

/** What a person sees when the minute is over; then CircleCI behaves again, and resuming ends it. */
async function expectAttention(
  connected: ConnectedCore,
  wanted: Partial<Token>,
  twist: Twist,
): Promise<{ rotation: Rotation; oldAlive: boolean }> {
  const old = await connected.pick(wanted);
  const before = new Set(connected.alive().keys());
  connected.between.twist = twist;
  const rotation = await connected.rotate(old);
  const oldAlive = connected.alive().has(old.remoteId ?? '');
  expect(rotation.state).toBe('needs-attention');
  expect(await connected.resume(), 'as long as nothing changes').toMatchObject([{ state: 'needs-attention' }]);
  connected.between.twist = undefined;
  const [resumed] = await connected.resume();
  expect(resumed).toMatchObject({ state: 'done' });
  expect(resumed?.error).toBeUndefined();
  await expectReplaced(connected, old, before);
  const history = expectOk(await connected.client('audit.list', { token: old.id })).entries;
  expect(history.map(({ action }) => action).slice(-4)).toEqual([
    'rotation.started',
    'rotation.needs-attention',
    'rotation.needs-attention',
    'token.rotated',
  ]);
  return { rotation, oldAlive };
}

describe('the old token', () => {
  test('is still listed for half a minute: asked again until it is not', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ clock });
    const until = clock.now() + 30_000;
    const stale = staleList(listPath);
    connected.between.twist = (asked, ask) => (clock.now() < until ? stale(asked, ask) : ask());
    const rotation = await connected.rotate(await connected.pick({ label: 'danger' }));
    expect(rotation.state).toBe('done');
    expect(clock.sleeps).toEqual([1_000, 2_000, 4_000, 8_000, 15_000]);
    expect(rotation.receipt?.overlapMs).toBe(0);
  });

  test('is still listed after a minute: needs attention', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ clock });
    const begun = clock.now();
    const old = await connected.pick({ label: 'danger' });
    connected.between.twist = staleList(listPath);
    const rotation = await connected.rotate(old);
    expect(rotation).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
    expect(rotation.steps.at(-1)).toMatchObject({ name: 'prove-old-gone', state: 'failed' });
    expect(clock.now() - begun).toBe(60_000);
    expect(await connected.pick({ id: old.id }), 'deleted counts only when the list says so').toMatchObject({
      state: 'active',
    });
    connected.between.twist = undefined;
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    expect(await connected.pick({ id: old.id })).toMatchObject({ state: 'revoked' });
  });

  test('is missing only from a list that is not complete', async () => {
    await using connected = await connectedCore();
    let deleted = false;
    const { rotation } = await expectAttention(connected, { label: 'danger' }, async (asked, ask) => {
      deleted ||= asked.method === 'DELETE';
      const said = await ask();
      return deleted && isList(asked) ? { ...said, body: said.body.replace('[', '[17,') } : said;
    });
    expect(rotation.error?.message).toContain('its list does not prove it');
  });

  test('cannot be looked for: that a request changed nothing is not said of the rotation', async () => {
    await using connected = await connectedCore();
    let deleted = false;
    const { rotation } = await expectAttention(connected, { label: 'danger' }, (asked, ask) => {
      deleted ||= asked.method === 'DELETE';
      return deleted && isList(asked) ? { status: 500, body: '' } : ask();
    });
    expect(rotation.error?.message).toMatch(
      /The old token is said to be deleted \(not proved yet\); the new one is in the vault\.$/,
    );
    expect(rotation.error?.message).not.toMatch(/Nothing was changed/);
  });

  test.each<[string, Partial<Token>, (asked: Asked) => boolean, string]>([
    ['a project token', { label: 'ours' }, ({ path }) => path === readPath, '[]'],
    ['a personal token', { label: 'mine' }, ({ path }) => path === '/api/v2/me', ''],
    ['as another user', { label: 'mine' }, ({ path }) => path === '/api/v2/me', '{"id":"u2","login":"eve"}'],
  ])('%s still answers after a minute: deleted, but it still works', async (_kind, wanted, isUse, body) => {
    await using connected = await connectedCore();
    const { client, account } = connected;
    expectOk(await client('token.create-personal', { account, label: 'mine', keep: true }));
    expectOk(
      await client('token.create-project', { project: 'gh/tidewater/web', scope: 'admin', label: 'ours', keep: true }),
    );
    const old = await connected.pick(wanted);
    const value = connected.alive().get(old.remoteId ?? '')?.value;
    const userId = expectOk(await client('account.list', {})).accounts[0]?.userId ?? '';
    const answer = { status: 200, body: body || JSON.stringify({ id: userId, login: 'maya-okafor' }) };
    const { rotation, oldAlive } = await expectAttention(connected, wanted, (asked, ask) =>
      isUse(asked) && asked.value === value ? answer : ask(),
    );
    expect(oldAlive).toBe(false);
    expect(rotation.error?.message).toMatch(
      /^The old token is said to be deleted, but it still answers \(200.*\)\. The new token works\.$/,
    );
  });
});

describe('the new token', () => {
  test('is not listed: the old one is not touched', async () => {
    await using connected = await connectedCore();
    let first: Said | undefined;
    const { rotation, oldAlive } = await expectAttention(connected, { label: 'danger' }, async (asked, ask) => {
      if (!isList(asked)) return ask();
      first ??= await ask();
      return first;
    });
    expect(oldAlive).toBe(true);
    expect(rotation.error?.message).toContain('does not list it');
  });

  test.each<[string, Partial<Token>, (asked: Asked) => boolean, Said]>([
    ['is refused', { label: 'danger' }, ({ path }) => path === readPath, { status: 401, body: '{}' }],
    [
      'is redirected to a sign-in page',
      { label: 'danger' },
      ({ path }) => path === readPath,
      { status: 302, body: '', headers: { location: 'https://sso.example.com/' } },
    ],
    [
      'is refused as a person',
      { label: 'circleci-cli' },
      ({ path }) => path === '/api/v2/me',
      { status: 401, body: '{}' },
    ],
    [
      'answers as another user',
      { label: 'circleci-cli' },
      ({ path }) => path === '/api/v2/me',
      { status: 200, body: '{"id":"u2","login":"eve"}' },
    ],
  ])('%s: the old one is not touched', async (_what, wanted, isUse, said) => {
    await using connected = await connectedCore();
    const known = new Set([...connected.alive().values()].map(({ value }) => value));
    const { rotation, oldAlive } = await expectAttention(connected, wanted, (asked, ask) =>
      isUse(asked) && asked.value !== undefined && !known.has(asked.value) ? said : ask(),
    );
    expect(oldAlive).toBe(true);
    expect(rotation.steps[2]).toMatchObject({ name: 'prove-new', state: 'failed' });
  });

  test('is refused for a moment only: asked again', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ clock });
    const until = clock.now() + 5_000;
    connected.between.twist = ({ path }, ask) =>
      path === readPath && clock.now() < until ? { status: 401, body: '{}' } : ask();
    expect(await connected.rotate(await connected.pick({ label: 'danger' }))).toMatchObject({ state: 'done' });
    expect(clock.sleeps).toEqual([1_000, 2_000, 4_000]);
  });

  test.each<[string, Partial<Token>, string]>([
    ['proved by use alone', { label: 'danger' }, 'done'],
    ['not proved at all: the old one is not touched', { scope: 'status' }, 'needs-attention'],
  ])('that CircleCI gives no id is %s', async (_what, wanted, state) => {
    await using connected = await connectedCore();
    const old = await connected.pick(wanted);
    const known = new Set(connected.alive().keys());
    connected.between.twist = async (asked, ask) => {
      if (asked.path.endsWith('.svg')) return { status: 200, body: '<svg/>' };
      const said = await ask();
      if (!asked.path.endsWith('/token')) return said;
      // Neither the answer nor the list.
      const body = said.body.replaceAll(/"id":"([^"]+)",/g, (field, id) => (known.has(id) ? field : ''));
      return { ...said, body };
    };
    const rotation = await connected.rotate(old);
    expect(rotation.state).toBe(state);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(state === 'needs-attention');
    expect(rotation.receipt?.proofs.map(({ ok }) => ok)).toEqual(state === 'done' ? [false, true, true] : undefined);
  });

  test('of scope Status whose badge anybody sees cannot be told by use', async () => {
    await using connected = await connectedCore();
    connected.between.twist = (asked, ask) => (asked.path.endsWith('.svg') ? { status: 200, body: '<svg/>' } : ask());
    const rotation = await connected.rotate(await connected.pick({ scope: 'status' }));
    expect(rotation.state).toBe('done');
    expect(rotation.receipt?.proofs[1]).toMatchObject({
      answered: '200 and 200, no difference that counts',
      ok: false,
    });
  });
});

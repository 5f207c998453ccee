import { describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { type Twist, withRows } from '../../support/in-between.ts';

const webTokens = '/api/v1.1/project/gh/tidewater/web/token';
const noRole = { what: 'gh/tidewater/infrastructure', error: { code: 'forbidden' } };

async function sync(connected: ConnectedCore, account?: string) {
  connected.advance(1_000);
  return expectOk(await connected.client('sync.run', account === undefined ? {} : { account })).sync;
}

async function lastAttempt(connected: ConnectedCore) {
  const [account] = expectOk(await connected.client('account.list', {})).accounts;
  return { lastSyncAt: account?.lastSyncAt, lastAttempt: account?.lastAttempt };
}

describe('a sync', () => {
  test('counts what it read and what is new, changed and gone', async () => {
    await using connected = await connectedCore();
    expect(await sync(connected)).toMatchObject({
      accounts: 1,
      projects: 6,
      tokens: 20,
      added: 0,
      changed: 0,
      gone: 0,
      failed: [noRole],
    });
    const gone = await connected.pick({ label: 'danger' });
    await connected.colleague('DELETE', `${webTokens}/${gone.remoteId}`);
    await connected.colleague('POST', webTokens, { label: 'brand new', scope: 'status' });
    connected.between.twist = ({ path }, ask) =>
      path.endsWith('/mobile/token') ? withRows(ask, (row) => ({ ...row, label: `${row.label}!` })) : ask();
    expect(await sync(connected)).toMatchObject({ tokens: 20, added: 1, changed: 2, gone: 1 });
    // The sync of a second ago saw it as well: to ten seconds, that is the same.
    expect(await connected.pick({ id: gone.id })).toMatchObject({
      state: 'gone',
      lastSeenAt: '2026-11-23T08:00:00.000Z',
    });
    expect(await connected.pick({ label: 'brand new' })).toMatchObject({
      scope: 'status',
      state: 'active',
      firstSeenAt: '2026-11-23T08:00:02.000Z',
    });
    expect(await connected.pick({ label: 'fastlane!' })).toMatchObject({ firstSeenAt: '2026-11-23T08:00:00.000Z' });
    connected.between.twist = undefined;
    expect(await sync(connected), 'gone is said once').toMatchObject({ added: 0, changed: 2, gone: 0 });
  });

  test('tells its progress', async () => {
    await using connected = await connectedCore();
    const from = connected.events.length;
    await sync(connected);
    const progress = connected.events
      .slice(from)
      .filter(({ event }) => event === 'sync.progress')
      .map(({ value }) => value);
    expect(progress[0]).toEqual({ done: 0, total: 8, reading: 'personal tokens' });
    expect(progress.map((value) => 'reading' in value && value.reading)).toContain('gh/tidewater/web');
  });

  test('reads only the account that was named, and none when there is none', async () => {
    await using connected = await connectedCore();
    expect(await sync(connected, connected.account.slice(0, 6))).toMatchObject({ accounts: 1 });
    expectOk(await connected.client('account.remove', { id: connected.account }));
    expect(await sync(connected)).toEqual({
      accounts: 0,
      projects: 0,
      tokens: 0,
      added: 0,
      changed: 0,
      gone: 0,
      failed: [],
    });
  });

  test('of many projects asks for at most four at once', async () => {
    await using connected = await connectedCore({ tokens: 400 });
    let open = 0;
    let most = 0;
    connected.between.twist = async (asked, ask) => {
      if (!asked.path.endsWith('/token')) return ask();
      open += 1;
      most = Math.max(most, open);
      const said = await ask();
      open -= 1;
      return said;
    };
    expect(await sync(connected)).toMatchObject({ projects: 23, added: 0 });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });
});

describe('a part that fails', () => {
  test.each<[string, Twist, string]>([
    ['forbidden', ({ path }, ask) => (path === webTokens ? { status: 403, body: '{}' } : ask()), 'forbidden'],
    ['vanished', ({ path }, ask) => (path === webTokens ? { status: 404, body: '{}' } : ask()), 'not-found'],
    ['broken', ({ path }, ask) => (path === webTokens ? { status: 500, body: '' } : ask()), 'server-error'],
    [
      'no list',
      ({ path }, ask) => (path === webTokens ? { status: 200, body: '{"tokens":[]}' } : ask()),
      'server-error',
    ],
  ])('(%s) keeps its tokens as they were and does not stop the others', async (_what, twist, code) => {
    await using connected = await connectedCore();
    const before = (await connected.tokens()).filter(({ project }) => project === 'gh/tidewater/web');
    connected.between.twist = twist;
    const report = await sync(connected);
    expect(report).toMatchObject({ projects: 5, gone: 0 });
    expect(report.failed.map(({ what, error }) => `${what} ${error.code}`).sort()).toEqual(
      ['gh/tidewater/infrastructure forbidden', `gh/tidewater/web ${code}`].sort(),
    );
    expect((await connected.tokens()).filter(({ project }) => project === 'gh/tidewater/web')).toEqual(before);
  });

  test('a list that is not complete adds, and calls nothing gone', async () => {
    await using connected = await connectedCore();
    connected.between.twist = async ({ path }, ask) =>
      path === webTokens ? { status: 200, body: '[17,{"id":"n1","label":"new","scope":"all"}]' } : ask();
    expect(await sync(connected)).toMatchObject({ added: 1, gone: 0 });
    expect(await connected.pick({ label: 'danger' })).toMatchObject({ state: 'active' });
  });

  test('the followed projects cannot be read: the known ones are', async () => {
    await using connected = await connectedCore();
    connected.between.twist = ({ path }, ask) => (path.endsWith('/projects') ? { status: 500, body: '' } : ask());
    const report = await sync(connected);
    expect(report).toMatchObject({ projects: 6, gone: 0 });
    expect(report.failed[0]).toMatchObject({
      what: expect.stringContaining('followed projects'),
      error: { code: 'server-error' },
    });
    const projects = expectOk(await connected.client('project.list', {})).projects;
    expect(projects.every(({ watched }) => watched === 'followed')).toBe(true);
  });

  test('something that was not reached leaves the time of the last whole sync', async () => {
    await using connected = await connectedCore();
    const whole = (await lastAttempt(connected)).lastSyncAt;
    connected.between.twist = ({ path }, ask) => (path === webTokens ? { status: 500, body: '' } : ask());
    await sync(connected);
    const { lastSyncAt, lastAttempt: attempt } = await lastAttempt(connected);
    expect(lastSyncAt).toBe(whole);
    expect(attempt?.outcome).toBe('ok');
    expect(attempt?.at.localeCompare(whole ?? '')).toBe(1);
  });

  test('a host without the list of personal tokens is told once', async () => {
    await using connected = await connectedCore();
    connected.between.twist = ({ path }, ask) => (path.endsWith('/user/token') ? { status: 404, body: '{}' } : ask());
    expect((await sync(connected)).failed.map(({ error }) => error.code)).toEqual(['unsupported', 'forbidden']);
    expect((await sync(connected)).failed).toMatchObject([noRole]);
    expect((await connected.tokens()).filter(({ kind, state }) => kind === 'personal' && state === 'gone')).toEqual([]);
    connected.between.twist = undefined;
    expect(await sync(connected)).toMatchObject({ tokens: 20, failed: [noRole] });
  });
});

describe('an account that cannot be read', () => {
  test.each<[string, Twist, string, string]>([
    ['the network is down', () => undefined, 'network', 'network'],
    ['the host is broken', () => ({ status: 503, body: '' }), 'server-error', 'network'],
    [
      'too many requests',
      () => ({ status: 429, body: '{}', headers: { 'retry-after': '3600' } }),
      'rate-limited',
      'network',
    ],
    ['the token was revoked', () => ({ status: 401, body: '{}' }), 'unauthorized', 'refused'],
    [
      'the token is another user’s now',
      ({ path }, ask) => (path === '/api/v2/me' ? { status: 200, body: '{"id":"u2","login":"eve"}' } : ask()),
      'unauthorized',
      'refused',
    ],
    ['it is not a CircleCI any more', () => ({ status: 200, body: '<html>' }), 'unsupported', 'refused'],
  ])('(%s) is written down, and no token changes', async (_what, twist, code, outcome) => {
    await using connected = await connectedCore();
    const before = await connected.tokens();
    const { lastSyncAt } = await lastAttempt(connected);
    connected.between.twist = twist;
    const report = await sync(connected);
    expect(report).toMatchObject({
      accounts: 0,
      projects: 0,
      tokens: 0,
      added: 0,
      changed: 0,
      gone: 0,
      failed: [{ error: { code } }],
    });
    expect(await connected.tokens()).toEqual(before);
    expect(await lastAttempt(connected)).toMatchObject({ lastSyncAt, lastAttempt: { outcome } });
    const [entry] = expectOk(await connected.client('audit.list', {})).entries.slice(-1);
    expect(entry).toMatchObject({ action: 'account.synced', outcome: 'failed', detail: outcome });
    connected.between.twist = undefined;
    // As long as the host asked to be left alone.
    connected.advance(3_600_000);
    await sync(connected);
    expect(await lastAttempt(connected)).toMatchObject({ lastAttempt: { outcome: 'ok' } });
  });

  test('is offline since the first of its attempts that found no network, however often it is tried', async () => {
    await using connected = await connectedCore();
    const { lastSyncAt } = await lastAttempt(connected);
    connected.between.twist = () => undefined;
    await sync(connected);
    const first = await lastAttempt(connected);
    await sync(connected);
    expect(await lastAttempt(connected)).toEqual(first);
    expect(first).toMatchObject({ lastSyncAt, lastAttempt: { outcome: 'network' } });
    connected.between.twist = undefined;
    await sync(connected);
    connected.between.twist = () => undefined;
    await sync(connected);
    const { lastAttempt: again } = await lastAttempt(connected);
    expect(again?.outcome).toBe('network');
    expect(again?.at.localeCompare(first.lastAttempt?.at ?? '')).toBe(1);
  });

  test('and refuses Rondo is told with its last attempt', async () => {
    await using connected = await connectedCore();
    connected.between.twist = () => ({ status: 401, body: '{}' });
    await sync(connected);
    const { lastAttempt: first } = await lastAttempt(connected);
    await sync(connected);
    const { lastAttempt: last } = await lastAttempt(connected);
    expect(last?.outcome).toBe('refused');
    expect(last?.at.localeCompare(first?.at ?? '')).toBe(1);
  });

  test('does not stop the other accounts', async () => {
    await using connected = await connectedCore();
    const { client, sandbox } = connected;
    const jonas = sandbox.tokens().find(({ label }) => label === 'jonas-laptop')?.value ?? '';
    expectOk(await client('account.add', { host: sandbox.url, value: new TextEncoder().encode(jonas) }));
    connected.between.twist = () => undefined;
    const report = await sync(connected);
    expect(report).toMatchObject({
      accounts: 1,
      failed: expect.arrayContaining([
        expect.objectContaining({ error: expect.objectContaining({ code: 'network' }) }),
      ]),
    });
    expect(report.tokens).toBeGreaterThan(0);
  });

  test('locking while it reads ends it as stopped, and no token is called gone', async () => {
    const locked: Promise<unknown>[] = [];
    await using connected = await connectedCore();
    const before = await connected.tokens();
    connected.between.twist = ({ path }, ask) => {
      if (path !== webTokens) return ask();
      locked.push(connected.client('vault.lock', {}));
      return new Promise(() => {});
    };
    connected.advance(1_000);
    const answer = await connected.client('sync.run', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'stopped' } });
    await Promise.all(locked);
    await connected.unlock();
    expect((await connected.tokens()).map(({ id, state }) => [id, state])).toEqual(
      before.map(({ id, state }) => [id, state]),
    );
  });
});

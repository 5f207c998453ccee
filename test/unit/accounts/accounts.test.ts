import { describe, expect, test } from 'vitest';
import { certificateFor } from '../../support/certificates.ts';
import { connectedCore, signInValue } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { startInBetween, type Twist } from '../../support/in-between.ts';
import { temporaryCore } from '../../support/temporary-core.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const personal = `CCIPAT_JEWGkzkBv4rmcLvdBLgTWx_${'0123456789'.repeat(4)}`;

describe('adding an account', () => {
  test('asks who it is and keeps what was learned', async () => {
    await using connected = await connectedCore();
    const { accounts } = expectOk(await connected.client('account.list', {}));
    expect(accounts).toMatchObject([
      {
        id: connected.account,
        name: `maya-okafor on ${new URL(connected.between.url).host}`,
        host: connected.between.url,
        login: 'maya-okafor',
        kind: 'server',
        capabilities: {
          'personal.list': 'works',
          'personal.create': 'unknown',
          'project.list': 'works',
          'project.delete': 'unknown',
        },
        lastSyncAt: '2026-11-23T08:00:00.000Z',
        lastAttempt: { at: '2026-11-23T08:00:00.000Z', outcome: 'ok' },
      },
    ]);
    expect(accounts[0]).not.toHaveProperty('signInToken');
  });

  test.each([
    ['a project token', `CCIPRJ_JEWGkzkBv4rmcLvdBLgTWx_${'0123456789'.repeat(4)}`],
    ['nothing', ''],
    ['something else', 'ghp_0123456789012345678901234567890123456789'],
    ['two of them', `${personal} ${personal}`],
  ])('%s is refused before it is sent, and overwritten', async (_what, text) => {
    await using between = await startInBetween();
    await using temporary = await temporaryCore();
    const value = bytes(text);
    const error = expectFailure(await temporary.client('account.add', { host: between.url, value }));
    expect(error.code).toBe('invalid-input');
    if (text !== '') expect(JSON.stringify(error)).not.toContain(text.slice(8, 20));
    expect(between.asked).toEqual([]);
    expect([...value].every((byte) => byte === 0)).toBe(true);
    expect(expectOk(await temporary.client('account.list', {})).accounts).toEqual([]);
  });

  test.each([
    'http://circleci.com',
    'http://192.168.0.1',
    'ftp://circleci.com',
    'https://user:secret@circleci.com',
    'https://circleci.com/settings',
    'https://circleci.com?a=b',
    '',
    'not a host',
  ])('the host %j is refused before anything is sent, and the value is overwritten', async (host) => {
    await using temporary = await temporaryCore();
    const value = bytes(personal);
    const error = expectFailure(await temporary.client('account.add', { host, value }));
    expect(error.code).toBe('invalid-input');
    expect(error.message).not.toContain('secret');
    expect([...value].every((byte) => byte === 0)).toBe(true);
  });

  test.each<[string, Twist, string]>([
    ['does not know the token', () => ({ status: 401, body: '{"message":"Invalid token provided."}' }), 'unauthorized'],
    ['forbids it', () => ({ status: 403, body: '{}' }), 'forbidden'],
    [
      'answers in HTML',
      () => ({ status: 200, body: '<!doctype html>', headers: { 'content-type': 'text/html' } }),
      'unsupported',
    ],
    ['answers with no identity', () => ({ status: 200, body: '{"login":"maya"}' }), 'unsupported'],
    ['has no such route', () => ({ status: 404, body: 'Not found' }), 'unsupported'],
    [
      'sends us on to another host',
      () => ({ status: 302, body: '', headers: { location: 'https://sso.example.com/' } }),
      'refused',
    ],
    ['is broken', () => ({ status: 502, body: '' }), 'server-error'],
    ['hangs up', () => undefined, 'network'],
  ])('a host that %s: nothing is kept', async (_what, twist, code) => {
    await using between = await startInBetween();
    await using temporary = await temporaryCore();
    between.twist = twist;
    const value = bytes(personal);
    expect(expectFailure(await temporary.client('account.add', { host: between.url, value })).code).toBe(code);
    expect([...value].every((byte) => byte === 0)).toBe(true);
    expect(expectOk(await temporary.client('account.list', {})).accounts).toEqual([]);
    expect(expectOk(await temporary.client('vault.verify', {}))).toMatchObject({ ok: true, records: 0 });
  });

  test('an expired and a deleted token are refused by CircleCI itself', async () => {
    await using connected = await connectedCore();
    const { client, sandbox } = connected;
    const valueLabelled = (label: string) =>
      bytes(sandbox.tokens().find((token) => token.label === label)?.value ?? '');
    const deleted = valueLabelled('terraform');
    const { remoteId } = await connected.pick({ label: 'terraform' });
    await connected.colleague('DELETE', `/api/v1/user/token/${remoteId}`);
    for (const value of [valueLabelled('hackday'), deleted]) {
      expect(expectFailure(await client('account.add', { host: sandbox.url, value })).code).toBe('unauthorized');
    }
  });

  test('the same identity again keeps its id and name, and signs in with the new token', async () => {
    await using connected = await connectedCore();
    const { client, between, sandbox } = connected;
    const before = await connected.tokens();
    const other = sandbox.tokens().find((token) => token.label === 'circleci-cli')?.value ?? '';
    const { account } = expectOk(await client('account.add', { host: `${between.url}/api/v2/`, value: bytes(other) }));
    expect(account.id).toBe(connected.account);
    expect(account.capabilities).toMatchObject({ 'personal.list': 'works' });
    expect(expectOk(await client('account.list', {})).accounts).toHaveLength(1);
    const asked = between.asked.length;
    expectOk(await client('sync.run', {}));
    expect(new Set(between.asked.slice(asked).map(({ value }) => value))).toEqual(new Set([other]));
    expect((await connected.tokens()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const named = expectOk(await client('account.add', { host: between.url, name: 'work', value: bytes(other) }));
    expect(named.account).toMatchObject({ id: connected.account, name: 'work' });
  });

  test('another person on the same host is another account, and knows what the host can do', async () => {
    await using connected = await connectedCore();
    const { client, between, sandbox } = connected;
    const jonas = sandbox.tokens().find((token) => token.label === 'jonas-laptop')?.value ?? '';
    const { account } = expectOk(await client('account.add', { host: between.url, value: bytes(jonas) }));
    expect(account.id).not.toBe(connected.account);
    expect(account).toMatchObject({ login: 'jonas-lind', capabilities: { 'personal.list': 'works' } });
    expect(account).not.toHaveProperty('lastSyncAt');
    const listed = expectOk(await client('account.list', {})).accounts.map(({ id }) => id);
    expect(listed).toEqual([account.id, connected.account].toSorted());
  });

  test('a host with its own certificate authority needs it, once', async () => {
    await using connected = await connectedCore();
    const certificate = certificateFor('IP:127.0.0.1');
    await using secure = await startInBetween(connected.sandbox.url, certificate);
    const add = (caPem?: string) =>
      connected.client('account.add', {
        host: secure.url,
        value: signInValue(connected.sandbox),
        ...(caPem === undefined ? {} : { caPem }),
      });
    expect(expectFailure(await add())).toMatchObject({ code: 'network', hint: expect.stringContaining('PEM') });
    const { account } = expectOk(await add(certificate.caPem));
    const { sync } = expectOk(await connected.client('sync.run', { account: account.id }));
    expect(sync).toMatchObject({ accounts: 1, projects: 6 });
  });

  test('a name with control characters and a file that is no certificate are refused', async () => {
    await using temporary = await temporaryCore();
    const add = { host: 'http://127.0.0.1:1', value: bytes(personal) };
    for (const wrong of [{ name: 'a\nb' }, { caPem: 'hello' }]) {
      expect(expectFailure(await temporary.client('account.add', { ...add, ...wrong })).code).toBe('invalid-input');
    }
    const caPem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    expect(expectFailure(await temporary.client('account.add', { ...add, caPem })).code).toBe('invalid-input');
  });
});

describe('removing an account', () => {
  test('forgets its token, keeps what was seen, and stops watching', async () => {
    await using connected = await connectedCore();
    const { client, between } = connected;
    const before = await connected.tokens();
    expect(expectOk(await client('account.remove', { id: connected.account.slice(0, 7) })).account.id).toBe(
      connected.account,
    );
    expect(expectOk(await client('account.list', {})).accounts).toEqual([]);
    expect(await connected.tokens()).toEqual(before);
    expect(expectOk(await client('token.list', { account: connected.account })).tokens).toHaveLength(before.length);
    const { projects } = expectOk(await client('project.list', {}));
    expect(new Set(projects.map(({ watched }) => watched))).toEqual(new Set(['no']));

    const asked = between.asked.length;
    const codes = [
      expectFailure(await client('sync.run', { account: connected.account })).code,
      expectFailure(await client('account.remove', { id: connected.account })).code,
      expectFailure(await client('token.create-personal', { account: connected.account, label: 'x', keep: false }))
        .code,
      expectFailure(
        await client('token.create-project', { project: 'gh/tidewater/web', scope: 'status', label: 'x', keep: false }),
      ).code,
    ];
    expect(codes).toEqual(Array(4).fill('not-found'));
    const [rotation] = [await connected.rotate(before.find(({ label }) => label === 'danger') ?? { id: '' })];
    expect(rotation).toMatchObject({ state: 'failed', error: { code: 'unauthorized' } });
    expect(between.asked, 'no request left with a token that was forgotten').toHaveLength(asked);
  });

  test('and adding it again brings it back with its history', async () => {
    await using connected = await connectedCore();
    const { client, between, sandbox } = connected;
    expectOk(await client('project.remove', { slug: 'gh/tidewater/mobile' }));
    expectOk(await client('account.remove', { id: connected.account }));
    const { account } = expectOk(await client('account.add', { host: between.url, value: signInValue(sandbox) }));
    expect(account.id).toBe(connected.account);
    const { sync } = expectOk(await client('sync.run', {}));
    expect(sync).toMatchObject({ added: 0, projects: 5 });
    const watched = new Map(
      expectOk(await client('project.list', {})).projects.map((project) => [project.slug, project.watched]),
    );
    expect(watched.get('gh/tidewater/web')).toBe('followed');
    expect(watched.get('gh/tidewater/mobile'), 'what the person took out stays out').toBe('no');
  });
});

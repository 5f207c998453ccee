import { describe, expect, test } from 'vitest';
import { openSandbox } from '../../support/open-sandbox.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('how a token is sent', () => {
  test.each([
    ['Circle-Token', (value: string) => ({ 'circle-token': value })],
    ['Bearer', (value: string) => ({ authorization: `Bearer ${value}` })],
    ['Basic with the token as user', (value: string) => ({ authorization: `Basic ${base64(`${value}:`)}` })],
  ])('%s signs in', async (_form, headers) => {
    await using opened = await openSandbox();
    const { status, json } = await opened.ask('GET /api/v2/me', { headers: headers(opened.sandbox.personalToken) });
    expect(status).toBe(200);
    expect(json).toMatchObject({ login: 'maya-okafor', name: 'Maya Okafor' });
  });

  test('a token in the URL does not sign in', async () => {
    await using opened = await openSandbox();
    const path = `/api/v2/me?circle-token=${opened.sandbox.personalToken}`;
    expect((await opened.ask(`GET ${path}`, { headers: {} })).status).toBe(401);
  });

  test.each([
    { authorization: 'Bearer' },
    { authorization: 'Bearer ' },
    { authorization: `Basic ${base64(':')}` },
    { authorization: 'Digest x' },
    { 'circle-token': '' },
  ])('an empty or strange credential is a wrong one: %j', async (headers) => {
    await using opened = await openSandbox();
    expect((await opened.ask('GET /api/v2/me', { headers })).status).toBe(401);
  });
});

describe('what belongs to a person', () => {
  const routes = [
    'GET /api/v2/me',
    'GET /api/v2/me/collaborations',
    'GET /api/v2/project/gh/tidewater/web',
    'GET /api/v1.1/me',
    'GET /api/v1.1/projects',
    'GET /api/v1/user/token',
    'GET /api/v1.1/user/token',
  ];

  test.each(routes)('%s answers a personal token', async (route) => {
    await using opened = await openSandbox();
    expect((await opened.ask(route)).status).toBe(200);
  });

  test.each(routes)('%s refuses everybody else with 401', async (route) => {
    await using opened = await openSandbox();
    const asked = {
      nobody: { headers: {} },
      'a value that never was': { token: `CCIPAT_W7eCCY2DmbzG2Kdq59iV7s_${'0'.repeat(40)}` },
      'an expired token': { token: opened.valueOf('hackday') },
      'an Admin project token': { token: opened.valueOf('deploy-bot', 'gh/tidewater/web') },
      'a Status project token': { token: opened.valueOf('status badge', 'gh/tidewater/web') },
    };
    for (const [who, credential] of Object.entries(asked)) {
      const { status, json } = await opened.ask(route, credential);
      expect({ who, status }).toEqual({ who, status: 401 });
      expect(json).toEqual({ message: expect.any(String) });
    }
  });
});

test('a deleted token is refused from then on', async () => {
  await using opened = await openSandbox();
  const token = opened.valueOf('circleci-cli');
  expect((await opened.ask('GET /api/v2/me', { token })).status).toBe(200);
  const { id } = opened.sandbox.tokens().find(({ value }) => value === token) ?? { id: '' };
  expect((await opened.ask(`DELETE /api/v1/user/token/${id}`)).status).toBe(200);
  expect((await opened.ask('GET /api/v2/me', { token })).status).toBe(401);
});

test('a token is refused from the instant at which it expires', async () => {
  await using opened = await openSandbox();
  const token = opened.valueOf('terraform');
  const { tokens } = await opened.state();
  const expiresMs = Date.parse(tokens.find(({ value }) => value === token)?.expiresAt ?? '');
  opened.clock.advance(expiresMs - opened.clock.now() - 1);
  expect((await opened.ask('GET /api/v2/me', { token })).status).toBe(200);
  opened.clock.advance(1);
  expect((await opened.ask('GET /api/v2/me', { token })).status).toBe(401);
});

test('a legacy value signs in as its user', async () => {
  await using opened = await openSandbox();
  const token = opened.valueOf('orb-publishing');
  expect(token).toMatch(/^[0-9a-f]{40}$/);
  expect((await opened.ask('GET /api/v2/me', { token })).json).toMatchObject({ login: 'jonas-lind' });
});

test('using a token is noted with its time', async () => {
  await using opened = await openSandbox();
  const lastUsed = () => opened.sandbox.tokens().find(({ label }) => label === 'rondo')?.lastUsedAt;
  expect(lastUsed()).toBeUndefined();
  opened.clock.advance(5_000);
  await opened.ask('GET /api/v2/me');
  expect(lastUsed()).toBe(new Date(opened.clock.now()).toISOString());
});

test('the organizations carry vcs-type, and the own account has no id', async () => {
  await using opened = await openSandbox();
  const { json } = await opened.ask('GET /api/v2/me/collaborations');
  expect(json).toMatchObject([
    { id: null, 'vcs-type': 'github', slug: 'gh/maya-okafor' },
    { 'vcs-type': 'github', slug: 'gh/tidewater' },
    { 'vcs-type': 'bitbucket', slug: 'bb/tidewater-finance' },
    { 'vcs-type': 'circleci', name: 'Tidewater Labs', slug: expect.stringMatching(/^circleci\/\w{21,22}$/) },
  ]);
});

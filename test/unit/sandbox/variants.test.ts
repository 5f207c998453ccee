import { expect, test } from 'vitest';
import * as z from 'zod';
import { type OpenSandbox, openSandbox } from '../../support/open-sandbox.ts';

const personal = '/api/v1/user/token';
const web = '/api/v1.1/project/gh/tidewater/web/token';
const rows = z.array(z.looseObject({ id: z.string().optional(), label: z.string(), token: z.string().nullable() }));
const list = async (opened: OpenSandbox, path: string) => rows.parse((await opened.ask(`GET ${path}`)).json);
const create = (opened: OpenSandbox, body: object) => opened.ask(`POST ${personal}`, { body });

test('server: neither v3 nor OAuth, the rest as ever', async () => {
  await using opened = await openSandbox({ variants: ['server'] });
  const statuses = async (...requests: string[]) =>
    Promise.all(requests.map(async (request) => (await opened.ask(request)).status));
  expect(
    await statuses(
      'GET /api/v3/orgs',
      'GET /.well-known/oauth-authorization-server',
      'POST /oauth/register',
      'GET /oauth/authorize',
    ),
  ).toEqual([404, 404, 404, 404]);
  expect(await statuses('GET /api/v2/me', `GET ${personal}`, `GET ${web}`)).toEqual([200, 200, 200]);
});

test('the cloud has v3, which speaks of errors in its own way', async () => {
  await using opened = await openSandbox();
  expect((await opened.ask('GET /api/v3/users?filter[user_id]=me')).json).toMatchObject({
    data: [{ attributes: { login: 'maya-okafor' } }],
  });
  expect((await opened.ask('GET /api/v3/orgs')).json).toMatchObject({ data: [{}, {}, {}] });
  expect((await opened.ask('GET /api/v3/orgs', { headers: {} })).json).toMatchObject({
    error: { type: 'unauthorized' },
  });
  expect((await opened.ask('GET /api/v3/users')).status).toBe(400);
});

test('no-personal-routes: neither version has them, and projects’ tokens are as ever', async () => {
  await using opened = await openSandbox({ variants: ['no-personal-routes'] });
  const asked = ['GET /api/v1/user/token', 'POST /api/v1.1/user/token', 'DELETE /api/v1/user/token/x'];
  for (const request of asked) expect((await opened.ask(request)).status, request).toBe(404);
  expect(await list(opened, web)).not.toEqual([]);
});

test('expiry-required: a create without one makes nothing', async () => {
  await using opened = await openSandbox({ variants: ['expiry-required'] });
  expect((await create(opened, { label: 'ci' })).status).toBe(400);
  expect(opened.sandbox.tokens().map(({ label }) => label)).not.toContain('ci');
  const expires_at = new Date(opened.clock.now() + 86_400_000).toISOString();
  expect((await create(opened, { label: 'ci', expires_at })).status).toBe(201);
});

test.each([personal, web])('delete-by-value: %s/ID is not found, %s/VALUE is', async (path) => {
  await using opened = await openSandbox({ variants: ['delete-by-value'] });
  const row = (await list(opened, path)).at(-1);
  const value = opened.sandbox.tokens().find(({ id }) => id === row?.id)?.value ?? '';
  expect((await opened.ask(`DELETE ${path}/${row?.id}`)).status).toBe(404);
  expect((await opened.ask(`DELETE ${path}/${value}`)).status).toBe(200);
  expect((await list(opened, path)).map(({ id }) => id)).not.toContain(row?.id);
});

test.each([personal, web])('no-ids: %s names tokens by label', async (path) => {
  await using opened = await openSandbox({ variants: ['no-ids'] });
  const found = await list(opened, path);
  expect(found.length).toBeGreaterThan(1);
  for (const row of found) expect(row).toMatchObject({ label: expect.any(String), token: null });
  expect(found.filter(({ id }) => id !== undefined)).toEqual([]);
  const made = await opened.ask(`POST ${path}`, { body: { label: 'ci', scope: path === web ? 'all' : 'admin' } });
  expect(made.json).toMatchObject({ label: 'ci', token: expect.any(String) });
  expect(made.json).not.toHaveProperty('id');
});

test.each([personal, web])('create-without-id: %s gives the id in its list only', async (path) => {
  await using opened = await openSandbox({ variants: ['create-without-id'] });
  const made = await opened.ask(`POST ${path}`, { body: { label: 'ci', scope: path === web ? 'all' : 'admin' } });
  expect(made.json).toMatchObject({ label: 'ci', token: expect.any(String) });
  expect(made.json).not.toHaveProperty('id');
  expect((await list(opened, path)).at(-1)).toMatchObject({ label: 'ci', id: expect.any(String) });
});

test('no-times: project tokens are listed and made without one', async () => {
  await using opened = await openSandbox({ variants: ['no-times'] });
  const rows = await list(opened, web);
  expect(rows).not.toEqual([]);
  for (const row of rows) expect(row).not.toHaveProperty('time');
});

test.each([personal, web])('plain-values: %s shows them', async (path) => {
  await using opened = await openSandbox({ variants: ['plain-values'] });
  for (const { id, token } of await list(opened, path)) {
    expect(opened.sandbox.tokens().find((known) => known.id === id)?.value).toBe(token);
  }
});

test('sso: a new token opens nothing of the organization until it was authorized', async () => {
  await using opened = await openSandbox({ variants: ['sso'] });
  const made = z.looseObject({ id: z.string(), token: z.string() }).parse((await create(opened, { label: 'ci' })).json);
  const statuses = async (token: string) => {
    const asked = [
      'GET /api/v2/me',
      `GET ${web}`,
      'GET /api/v1.1/project/gh/tidewater/web',
      'GET /api/v2/context?owner-slug=gh/tidewater',
      'GET /api/v1.1/project/bb/tidewater-finance/billing',
    ];
    return Promise.all(asked.map(async (request) => (await opened.ask(request, { token })).status));
  };
  expect(await statuses(opened.sandbox.personalToken)).toEqual([200, 200, 200, 200, 200]);
  expect(await statuses(made.token)).toEqual([200, 403, 403, 403, 200]);
  const authorize = (organization: string) =>
    opened.ask('POST /__sandbox/authorize', { body: { token: made.id, organization } });
  expect((await authorize('bb/tidewater-finance')).status).toBe(404);
  expect((await authorize('gh/tidewater')).status).toBe(200);
  expect(await statuses(made.token)).toEqual([200, 200, 200, 200, 200]);
});

test('nobody hands on more access than the token that asks has', async () => {
  await using opened = await openSandbox();
  const token = opened.valueOf('release-please');
  const made = async (scope?: string) =>
    (await opened.ask(`POST ${personal}`, { token, body: { label: 'ci', ...(scope === undefined ? {} : { scope }) } }))
      .status;
  expect([await made('admin'), await made('write'), await made('read'), await made()]).toEqual([403, 201, 201, 201]);
});

test('by hand: what a person makes and deletes on CircleCI’s page, whatever routes there are', async () => {
  await using opened = await openSandbox({ variants: ['no-personal-routes'] });
  const made = await opened.ask('POST /__sandbox/tokens', { body: { label: 'typed', scope: 'write' } });
  const { id, value } = z.looseObject({ id: z.string(), value: z.string() }).parse(made.json);
  expect((await opened.ask('GET /api/v2/me', { token: value })).status).toBe(200);
  expect((await opened.ask(`DELETE /__sandbox/tokens/${id}`)).status).toBe(200);
  expect((await opened.ask('GET /api/v2/me', { token: value })).status).toBe(401);
  expect((await opened.ask(`DELETE /__sandbox/tokens/${id}`)).status).toBe(404);
  const project = { label: 'typed', scope: 'all', project: 'gh/tidewater/web' };
  expect((await opened.ask('POST /__sandbox/tokens', { body: project })).status).toBe(201);
  expect((await list(opened, web)).map(({ label }) => label)).toContain('typed');
  expect((await opened.ask('POST /__sandbox/tokens', { body: { ...project, project: 'gh/no/one' } })).status).toBe(404);
});

import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type OpenSandbox, openSandbox } from '../../support/open-sandbox.ts';

const listed = z.array(
  z.strictObject({
    id: z.uuid(),
    label: z.string(),
    scope: z.enum(['status', 'view-builds', 'all']),
    token: z.null(),
    time: z.iso.datetime(),
  }),
);

const routeOf = (slug: string) => `/api/v1.1/project/${slug}/token`;
const route = routeOf('gh/tidewater/web');
const list = async (opened: OpenSandbox, path = route) => listed.parse((await opened.ask(`GET ${path}`)).json);

test('the list has the project’s tokens and no values', async () => {
  await using opened = await openSandbox();
  expect((await list(opened)).map(({ label }) => label)).toEqual([
    'deploy-bot',
    'status badge',
    'grafana-exporter',
    'danger',
  ]);
  const { text } = await opened.ask(`GET ${route}`);
  for (const { value } of opened.sandbox.tokens()) expect(text).not.toContain(value);
});

test('both spellings of a slug are the same project', async () => {
  await using opened = await openSandbox();
  expect(await list(opened, routeOf('github/tidewater/web'))).toEqual(await list(opened));
});

test('an encoded slash is not a separator', async () => {
  await using opened = await openSandbox();
  expect((await opened.ask(`GET ${routeOf('gh%2Ftidewater%2Fweb')}`)).status).toBe(404);
});

test('every seeded project lists its tokens, but for the one that is closed to the person', async () => {
  await using opened = await openSandbox();
  const statuses: Record<string, number> = {};
  for (const slug of opened.sandbox.projects) statuses[slug] = (await opened.ask(`GET ${routeOf(slug)}`)).status;
  const { 'gh/tidewater/infrastructure': closed, ...open } = statuses;
  expect(closed).toBe(403);
  expect(Object.values(open)).toEqual([200, 200, 200, 200, 200, 200, 200]);
});

test.each(['status', 'view-builds', 'all'])('a create of scope %s answers the value once', async (scope) => {
  await using opened = await openSandbox();
  const created = await opened.ask(`POST ${route}`, { body: { label: 'deploy-bot', scope } });
  expect(created.status).toBe(201);
  const { token, id, ...rest } = z.looseObject({ token: z.string(), id: z.string() }).parse(created.json);
  expect(rest).toEqual({ label: 'deploy-bot', scope, time: new Date(opened.clock.now()).toISOString() });
  expect(token).toMatch(/^CCIPRJ_/);
  expect((await list(opened)).find((one) => one.id === id)).toMatchObject({ label: 'deploy-bot', scope, token: null });
});

test.each([
  ['not JSON', 'label=ci'],
  ['no label', { scope: 'all' }],
  ['no scope', { label: 'ci' }],
  ['an unknown scope', { label: 'ci', scope: 'admin' }],
])('a create with %s is 400 and makes nothing', async (_what, body) => {
  await using opened = await openSandbox();
  const { status, json } = await opened.ask(`POST ${route}`, { body });
  expect(status).toBe(400);
  expect(json).toEqual({ message: expect.any(String) });
  expect(await list(opened)).toHaveLength(4);
});

describe('a delete', () => {
  test('takes the token away, and its value is dead', async () => {
    await using opened = await openSandbox();
    const token = opened.valueOf('danger', 'gh/tidewater/web');
    const { id } = (await list(opened)).find(({ label }) => label === 'danger') ?? { id: '' };
    expect((await opened.ask('GET /api/v1.1/project/gh/tidewater/web', { token })).status).toBe(200);
    expect((await opened.ask(`DELETE ${route}/${id}`)).status).toBe(200);
    expect((await opened.ask('GET /api/v1.1/project/gh/tidewater/web', { token })).status).toBe(404);
    expect((await opened.ask(`DELETE ${route}/${id}`)).status).toBe(404);
  });

  test('of another project’s token is 404 and deletes nothing', async () => {
    await using opened = await openSandbox();
    const [{ id } = { id: '' }] = await list(opened, routeOf('gh/tidewater/api'));
    expect((await opened.ask(`DELETE ${route}/${id}`)).status).toBe(404);
    expect((await list(opened, routeOf('gh/tidewater/api'))).map((token) => token.id)).toContain(id);
  });
});

describe('who may manage the tokens of a private project', () => {
  test.each([
    ['nobody', undefined, 404],
    ['a dead token', 'hackday', 404],
    ['an Admin token of the project', 'deploy-bot', 403],
    ['a Status token of the project', 'status badge', 403],
  ])('%s may not: %s %i', async (_who, label, expected) => {
    await using opened = await openSandbox();
    const project = label === 'hackday' ? undefined : 'gh/tidewater/web';
    const credential = label === undefined ? { headers: {} } : { token: opened.valueOf(label, project) };
    const [{ id } = { id: '' }] = await list(opened);
    const body = { label: 'ci', scope: 'all' };
    expect((await opened.ask(`GET ${route}`, credential)).status).toBe(expected);
    expect((await opened.ask(`POST ${route}`, { ...credential, body })).status).toBe(expected);
    expect((await opened.ask(`DELETE ${route}/${id}`, credential)).status).toBe(expected);
    expect(await list(opened)).toHaveLength(4);
  });

  test('an Admin token of another project may not know of it', async () => {
    await using opened = await openSandbox();
    const token = opened.valueOf('deploy-bot', 'gh/tidewater/api');
    expect((await opened.ask(`GET ${route}`, { token })).status).toBe(404);
  });

  test('a person outside its organization may not know of it', async () => {
    await using opened = await openSandbox();
    const token = opened.valueOf('jonas-laptop');
    expect((await opened.ask(`GET ${route}`, { token })).status).toBe(200);
    expect((await opened.ask(`GET ${routeOf('bb/tidewater-finance/billing')}`, { token })).status).toBe(404);
  });

  test('a personal token of read access lists, but neither creates nor deletes', async () => {
    await using opened = await openSandbox();
    const token = opened.valueOf('editor-extension');
    const [{ id } = { id: '' }] = await list(opened);
    expect((await opened.ask(`GET ${route}`, { token })).status).toBe(200);
    expect((await opened.ask(`POST ${route}`, { token, body: { label: 'ci', scope: 'all' } })).status).toBe(403);
    expect((await opened.ask(`DELETE ${route}/${id}`, { token })).status).toBe(403);
    expect(await list(opened)).toHaveLength(4);
  });

  test('a personal token of write access does all of it', async () => {
    await using opened = await openSandbox();
    const token = opened.valueOf('release-please');
    const [{ id } = { id: '' }] = await list(opened);
    expect((await opened.ask(`POST ${route}`, { token, body: { label: 'ci', scope: 'all' } })).status).toBe(201);
    expect((await opened.ask(`DELETE ${route}/${id}`, { token })).status).toBe(200);
  });

  test('a colleague opens the settings that are closed to the signed-in person', async () => {
    await using opened = await openSandbox();
    const path = routeOf('gh/tidewater/infrastructure');
    expect((await opened.ask(`GET ${path}`, { token: opened.valueOf('jonas-laptop') })).status).toBe(200);
    expect((await opened.ask(`POST ${path}`, { body: { label: 'ci', scope: 'all' } })).status).toBe(403);
  });
});

test('the tokens of a public project are not public', async () => {
  await using opened = await openSandbox();
  const path = routeOf('gh/tidewater/design-system');
  expect((await opened.ask(`GET ${path}`, { headers: {} })).status).toBe(401);
  expect((await opened.ask(`GET ${path}`, { token: opened.valueOf('hackday') })).status).toBe(401);
  const stranger = opened.valueOf('deploy-bot', 'gh/tidewater/web');
  expect((await opened.ask(`GET ${path}`, { token: stranger })).status).toBe(403);
});

import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type OpenSandbox, openSandbox } from '../../support/open-sandbox.ts';

const listed = z.array(
  z.strictObject({
    id: z.uuid(),
    label: z.string(),
    token: z.null(),
    scope: z.enum(['read', 'write', 'admin']),
    time: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable(),
  }),
);

const route = '/api/v1/user/token';
const dayMs = 86_400_000;
const inDays = (opened: OpenSandbox, days: number) => new Date(opened.clock.now() + days * dayMs).toISOString();
const list = async (opened: OpenSandbox, token = opened.sandbox.personalToken) =>
  listed.parse((await opened.ask(`GET ${route}`, { token })).json);

test.each(['/api/v1/user/token', '/api/v1.1/user/token'])('%s lists, creates and deletes', async (path) => {
  await using opened = await openSandbox();
  const created = await opened.ask(`POST ${path}`, { body: { label: 'renovate' } });
  expect(created.status).toBe(201);
  const { id } = z.object({ id: z.string() }).parse(created.json);
  const ids = async () => listed.parse((await opened.ask(`GET ${path}`)).json).map((token) => token.id);
  expect(await ids()).toContain(id);
  expect((await opened.ask(`DELETE ${path}/${id}`)).status).toBe(200);
  expect(await ids()).not.toContain(id);
});

test('the list has the caller’s own tokens and no values', async () => {
  await using opened = await openSandbox();
  const mine = await list(opened);
  expect(mine.map(({ label }) => label)).toEqual([
    'rondo',
    'circleci-cli',
    'old-laptop',
    'editor-extension',
    'release-please',
    'terraform',
    'hackday',
  ]);
  const theirs = await list(opened, opened.valueOf('jonas-laptop'));
  expect(theirs.map(({ label }) => label)).toEqual(['jonas-laptop', 'orb-publishing']);
  const { text } = await opened.ask(`GET ${route}`);
  for (const { value } of opened.sandbox.tokens()) expect(text).not.toContain(value);
});

test('a create answers the value once, and it works', async () => {
  await using opened = await openSandbox();
  const created = await opened.ask(`POST ${route}`, {
    body: { label: 'ci', scope: 'write', expires_at: inDays(opened, 90) },
  });
  const { token, ...rest } = z.looseObject({ token: z.string() }).parse(created.json);
  expect(rest).toEqual({
    id: expect.any(String),
    label: 'ci',
    scope: 'write',
    time: new Date(opened.clock.now()).toISOString(),
    expires_at: inDays(opened, 90),
    last_used_at: null,
  });
  expect(token).toMatch(/^CCIPAT_/);
  expect((await opened.ask('GET /api/v2/me', { token })).json).toMatchObject({ login: 'maya-okafor' });
});

test('labels need not be unique', async () => {
  await using opened = await openSandbox();
  for (const _ of [1, 2]) expect((await opened.ask(`POST ${route}`, { body: { label: 'rondo' } })).status).toBe(201);
  expect((await list(opened)).filter(({ label }) => label === 'rondo')).toHaveLength(3);
});

describe('expiry', () => {
  test('is a year where none was asked for', async () => {
    await using opened = await openSandbox();
    const { json } = await opened.ask(`POST ${route}`, { body: { label: 'ci' } });
    expect(json).toMatchObject({ expires_at: inDays(opened, 365), scope: 'admin' });
  });

  test.each([
    [365, 201],
    [366, 400],
    [0, 400],
    [-1, 400],
  ])('in %i days answers %i', async (days, expected) => {
    await using opened = await openSandbox();
    const body = { label: 'ci', expires_at: inDays(opened, days) };
    expect((await opened.ask(`POST ${route}`, { body })).status).toBe(expected);
  });
});

test.each([
  ['not JSON', '{"label":'],
  ['an empty body', ''],
  ['JSON, but no object', '["label"]'],
  ['no label', {}],
  ['an empty label', { label: ' ' }],
  ['a label that is no text', { label: 7 }],
  ['an unknown scope', { label: 'ci', scope: 'status' }],
  ['a date that is none', { label: 'ci', expires_at: 'soon' }],
  ['a date as a number', { label: 'ci', expires_at: 1 }],
])('a create with %s is 400 and makes nothing', async (_what, body) => {
  await using opened = await openSandbox();
  const before = opened.sandbox.tokens().length;
  const { status, json } = await opened.ask(`POST ${route}`, { body });
  expect(status).toBe(400);
  expect(json).toEqual({ message: expect.any(String) });
  expect(opened.sandbox.tokens()).toHaveLength(before);
});

describe('a token of read access', () => {
  test('lists', async () => {
    await using opened = await openSandbox();
    expect(await list(opened, opened.valueOf('editor-extension'))).toHaveLength(7);
  });

  test('neither creates nor deletes', async () => {
    await using opened = await openSandbox();
    const token = opened.valueOf('editor-extension');
    const before = opened.sandbox.tokens().length;
    const [{ id } = { id: '' }] = await list(opened);
    expect((await opened.ask(`POST ${route}`, { token, body: { label: 'ci' } })).status).toBe(403);
    expect((await opened.ask(`DELETE ${route}/${id}`, { token })).status).toBe(403);
    expect(opened.sandbox.tokens()).toHaveLength(before);
  });
});

test('a token of write access creates and deletes', async () => {
  await using opened = await openSandbox();
  const token = opened.valueOf('release-please');
  expect((await opened.ask(`POST ${route}`, { token, body: { label: 'ci' } })).status).toBe(201);
  const { id } = (await list(opened)).find(({ label }) => label === 'ci') ?? { id: '' };
  expect((await opened.ask(`DELETE ${route}/${id}`, { token })).status).toBe(200);
});

describe('a delete', () => {
  test('of a colleague’s token is 404 and deletes nothing', async () => {
    await using opened = await openSandbox();
    const token = opened.valueOf('jonas-laptop');
    const [{ id } = { id: '' }] = await list(opened, token);
    expect((await opened.ask(`DELETE ${route}/${id}`)).status).toBe(404);
    expect((await opened.ask('GET /api/v2/me', { token })).status).toBe(200);
  });

  test('by value, of an unknown id and a second time is 404', async () => {
    await using opened = await openSandbox();
    const { id, value } = opened.sandbox.tokens().find(({ label }) => label === 'old-laptop') ?? { id: '', value: '' };
    expect((await opened.ask(`DELETE ${route}/${value}`)).status).toBe(404);
    expect((await opened.ask(`DELETE ${route}/nonsense`)).status).toBe(404);
    expect((await opened.ask(`DELETE ${route}/${id}`)).status).toBe(200);
    expect((await opened.ask(`DELETE ${route}/${id}`)).status).toBe(404);
  });

  test('of a project’s token by its id is 404', async () => {
    await using opened = await openSandbox();
    const { id } = opened.sandbox.tokens().find(({ kind }) => kind === 'project') ?? { id: '' };
    expect((await opened.ask(`DELETE ${route}/${id}`)).status).toBe(404);
  });
});

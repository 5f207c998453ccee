import { describe, expect, test } from 'vitest';
import { callerOf, failureOf, plainMemory, type TestClient, testClient } from '../../support/circleci-client.ts';
import { json, type Script, scriptedHost, signedInUser } from '../../support/scripted-host.ts';

const place = { kind: 'project', slug: 'gh/acme/web' } as const;
const path = '/api/v1.1/project/gh/acme/web/token';
const row = { id: 'b3a1', label: 'badge', scope: 'status', token: null };
const value = `CCIPRJ_BUfDLh3DXGFs8Zr2q1KWWq_${'0'.repeat(36)}beef`;

const answering =
  (status: number, me = 200): Script =>
  (request, response) =>
    request.path === '/api/v2/me'
      ? json(response, me, me === 200 ? signedInUser : { message: 'You must log in first.' })
      : json(response, status, { message: 'Project not found' });

const acts = [
  ['project.list', (client: TestClient, origin: string) => client.circleci.listTokens(callerOf({ origin }), place)],
  [
    'project.create',
    (client: TestClient, origin: string) =>
      client.circleci.createToken(callerOf({ origin }), place, { label: 'x', wireScope: 'all' }),
  ],
  [
    'project.delete',
    (client: TestClient, origin: string) => client.circleci.deleteToken(callerOf({ origin }), place, 'b3a1'),
  ],
] as const;

describe('tokens of a project', () => {
  test('are listed, created and deleted', async () => {
    await using host = await scriptedHost((request, response) => {
      if (request.method === 'GET') json(response, 200, [row]);
      else if (request.method === 'POST') json(response, 201, { ...row, ...JSON.parse(request.body), token: value });
      else json(response, 200, { message: 'ok' });
    });
    await using client = testClient();
    expect(await client.circleci.listTokens(callerOf(host), { kind: 'project', slug: 'github/acme/web' })).toEqual({
      tokens: [{ remoteId: 'b3a1', label: 'badge', wireScope: 'status' }],
      complete: true,
    });
    const created = await client.circleci.createToken(callerOf(host), place, {
      label: 'new',
      wireScope: 'view-builds',
    });
    expect(created).toMatchObject({
      outcome: 'created',
      token: { label: 'new', wireScope: 'view-builds', tail: 'beef' },
    });
    expect(await client.circleci.deleteToken(callerOf(host), place, 'b3a1')).toBe('deleted');
    expect(host.asked()).toEqual([`GET ${path}`, `POST ${path}`, `DELETE ${path}/b3a1`]);
    expect(JSON.parse(host.requests[1]?.body ?? '')).toEqual({ label: 'new', scope: 'view-builds' });
    expect(client.memory.facts).toEqual({
      'project.list': 'works',
      'project.create': 'works',
      'project.delete': 'works',
    });
  });

  test('are not created without a scope, and not asked for with what is no slug', async () => {
    await using host = await scriptedHost(answering(200));
    await using client = testClient();
    const bad = { kind: 'project', slug: 'gh/../token' } as const;
    const failures = await Promise.all([
      failureOf(client.circleci.createToken(callerOf(host), place, { label: 'x' })),
      failureOf(client.circleci.listTokens(callerOf(host), bad)),
      failureOf(client.circleci.createToken(callerOf(host), bad, { label: 'x', wireScope: 'all' })),
      failureOf(client.circleci.deleteToken(callerOf(host), bad, 'b3a1')),
      failureOf(client.circleci.readProject(callerOf(host), bad.slug)),
      failureOf(client.circleci.readBadge(callerOf(host), bad.slug)),
    ]);
    expect(failures.map(({ code }) => code)).toEqual(Array(6).fill('invalid-input'));
    expect(host.requests).toHaveLength(0);
  });
});

describe.each(acts)('%s refused', (route, act) => {
  test('404 with a token that works: the project is not found, which teaches nothing about the host', async () => {
    await using host = await scriptedHost(answering(404));
    await using client = testClient();
    expect(await failureOf(act(client, host.origin))).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('Project not found'),
    });
    expect(host.asked().at(-1)).toBe('GET /api/v2/me');
    expect(client.memory.facts).toEqual({});
  });

  test.each([[401], [404]])('%i with a dead token: unauthorized', async (status) => {
    await using host = await scriptedHost(answering(status, 401));
    await using client = testClient();
    expect(await failureOf(act(client, host.origin))).toMatchObject({ code: 'unauthorized' });
    expect(client.memory.facts).toEqual({});
  });

  test.each([[401], [403]])('%i with a token that works: forbidden', async (status) => {
    await using host = await scriptedHost(answering(status));
    await using client = testClient();
    expect(await failureOf(act(client, host.origin))).toMatchObject({ code: 'forbidden' });
    expect(client.memory.facts).toEqual({ [route]: 'refused' });
  });

  test('403 for one project does not unlearn that it works for others', async () => {
    await using host = await scriptedHost(answering(403));
    await using client = testClient({ memory: plainMemory({ [route]: 'works' }) });
    expect(await failureOf(act(client, host.origin))).toMatchObject({ code: 'forbidden' });
    expect(client.memory.facts).toEqual({ [route]: 'works' });
  });

  test.each([[405], [410], [501]])('%i: the host lacks the route', async (status) => {
    await using host = await scriptedHost(answering(status));
    await using client = testClient();
    expect(await failureOf(act(client, host.origin))).toMatchObject({ code: 'unsupported' });
    expect(client.memory.facts).toEqual({ [route]: 'absent' });
  });
});

describe('deleting', () => {
  const listing =
    (rows: readonly unknown[]): Script =>
    (request, response) =>
      request.method === 'GET' ? json(response, 200, rows) : json(response, 404, { message: 'Not found' });

  test('a 404 counts as gone if the list works and lacks it', async () => {
    await using host = await scriptedHost(listing([]));
    await using client = testClient();
    expect(await client.circleci.deleteToken(callerOf(host), place, 'b3a1')).toBe('already-gone');
  });

  test('a 404 while the list has a row that cannot be read tells nothing', async () => {
    await using host = await scriptedHost(listing([17]));
    await using client = testClient();
    const failure = await failureOf(client.circleci.deleteToken(callerOf(host), place, 'b3a1'));
    expect(failure).toMatchObject({
      code: 'server-error',
      message: expect.stringMatching(/may be deleted all the same/),
    });
    expect(client.memory.facts).not.toHaveProperty(['project.delete']);
  });

  test('a 404 while the list still has it: the host does not delete by id', async () => {
    await using host = await scriptedHost(listing([row]));
    await using client = testClient();
    expect(await failureOf(client.circleci.deleteToken(callerOf(host), place, 'b3a1'))).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('Nothing was deleted.'),
    });
    expect(client.memory.facts['project.delete']).toBe('absent');
  });
});

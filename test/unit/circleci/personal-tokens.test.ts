import { describe, expect, test } from 'vitest';
import { callerOf, failureOf, personalValue, plainMemory, testClient } from '../../support/circleci-client.ts';
import { json, type Script, scriptedHost, signedInUser } from '../../support/scripted-host.ts';

const personal = { kind: 'personal' } as const;
const row = { id: 'b3a1', label: 'deploy' };

/** Routes by `METHOD /path`; what is not there is 404. */
function routes(table: Readonly<Record<string, (answer: Parameters<Script>[1]) => void>>): Script {
  return (request, response) => {
    const route = table[`${request.method} ${request.path}`];
    if (route !== undefined) route(response);
    else if (request.path === '/api/v2/me') json(response, 200, signedInUser);
    else json(response, 404, { message: 'Not found' });
  };
}

describe('under which version', () => {
  test('v1 first; what worked is remembered', async () => {
    await using host = await scriptedHost(routes({ 'GET /api/v1/user/token': (answer) => json(answer, 200, [row]) }));
    await using client = testClient();
    expect(await client.circleci.listTokens(callerOf(host), personal)).toEqual({
      tokens: [{ remoteId: 'b3a1', label: 'deploy' }],
      complete: true,
    });
    expect(host.asked()).toEqual(['GET /api/v1/user/token']);
    expect(client.memory.facts).toEqual({ 'personal.list': 'works', personalVersion: 'v1' });
  });

  test('where v1 lacks it, v1.1; from then on v1.1 is asked first', async () => {
    await using host = await scriptedHost(
      routes({
        'GET /api/v1.1/user/token': (answer) => json(answer, 200, [row]),
        'POST /api/v1.1/user/token': (answer) => json(answer, 200, { ...row, token: personalValue }),
        'DELETE /api/v1.1/user/token/b3a1': (answer) => json(answer, 200, { message: 'ok' }),
      }),
    );
    await using client = testClient();
    await client.circleci.listTokens(callerOf(host), personal);
    expect(await client.circleci.createToken(callerOf(host), personal, { label: 'deploy' })).toMatchObject({
      outcome: 'created',
    });
    expect(await client.circleci.deleteToken(callerOf(host), personal, 'b3a1')).toBe('deleted');
    expect(host.asked()).toEqual([
      'GET /api/v1/user/token',
      'GET /api/v1.1/user/token',
      'POST /api/v1.1/user/token',
      'DELETE /api/v1.1/user/token/b3a1',
    ]);
    expect(client.memory.facts).toEqual({
      'personal.list': 'works',
      'personal.create': 'works',
      'personal.delete': 'works',
      personalVersion: 'v1.1',
    });
  });

  test('a remembered version that is gone gives way to the other', async () => {
    await using host = await scriptedHost(routes({ 'GET /api/v1/user/token': (answer) => json(answer, 200, []) }));
    await using client = testClient({ memory: plainMemory({ personalVersion: 'v1.1' }) });
    await client.circleci.listTokens(callerOf(host), personal);
    expect(client.memory.facts.personalVersion).toBe('v1');
  });
});

describe('what is learned of a host', () => {
  const acts = [
    [
      'personal.list',
      'GET',
      (client: ReturnType<typeof testClient>, origin: string) =>
        client.circleci.listTokens(callerOf({ origin }), personal),
    ],
    [
      'personal.create',
      'POST',
      (client: ReturnType<typeof testClient>, origin: string) =>
        client.circleci.createToken(callerOf({ origin }), personal, { label: 'x' }),
    ],
    [
      'personal.delete',
      'DELETE',
      (client: ReturnType<typeof testClient>, origin: string) =>
        client.circleci.deleteToken(callerOf({ origin }), personal, 'b3a1'),
    ],
  ] as const;

  const answering =
    (status: number, me: number): Script =>
    (request, response) =>
      request.path === '/api/v2/me'
        ? json(response, me, me === 200 ? signedInUser : { message: 'Invalid token provided.' })
        : json(response, status, {});

  describe.each(acts)('%s', (route, _method, act) => {
    test.each([[404], [405], [410], [501]])('%i under both versions: absent', async (status) => {
      await using host = await scriptedHost(answering(status, 200));
      await using client = testClient();
      expect(await failureOf(act(client, host.origin))).toMatchObject({ code: 'unsupported' });
      const learned = client.memory.facts;
      // To tell a 404 to a delete from a token that is gone, the list is read: it is absent as well.
      expect(learned).toEqual(
        status === 404 && route === 'personal.delete' ? { 'personal.list': 'absent' } : { [route]: 'absent' },
      );
    });

    test('403: refused', async () => {
      await using host = await scriptedHost(answering(403, 200));
      await using client = testClient();
      expect(await failureOf(act(client, host.origin))).toMatchObject({ code: 'forbidden' });
      expect(client.memory.facts).toEqual({ [route]: 'refused' });
    });

    test('401 though the token works: refused', async () => {
      await using host = await scriptedHost(answering(401, 200));
      await using client = testClient();
      expect(await failureOf(act(client, host.origin))).toMatchObject({ code: 'forbidden' });
      expect(client.memory.facts).toEqual({ [route]: 'refused' });
    });

    test.each([[401], [404]])('%i with a dead token: unauthorized, and nothing is learned', async (status) => {
      await using host = await scriptedHost(answering(status, 401));
      await using client = testClient();
      expect(await failureOf(act(client, host.origin))).toMatchObject({ code: 'unauthorized' });
      expect(client.memory.facts).toEqual({});
    });

    test.each([[400], [422]])('%i: refused as a request, and nothing is learned', async (status) => {
      await using host = await scriptedHost(answering(status, 200));
      await using client = testClient();
      expect(await failureOf(act(client, host.origin))).toMatchObject({ code: 'refused' });
      expect(client.memory.facts).toEqual({});
    });
  });

  test('a memory that cannot be written never costs the new token', async () => {
    const memory = {
      ...plainMemory(),
      learned: () => {
        throw new Error('disk full');
      },
    };
    await using host = await scriptedHost((_request, response) =>
      json(response, 201, { ...row, token: personalValue }),
    );
    await using client = testClient({ memory });
    const created = await client.circleci.createToken(callerOf(host), personal, { label: 'deploy' });
    expect(created).toMatchObject({ outcome: 'created', token: { remoteId: 'b3a1', tail: personalValue.slice(-4) } });
  });
});

describe('creating', () => {
  test('expiry and access are sent only when asked for', async () => {
    await using host = await scriptedHost((_request, response) =>
      json(response, 201, { ...row, token: personalValue }),
    );
    await using client = testClient();
    const create = (request: { expiresAt?: string; access?: string }) =>
      client.circleci.createToken(callerOf(host), personal, { label: 'deploy 🎼', ...request });
    await create({});
    await create({ expiresAt: '2027-01-01T00:00:00.000Z', access: 'read' });
    expect(host.requests.map(({ body }) => JSON.parse(body))).toEqual([
      { label: 'deploy 🎼' },
      { label: 'deploy 🎼', expires_at: '2027-01-01T00:00:00.000Z', scope: 'read' },
    ]);
  });

  test('the new value comes as bytes', async () => {
    await using host = await scriptedHost((_request, response) =>
      json(response, 201, { ...row, token: personalValue }),
    );
    await using client = testClient();
    const created = await client.circleci.createToken(callerOf(host), personal, { label: 'deploy' });
    if (created.outcome !== 'created') throw new Error('not created');
    expect(Buffer.from(created.token.value).toString()).toBe(personalValue);
  });
});

describe('deleting', () => {
  test('a 404 counts as gone if the list works and lacks it', async () => {
    await using host = await scriptedHost(routes({ 'GET /api/v1/user/token': (answer) => json(answer, 200, []) }));
    await using client = testClient();
    expect(await client.circleci.deleteToken(callerOf(host), personal, 'b3a1')).toBe('already-gone');
    expect(client.memory.facts).not.toHaveProperty(['personal.delete']);
  });

  test('a 404 while the list has a row that cannot be read tells nothing', async () => {
    await using host = await scriptedHost(routes({ 'GET /api/v1/user/token': (answer) => json(answer, 200, [17]) }));
    await using client = testClient();
    const failure = await failureOf(client.circleci.deleteToken(callerOf(host), personal, 'b3a1'));
    expect(failure).toMatchObject({
      code: 'server-error',
      message: expect.stringMatching(/may be deleted all the same/),
    });
    expect(client.memory.facts).not.toHaveProperty(['personal.delete']);
  });

  test('a 404 while the list still has it: the host deletes in another way', async () => {
    await using host = await scriptedHost(routes({ 'GET /api/v1/user/token': (answer) => json(answer, 200, [row]) }));
    await using client = testClient();
    const failure = await failureOf(client.circleci.deleteToken(callerOf(host), personal, 'b3a1'));
    expect(failure).toMatchObject({ code: 'unsupported', message: expect.stringContaining('Nothing was deleted.') });
    expect(client.memory.facts['personal.delete']).toBe('absent');
  });

  test('an id that is a value is never put in an address', async () => {
    await using host = await scriptedHost(routes({}));
    await using client = testClient();
    const failure = await failureOf(client.circleci.deleteToken(callerOf(host), personal, personalValue));
    expect(failure).toMatchObject({ code: 'invalid-input' });
    expect(host.requests).toHaveLength(0);
  });
});

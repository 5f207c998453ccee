import { describe, expect, test } from 'vitest';
import { callerOf, failureOf, testClient } from '../../support/circleci-client.ts';
import { fakeClock, someMorning } from '../../support/fake-clock.ts';
import { json, scriptedHost, signedInUser } from '../../support/scripted-host.ts';

const personal = { kind: 'personal' } as const;
const row = { id: 'b3a1', label: 'deploy' };

describe('redirects', () => {
  test('within the same origin are followed, with the token', async () => {
    await using host = await scriptedHost((request, response, number) => {
      if (number < 4) response.writeHead(number === 2 ? 308 : 302, { location: `../v2/me?hop=${number}` }).end();
      else json(response, 200, { ...signedInUser, name: request.headers['circle-token'] });
    });
    await using client = testClient();
    const who = await client.circleci.identify(callerOf(host, 'some-token'));
    expect(who.name).toBe('some-token');
    expect(host.asked().at(-1)).toBe('GET /api/v2/me?hop=3');
  });

  test('more than three are refused', async () => {
    await using host = await scriptedHost((_request, response) =>
      response.writeHead(302, { location: '/again' }).end(),
    );
    await using client = testClient();
    expect(await failureOf(client.circleci.identify(callerOf(host)))).toMatchObject({ code: 'refused' });
    expect(host.requests).toHaveLength(4);
  });

  test('to another host, port or scheme are refused, and the other never hears of the token', async () => {
    await using other = await scriptedHost((_request, response) => json(response, 200, signedInUser));
    const elsewhere = [
      other.origin,
      `//127.0.0.1:${other.port}`,
      'https://evil.example',
      'http://localhost',
      'ftp://x/',
      '//',
    ];
    for (const location of elsewhere) {
      await using host = await scriptedHost((_request, response) => response.writeHead(302, { location }).end());
      await using client = testClient();
      const failure = await failureOf(client.circleci.identify(callerOf(host)));
      expect(failure).toMatchObject({ code: 'refused', message: expect.stringContaining('Nothing was changed.') });
      expect(host.requests).toHaveLength(1);
    }
    expect(other.requests).toHaveLength(0);
  });

  test('of a create or a delete are refused', async () => {
    await using host = await scriptedHost((request, response) => {
      if (request.path === '/api/v2/me') json(response, 200, signedInUser);
      else response.writeHead(307, { location: '/elsewhere' }).end();
    });
    await using client = testClient();
    const created = await failureOf(client.circleci.createToken(callerOf(host), personal, { label: 'x' }));
    expect(created).toMatchObject({ code: 'refused', message: expect.stringContaining('No token was created.') });
    const deleted = await failureOf(client.circleci.deleteToken(callerOf(host), personal, 'b3a1'));
    expect(deleted).toMatchObject({ code: 'refused', message: expect.stringContaining('Nothing was deleted.') });
    expect(host.asked()).toEqual(['POST /api/v1/user/token', 'DELETE /api/v1/user/token/b3a1']);
  });
});

describe('asking again', () => {
  test('a read survives 500, a page of 502, a lost connection, and pauses longer each time', async () => {
    await using host = await scriptedHost((_request, response, number) => {
      if (number === 1) json(response, 500, { message: 'oops' });
      else if (number === 2) response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>');
      else if (number === 3) response.destroy();
      else json(response, 200, signedInUser);
    });
    await using client = testClient();
    expect(await client.circleci.identify(callerOf(host))).toMatchObject({ login: 'ada' });
    expect(client.clock.sleeps).toEqual([500, 1_000, 2_000]);
    expect(client.points).toHaveLength(8);
  });

  test('an answer that breaks off is read again', async () => {
    await using host = await scriptedHost((_request, response, number) => {
      if (number > 1) return json(response, 200, signedInUser);
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{', () => response.destroy());
      return undefined;
    });
    await using client = testClient();
    expect(await client.circleci.identify(callerOf(host))).toMatchObject({ login: 'ada' });
    expect(host.requests).toHaveLength(2);
  });

  test('it ends: 5xx and lost connections after four times', async () => {
    await using broken = await scriptedHost((_request, response) => json(response, 503, { message: 'Down' }));
    await using lost = await scriptedHost((_request, response) => response.destroy());
    await using client = testClient();
    expect(await failureOf(client.circleci.identify(callerOf(broken)))).toMatchObject({
      code: 'server-error',
      message: expect.stringContaining('503: Down'),
    });
    expect(await failureOf(client.circleci.identify(callerOf(lost)))).toMatchObject({ code: 'network' });
    expect([broken.requests.length, lost.requests.length]).toEqual([4, 4]);
  });

  test.each([
    ['seconds', { 'retry-after': '7' }, [7_000]],
    [
      'a date',
      { 'retry-after': new Date(someMorning + 9_000).toUTCString(), date: new Date(someMorning).toUTCString() },
      [9_000],
    ],
    ['a reset header', { 'ratelimit-reset': '5' }, [5_000]],
    ['nothing', {}, [500]],
  ])('429 with %s is waited out', async (_what, headers, sleeps) => {
    await using host = await scriptedHost((_request, response, number) => {
      if (number === 1) json(response, 429, {}, headers);
      else json(response, 200, signedInUser);
    });
    await using client = testClient();
    await client.circleci.identify(callerOf(host));
    expect(client.clock.sleeps).toEqual(sleeps);
  });

  test('429 beyond patience says how long to wait', async () => {
    await using host = await scriptedHost((_request, response) => json(response, 429, {}, { 'retry-after': '3600' }));
    await using client = testClient();
    const failure = await failureOf(client.circleci.identify(callerOf(host)));
    expect(failure).toMatchObject({ code: 'rate-limited', hint: expect.stringContaining('3600 s') });
    expect(client.clock.sleeps).toEqual([]);
  });

  test('a host that wants no requests for long gets none, and whoever asks is told until when', async () => {
    await using host = await scriptedHost((_request, response, number) => {
      if (number === 1) json(response, 429, {}, { 'retry-after': '600' });
      else json(response, 200, signedInUser);
    });
    await using client = testClient();
    const create = () => client.circleci.createToken(callerOf(host), personal, { label: 'x' });
    expect(await failureOf(create())).toMatchObject({ code: 'rate-limited', hint: expect.stringContaining('600 s') });
    client.clock.advance(100_000);
    for (const ask of [create, () => client.circleci.identify(callerOf(host))]) {
      expect(await failureOf(ask())).toMatchObject({
        code: 'rate-limited',
        message: expect.stringMatching(/until 2026-11-23T08:10:00.000Z. (No token was created|Nothing was changed)\.$/),
        hint: expect.stringContaining('500 s'),
      });
    }
    expect(host.requests).toHaveLength(1);
    client.clock.advance(500_000);
    await client.circleci.identify(callerOf(host));
    expect(client.clock.sleeps).toEqual([]);
  });

  test('a delete whose answer was lost is not called undone because the host then wants no requests', async () => {
    await using host = await scriptedHost((request, response) => {
      if (request.method === 'DELETE') response.destroy();
      else json(response, 429, {}, { 'retry-after': '600' });
    });
    const limiting = Promise.withResolvers<void>();
    const standing = fakeClock();
    const clock = {
      now: standing.now,
      async sleep(durationMs: number) {
        await limiting.promise;
        return standing.sleep(durationMs);
      },
    };
    await using client = testClient({ clock });
    const deleted = failureOf(client.circleci.deleteToken(callerOf(host), personal, 'a'));
    await failureOf(client.circleci.identify(callerOf(host)));
    limiting.resolve();
    expect(await deleted).toMatchObject({ code: 'network', message: expect.stringContaining('may be deleted') });
  });

  test('a pause that the host asks for holds for others, too, also before a create', async () => {
    await using host = await scriptedHost((_request, response, number) => {
      if (number === 1) json(response, 429, {}, { 'retry-after': '7' });
      else json(response, 201, { ...row, token: 'f'.repeat(40) });
    });
    await using client = testClient();
    const create = () => client.circleci.createToken(callerOf(host), personal, { label: 'x' });
    expect(await failureOf(create())).toMatchObject({
      code: 'rate-limited',
      message: expect.stringContaining('No token'),
    });
    expect(client.clock.sleeps).toEqual([]);
    expect(await create()).toMatchObject({ outcome: 'created' });
    expect(client.clock.sleeps).toEqual([7_000]);
    expect(host.requests).toHaveLength(2);
  });

  test('while one read waits for the rate limit, another one waits with it instead of asking', async () => {
    await using host = await scriptedHost((_request, response, number) => {
      if (number === 1) json(response, 429, {}, { 'retry-after': '7' });
      else json(response, 200, signedInUser);
    });
    await using other = await scriptedHost((_request, response) => json(response, 200, signedInUser));
    const waiting: { durationMs: number; end: () => void }[] = [];
    const asleep = Promise.withResolvers<void>();
    let nowMs = someMorning;
    const clock = {
      now: () => nowMs,
      sleep: (durationMs: number) => {
        asleep.resolve();
        return new Promise<void>((end) => waiting.push({ durationMs, end }));
      },
    };
    await using client = testClient({ clock });
    const first = client.circleci.identify(callerOf(host));
    await asleep.promise;
    const second = client.circleci.identify(callerOf(host));
    await client.circleci.identify(callerOf(other));
    expect(waiting.map(({ durationMs }) => durationMs)).toEqual([7_000]);
    expect([host.requests.length, other.requests.length]).toEqual([1, 1]);
    nowMs += 7_000;
    for (const { end } of waiting) end();
    await first;
    nowMs += 1_000;
    for (const { end } of waiting) end();
    await second;
    expect(host.requests).toHaveLength(3);
  });

  test('a delete is asked again, and one that was done unheard counts as gone', async () => {
    await using host = await scriptedHost((request, response, number) => {
      if (number === 1) response.destroy();
      else if (request.method === 'DELETE') json(response, 404, { message: 'Not found' });
      else json(response, 200, []);
    });
    await using client = testClient();
    expect(await client.circleci.deleteToken(callerOf(host), personal, 'b3a1')).toBe('already-gone');
    expect(host.asked().slice(0, 2)).toEqual(['DELETE /api/v1/user/token/b3a1', 'DELETE /api/v1/user/token/b3a1']);
  });

  test('a delete that is lost in the end says that it may have been done', async () => {
    await using host = await scriptedHost((_request, response) => response.destroy());
    await using client = testClient();
    const failure = await failureOf(client.circleci.deleteToken(callerOf(host), personal, 'b3a1'));
    expect(failure).toMatchObject({
      code: 'network',
      message: expect.stringContaining('It may be deleted all the same'),
    });
  });
});

describe('a create is sent exactly once', () => {
  const create = { label: 'x' };

  test.each([
    ['500', 500],
    ['502', 502],
    ['503 with Retry-After', 503],
  ])('%s is unclear', async (_what, status) => {
    await using host = await scriptedHost((_request, response) => json(response, status, {}, { 'retry-after': '1' }));
    await using client = testClient();
    const outcome = await client.circleci.createToken(callerOf(host), personal, create);
    expect(outcome).toEqual({ outcome: 'unclear', reason: `the host answered ${status}` });
    expect(host.asked()).toEqual(['POST /api/v1/user/token']);
    expect(client.clock.sleeps).toEqual([]);
  });

  test('a connection closed before the answer is unclear', async () => {
    await using host = await scriptedHost((_request, response) => response.destroy());
    await using client = testClient();
    const outcome = await client.circleci.createToken(callerOf(host), personal, create);
    expect(outcome).toMatchObject({ outcome: 'unclear' });
    expect(host.requests).toHaveLength(1);
  });

  test('a connection closed in the middle of the answer is unclear', async () => {
    await using host = await scriptedHost((_request, response) => {
      response.writeHead(201, { 'content-length': '500' });
      response.write('{"id":"b3a1","token":"', () => response.destroy());
    });
    await using client = testClient();
    expect(await client.circleci.createToken(callerOf(host), personal, create)).toMatchObject({ outcome: 'unclear' });
    expect(host.requests).toHaveLength(1);
  });

  test('a kept connection that the host closes under the request is not written to a second one', async () => {
    await using host = await scriptedHost((request, response) => {
      if (request.method === 'GET') json(response, 200, signedInUser);
      else response.destroy();
    });
    await using client = testClient();
    await client.circleci.identify(callerOf(host));
    expect(await client.circleci.createToken(callerOf(host), personal, create)).toMatchObject({ outcome: 'unclear' });
    expect(host.asked()).toEqual(['GET /api/v2/me', 'POST /api/v1/user/token']);
  });

  test('no answer in time is unclear', async () => {
    await using host = await scriptedHost(() => {});
    await using client = testClient({ limits: { answerMs: 100 } });
    expect(await client.circleci.createToken(callerOf(host), personal, create)).toEqual({
      outcome: 'unclear',
      reason: 'no answer came in time',
    });
    expect(host.requests).toHaveLength(1);
  });
});

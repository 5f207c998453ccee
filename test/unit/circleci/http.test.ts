import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import { callerOf, failureOf, personalValue, testClient } from '../../support/circleci-client.ts';
import { json, scriptedHost, signedInUser } from '../../support/scripted-host.ts';
import { fakeTimeLimits } from '../../support/time-limits.ts';

const label = { label: 'deploy' };
const personal = { kind: 'personal' } as const;

describe('one request', () => {
  test('carries the token in its header only, asks for JSON, and says who asks', async () => {
    await using host = await scriptedHost((_request, response) => json(response, 200, signedInUser));
    await using client = testClient();
    await client.circleci.identify(callerOf(host));
    const [request] = host.requests;
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
    expect(request).toMatchObject({ method: 'GET', path: '/api/v2/me', body: '' });
    expect(request?.headers).toMatchObject({
      'circle-token': personalValue,
      accept: 'application/json',
      'user-agent': `rondo/${version}`,
    });
    expect(request?.headers).not.toHaveProperty('authorization');
    expect(client.points).toEqual(['request me before', 'request me after']);
  });

  test.each([[''], ['two words'], [`${personalValue}\n`], ['with\r\nx-header: y'], ['tökén']])(
    'the value %j is refused before anything is sent',
    async (value) => {
      await using host = await scriptedHost((_request, response) => json(response, 200, signedInUser));
      await using client = testClient();
      const failure = await failureOf(client.circleci.identify(callerOf(host, value)));
      expect(failure).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('Nothing was sent') });
      expect(host.requests).toHaveLength(0);
    },
  );
});

describe('a host that does not answer well', () => {
  test('a host that hangs is a network failure after the time limit, and is asked once', async () => {
    using timeLimits = fakeTimeLimits();
    await using host = await scriptedHost(() => timeLimits.expire());
    await using client = testClient();
    const failure = await failureOf(client.circleci.identify(callerOf(host)));
    expect(failure).toMatchObject({ code: 'network', message: expect.stringContaining('did not answer in time') });
    expect(host.requests).toHaveLength(1);
  });

  test('a host that stops in the middle of its answer is a network failure too', async () => {
    await using host = await scriptedHost((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":');
    });
    await using client = testClient({ limits: { answerMs: 100 } });
    expect(await failureOf(client.circleci.identify(callerOf(host)))).toMatchObject({ code: 'network' });
  });

  test('a host that takes the connection and never greets is not reached', async () => {
    const sockets = new Set<import('node:net').Socket>();
    const mute = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as import('node:net').AddressInfo;
    await using client = testClient({ limits: { connectMs: 100 } });
    const failure = await failureOf(client.circleci.identify(callerOf({ origin: `https://127.0.0.1:${port}` })));
    expect(failure).toMatchObject({ code: 'network', message: expect.stringContaining('no connection in time') });
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  test.each([
    ['nothing listens', 'http://127.0.0.1:1', 'nothing listens there'],
    ['the name does not exist', 'https://no-such-host.invalid', 'its name was not found'],
  ])('where %s: network, asked once, and a create made nothing', async (_what, origin, words) => {
    await using client = testClient();
    const failure = await failureOf(client.circleci.identify(callerOf({ origin })));
    expect(failure).toMatchObject({ code: 'network', message: expect.stringContaining(words) });
    expect(client.clock.sleeps).toEqual([]);
    const created = await failureOf(client.circleci.createToken(callerOf({ origin }), personal, label));
    expect(created).toMatchObject({ code: 'network', message: expect.stringContaining('No token was created.') });
  });

  test('an answer of 50 MB is cut off', async () => {
    let written = 0;
    await using host = await scriptedHost((_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (written < 50 && !response.destroyed) {
          written += 1;
          if (!response.write(chunk)) return response.once('drain', more);
        }
        return response.end();
      };
      more();
    });
    await using client = testClient();
    const failure = await failureOf(client.circleci.organizations(callerOf(host)));
    expect(failure).toMatchObject({ code: 'server-error', message: expect.stringContaining('too large') });
    expect(written).toBeLessThan(50);
    expect(host.requests).toHaveLength(1);
  });

  test.each([
    ['HTML', 'text/html', '<!DOCTYPE html><h1>Welcome</h1>'],
    ['broken JSON', 'application/json', '[{"id":'],
    ['nothing', 'application/json', ''],
    ['an object', 'application/json', '{"items":[]}'],
  ])('%s instead of a list is a server error', async (_what, type, body) => {
    await using host = await scriptedHost((_request, response) => {
      response.writeHead(200, { 'content-type': type }).end(body);
    });
    await using client = testClient();
    const failed = [
      client.circleci.organizations(callerOf(host)),
      client.circleci.followedProjects(callerOf(host)),
      client.circleci.listTokens(callerOf(host), personal),
      client.circleci.listTokens(callerOf(host), { kind: 'project', slug: 'gh/acme/web' }),
    ];
    for (const promise of failed) {
      expect(await failureOf(promise)).toMatchObject({
        code: 'server-error',
        message: expect.stringContaining('Nothing was changed.'),
      });
    }
    expect(client.memory.facts).toEqual({});
  });

  test('a refusal that echoes the token does not carry it on', async () => {
    await using host = await scriptedHost((request, response) =>
      json(response, 403, { message: `No access for ${request.headers['circle-token']}` }),
    );
    await using client = testClient();
    const value = 'odd-value';
    const failure = await failureOf(client.circleci.organizations(callerOf(host, value)));
    expect(failure).toMatchObject({ code: 'forbidden', message: expect.stringContaining('No access for …') });
    expect(JSON.stringify(failure)).not.toContain(value);
  });
});

test('no failure holds the token anywhere, not even deep in its cause', async () => {
  await using lost = await scriptedHost((_request, response) => response.destroy());
  await using hanging = await scriptedHost(() => {});
  await using large = await scriptedHost((_request, response) => response.end(' '.repeat(100_000)));
  await using strange = await scriptedHost((_request, response) => response.socket?.end('no HTTP at all\r\n\r\n'));
  await using client = testClient({ limits: { answerMs: 100, maxAnswerBytes: 50_000 } });
  const origins = [lost, hanging, large, strange, { origin: 'http://127.0.0.1:1' }];
  for (const host of origins) {
    const error: unknown = await client.circleci.identify(callerOf(host)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toHaveProperty('cause');
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(personalValue);
  }
});

describe('stopping', () => {
  test('before it was sent: nothing is sent', async () => {
    await using host = await scriptedHost((_request, response) => json(response, 200, signedInUser));
    await using client = testClient();
    const caller = { ...callerOf(host), signal: AbortSignal.abort() };
    expect(await failureOf(client.circleci.identify(caller))).toMatchObject({ code: 'stopped' });
    expect(await failureOf(client.circleci.createToken(caller, personal, label))).toMatchObject({ code: 'stopped' });
    expect(host.requests).toHaveLength(0);
  });

  test('while the answer is awaited: a read stops, a create is unclear', async () => {
    let stop = new AbortController();
    await using host = await scriptedHost(() => stop.abort());
    await using client = testClient();
    const read = client.circleci.identify({ ...callerOf(host), signal: stop.signal });
    expect(await failureOf(read)).toMatchObject({ code: 'stopped' });
    stop = new AbortController();
    const created = client.circleci.createToken({ ...callerOf(host), signal: stop.signal }, personal, label);
    expect(await created).toEqual({ outcome: 'unclear', reason: 'it was stopped before the answer came' });
  });

  test('while a pause is waited out', async () => {
    const stop = new AbortController();
    await using host = await scriptedHost((_request, response) => {
      json(response, 503, {});
      stop.abort();
    });
    await using client = testClient();
    const failure = await failureOf(client.circleci.identify({ ...callerOf(host), signal: stop.signal }));
    expect(failure).toMatchObject({ code: 'stopped' });
    expect(host.requests).toHaveLength(1);
  });

  test('closing ends what is under way', async () => {
    let close: (() => Promise<void>) | undefined;
    await using host = await scriptedHost(() => void close?.());
    const client = testClient();
    close = client.circleci.close;
    expect(await failureOf(client.circleci.identify(callerOf(host)))).toMatchObject({ code: 'stopped' });
  });
});

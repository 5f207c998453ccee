import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import { startSandbox } from '../../../main/sandbox/start-sandbox.ts';
import { openSandbox, statusForHost } from '../../support/open-sandbox.ts';

test.each([
  'GET /',
  'GET /api/v2/nothing',
  'GET /api/v1/me',
  'GET /api/v2/me/',
  'GET /api/v2/project/gh/tidewater/web/token',
  'GET /%',
  'GET /__sandbox/nothing',
])('%s is 404 in JSON', async (request) => {
  await using opened = await openSandbox();
  const { status, json } = await opened.ask(request);
  expect({ status, json }).toEqual({ status: 404, json: { message: 'Not found' } });
});

test.each([
  ['PUT /api/v2/me', 'GET'],
  ['DELETE /api/v1/user/token', 'GET, POST'],
  ['PATCH /api/v1.1/project/gh/tidewater/web/token', 'GET, POST'],
  ['GET /api/v1.1/project/gh/tidewater/web/token/some-id', 'DELETE'],
  ['GET /__sandbox/faults', 'POST'],
])('%s is 405 and says what is allowed', async (request, allowed) => {
  await using opened = await openSandbox();
  const { status, headers, json } = await opened.ask(request);
  expect({ status, json }).toEqual({ status: 405, json: { message: 'Method not allowed' } });
  expect(headers.get('allow')).toBe(allowed);
});

describe('the size of a body', () => {
  const bodyOf = (bytes: number) => `{"label":"${'x'.repeat(bytes - '{"label":""}'.length)}"}`;

  test.each([
    [65_536, 201],
    [65_537, 413],
    [5_000_000, 413],
  ])('%i bytes answer %i', async (bytes, expected) => {
    await using opened = await openSandbox();
    expect((await opened.ask('POST /api/v1/user/token', { body: bodyOf(bytes) })).status).toBe(expected);
  });

  test('is bounded for faults too', async () => {
    await using opened = await openSandbox();
    expect((await opened.ask('POST /__sandbox/faults', { body: bodyOf(65_537) })).status).toBe(413);
  });
});

describe('the Host header', () => {
  test.each(['127.0.0.1', '127.0.0.1:8080', 'localhost', 'LOCALHOST:1', '[::1]:8080'])(
    '%s is answered',
    async (host) => {
      await using opened = await openSandbox();
      expect(await statusForHost(opened.sandbox, host)).toBe(200);
    },
  );

  test.each([
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example:80',
    '10.0.0.1',
    'evil.example:127.0.0.1',
  ])('%s is refused', async (host) => {
    await using opened = await openSandbox();
    expect(await statusForHost(opened.sandbox, host)).toBe(403);
    expect((await opened.state()).requests).toBe(0);
  });
});

test('it is found on 127.0.0.1, on the port that was asked for', async () => {
  await using first = await openSandbox();
  const port = Number(new URL(first.sandbox.url).port);
  await first.sandbox.close();
  await using second = await openSandbox({ port });
  expect(second.sandbox.url).toBe(`http://127.0.0.1:${port}`);
  expect((await second.ask('GET /api/v2/me')).status).toBe(200);
});

test('it is not found on another address of this machine', async () => {
  await using opened = await openSandbox();
  const url = opened.sandbox.url.replace('127.0.0.1', '127.0.0.2');
  await expect(fetch(url)).rejects.toThrow();
});

test('a port in use is invalid input', async () => {
  await using opened = await openSandbox();
  const port = Number(new URL(opened.sandbox.url).port);
  const failure = startSandbox({ port, faults: [], clock: opened.clock });
  await expect(failure).rejects.toThrow(AppError);
  await expect(failure).rejects.toMatchObject({ code: 'invalid-input', hint: expect.stringContaining('port') });
});

describe('the end', () => {
  test('comes at once, also for requests that hang, and may be asked for twice', async () => {
    const opened = await openSandbox({ faults: ['hang=GET /api/v2/me'] });
    const hanging = [1, 2].map(() => opened.ask('GET /api/v2/me'));
    const ended = Promise.allSettled(hanging);
    while ((await opened.state()).requests < hanging.length);
    await Promise.all([opened.sandbox.close(), opened.sandbox.close()]);
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(opened.ask('GET /api/v2/me')).rejects.toThrow();
    await opened.sandbox.close();
  });

  test('ends the wait of a latency, and what waited is not done', async () => {
    const { promise: aborted, resolve: sawAbort } = Promise.withResolvers<void>();
    const { promise: waiting, resolve: sawWait } = Promise.withResolvers<void>();
    const clock = {
      now: () => 0,
      sleep: (_durationMs: number, signal?: AbortSignal) =>
        new Promise<void>((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            sawAbort();
            reject(signal.reason);
          });
          sawWait();
        }),
    };
    const opened = await openSandbox({ clock, faults: ['latency=60000'] });
    const before = opened.sandbox.tokens().length;
    const outcome = Promise.allSettled([opened.ask('POST /api/v1/user/token', { body: { label: 'ci' } })]);
    await waiting;
    await opened.sandbox.close();
    await aborted;
    expect((await outcome)[0]?.status).toBe('rejected');
    expect(opened.sandbox.tokens()).toHaveLength(before);
  });
});

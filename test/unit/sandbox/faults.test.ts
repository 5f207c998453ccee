import { describe, expect, test } from 'vitest';
import { type OpenSandbox, openSandbox } from '../../support/open-sandbox.ts';

const create = (opened: OpenSandbox, label: string) => opened.ask('POST /api/v1/user/token', { body: { label } });
const labels = (opened: OpenSandbox) => opened.sandbox.tokens().map(({ label }) => label);
/** The statuses of a few requests in a row; `lost` where no answer came. */
async function outcomes(opened: OpenSandbox, requests: readonly string[]): Promise<(number | 'lost')[]> {
  const seen: (number | 'lost')[] = [];
  for (const request of requests) {
    seen.push(
      await opened.ask(request).then(
        ({ status }) => status,
        () => 'lost',
      ),
    );
  }
  return seen;
}

const me = 'GET /api/v2/me';

test('latency waits before each answer, and several add up', async () => {
  await using opened = await openSandbox({ faults: ['latency=50', 'latency=7'] });
  expect(await outcomes(opened, [me, me])).toEqual([200, 200]);
  expect(opened.clock.sleeps).toEqual([57, 57]);
});

test('rate-limit answers 429 with Retry-After until the second is over', async () => {
  await using opened = await openSandbox({ faults: ['rate-limit=2/s'] });
  expect(await outcomes(opened, [me, me])).toEqual([200, 200]);
  const limited = await opened.ask(me);
  expect({ status: limited.status, json: limited.json }).toEqual({ status: 429, json: {} });
  expect(limited.headers.get('retry-after')).toBe('1');
  opened.clock.advance(999);
  expect(await outcomes(opened, [me])).toEqual([429]);
  opened.clock.advance(1);
  expect(await outcomes(opened, [me, me, me])).toEqual([200, 200, 429]);
});

test('a rate-limited create makes nothing', async () => {
  await using opened = await openSandbox({ faults: ['rate-limit=1/s'] });
  await opened.ask(me);
  expect((await create(opened, 'ci')).status).toBe(429);
  expect(labels(opened)).not.toContain('ci');
});

describe('error', () => {
  test('answers its status, and nothing is done', async () => {
    await using opened = await openSandbox({ faults: ['error=503@POST /api/v1/user/token'] });
    const { status, json } = await create(opened, 'ci');
    expect({ status, json }).toEqual({ status: 503, json: { message: expect.any(String) } });
    expect(labels(opened)).not.toContain('ci');
  });

  test('of 429 says when to come back', async () => {
    await using opened = await openSandbox({ faults: [`error=429@${me}`] });
    expect((await opened.ask(me)).headers.get('retry-after')).toBe('1');
  });

  test('meets its method and every path that starts so, nothing else', async () => {
    await using opened = await openSandbox({ faults: ['error=500@GET /api/v1.1/project/gh/tidewater'] });
    const requests = [
      'GET /api/v1.1/project/gh/tidewater/web',
      'GET /api/v1.1/project/gh/tidewater/web/token?page=1',
      'DELETE /api/v1.1/project/gh/tidewater/web/token/none',
      'GET /api/v1.1/projects',
    ];
    expect(await outcomes(opened, requests)).toEqual([500, 500, 404, 200]);
  });
});

test('html answers with a page, and nothing is done', async () => {
  await using opened = await openSandbox({ faults: ['html=502@POST /api/v1/user/token'] });
  const { status, headers, text } = await create(opened, 'ci');
  expect({ status, type: headers.get('content-type') }).toEqual({ status: 502, type: 'text/html' });
  expect(text).toMatch(/^<html>/);
  expect(labels(opened)).not.toContain('ci');
});

test.each([
  ['broken-after', undefined],
  ['null-after', { id: null, login: null, name: null }],
])('%s does the act and answers 200 with nothing that tells', async (fault, json) => {
  await using opened = await openSandbox({ faults: [`${fault}=POST /api/v1/user/token`] });
  const answer = await create(opened, 'ci');
  expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json });
  expect(labels(opened)).toContain('ci');
});

test('drop-after does the act and loses the answer', async () => {
  await using opened = await openSandbox({ faults: ['drop-after=POST /api/v1/user/token'] });
  await expect(create(opened, 'ci')).rejects.toThrow();
  expect(labels(opened)).toContain('ci');
  expect((await opened.state()).log).toEqual([{ method: 'POST', path: '/api/v1/user/token' }]);
});

test('drop-before does nothing and closes the connection', async () => {
  await using opened = await openSandbox({ faults: ['drop-before=POST /api/v1/user/token'] });
  await expect(create(opened, 'ci')).rejects.toThrow();
  expect(labels(opened)).not.toContain('ci');
});

test('hang never answers and does nothing; others are answered meanwhile', async () => {
  const opened = await openSandbox({ faults: ['hang=POST /api/v1/user/token'] });
  const hanging = Promise.allSettled([create(opened, 'ci')]);
  while ((await opened.state()).requests === 0);
  expect((await opened.ask(me)).status).toBe(200);
  expect((await opened.state()).log).toEqual([
    { method: 'POST', path: '/api/v1/user/token' },
    { method: 'GET', path: '/api/v2/me', status: 200 },
  ]);
  expect(labels(opened)).not.toContain('ci');
  await opened.sandbox.close();
  expect((await hanging)[0]?.status).toBe('rejected');
});

describe('#NTH', () => {
  test.each([
    ['error=503', 503],
    ['drop-after', 'lost'],
    ['drop-before', 'lost'],
  ])('%s meets only the nth request', async (form, expected) => {
    const fault = form.includes('=') ? `${form}@${me}#2` : `${form}=${me}#2`;
    await using opened = await openSandbox({ faults: [fault] });
    expect(await outcomes(opened, [me, 'GET /api/v1.1/me', me, me])).toEqual([200, 200, expected, 200]);
  });

  test('counts from when the fault was set', async () => {
    await using opened = await openSandbox();
    await outcomes(opened, [me, me]);
    await opened.setFaults([`error=503@${me}#2`]);
    expect(await outcomes(opened, [me, me, me])).toEqual([200, 503, 200]);
  });

  test('counts requests that another fault took', async () => {
    await using opened = await openSandbox({ faults: [`error=500@${me}#1`, `error=502@${me}#2`] });
    expect(await outcomes(opened, [me, me, me])).toEqual([500, 502, 200]);
  });
});

test('of two faults for one request the first set wins', async () => {
  await using opened = await openSandbox({ faults: [`error=500@${me}`, `error=502@${me}`] });
  expect(await outcomes(opened, [me])).toEqual([500]);
});

describe('at run time', () => {
  const change = (opened: OpenSandbox, body: unknown) => opened.ask('POST /__sandbox/faults', { body });

  test('adding answers the active list and takes effect', async () => {
    await using opened = await openSandbox({ faults: ['latency=5'] });
    const { status, json } = await change(opened, { add: [`error=503@${me}`] });
    expect({ status, json }).toEqual({ status: 200, json: { faults: ['latency=5', `error=503@${me}`] } });
    expect(await outcomes(opened, [me])).toEqual([503]);
  });

  test('clearing comes before adding', async () => {
    await using opened = await openSandbox({ faults: [`error=503@${me}`] });
    const { json } = await change(opened, { clear: true, add: ['latency=5'] });
    expect(json).toEqual({ faults: ['latency=5'] });
    expect(await outcomes(opened, [me])).toEqual([200]);
  });

  test('clearing alone leaves none', async () => {
    await using opened = await openSandbox({ faults: [`error=503@${me}`] });
    expect((await change(opened, { clear: true })).json).toEqual({ faults: [] });
  });

  test.each([
    ['a malformed fault', { clear: true, add: ['latency=5', 'latency=soon'] }],
    ['no list', { clear: true, add: 'latency=5' }],
    ['numbers', { clear: true, add: [5] }],
    ['a clear that is no boolean', { clear: 'yes' }],
    ['an unknown part', { clear: true, remove: [] }],
    ['no object', ['latency=5']],
    ['not JSON', 'latency=5'],
  ])('%s is 400 and changes nothing', async (_what, body) => {
    await using opened = await openSandbox({ faults: ['latency=1'] });
    const { status, json } = await change(opened, body);
    expect({ status, json }).toEqual({ status: 400, json: { message: expect.any(String) } });
    expect((await opened.state()).faults).toEqual(['latency=1']);
  });

  test('faults never meet the sandbox’s own routes', async () => {
    const faults = ['rate-limit=1/s', 'error=503@GET /', 'drop-before=POST /', 'latency=9'];
    await using opened = await openSandbox({ faults });
    for (const _ of [1, 2, 3]) expect((await opened.state()).faults).toEqual(faults);
    expect((await change(opened, {})).status).toBe(200);
    expect(opened.clock.sleeps).toEqual([]);
  });
});

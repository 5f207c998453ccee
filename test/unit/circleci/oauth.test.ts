import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { failureOf, testClient } from '../../support/circleci-client.ts';
import { allowed, consentTo } from '../../support/consent.ts';
import { type InBetween, type Said, startInBetween, type Twist } from '../../support/in-between.ts';
import { openSandbox } from '../../support/open-sandbox.ts';
import { fakeTimeLimits } from '../../support/time-limits.ts';

const signal = new AbortController().signal;
const clientName = 'Rondo';
const inFiveSeconds = new Date(Date.now() + 5_000).toUTCString();

/** A sandbox behind a server that may twist its answers; what it says of itself names that server. */
async function setting(twist?: Twist, observe?: (point: string) => void) {
  const opened = await openSandbox();
  onTestFinished(() => opened[Symbol.asyncDispose]());
  const between: InBetween = await startInBetween(opened.sandbox.url);
  onTestFinished(() => between[Symbol.asyncDispose]());
  const client = testClient({ clock: opened.clock, ...(observe === undefined ? {} : { observe }) });
  onTestFinished(() => client[Symbol.asyncDispose]());
  between.twist = async (asked, ask) => {
    const renamed = async (): Promise<Said> => {
      const said = await ask();
      return { ...said, body: said.body.replaceAll(opened.sandbox.url, between.url) };
    };
    return twist === undefined ? renamed() : twist(asked, renamed);
  };
  const begin = async () => {
    const begun = await client.circleci.beginSignIn({ asker: { host: { origin: between.url }, signal }, clientName });
    onTestFinished(() => begun.close());
    return begun;
  };
  return { opened, between, client, begin };
}

test('asks the host where, registers, sends the browser there and takes the code for a token of 90 days', async () => {
  const { opened, between, client, begin } = await setting();
  const begun = await begin();
  const address = new URL(begun.url);
  expect(address.origin + address.pathname).toBe(`${between.url}/oauth/authorize`);
  const parameters = Object.fromEntries(address.searchParams);
  expect(parameters).toEqual({
    response_type: 'code',
    client_id: begun.client.id,
    redirect_uri: begun.client.redirectUri,
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    state: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(begun.client.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-in\/[0-9a-f]{32}$/);
  const [, registered] = between.asked;
  expect(JSON.parse(registered?.body ?? '')).toEqual({
    client_name: 'Rondo',
    redirect_uris: [begun.client.redirectUri],
    grant_types: ['authorization_code'],
    response_types: ['code'],
  });

  await fetch(await consentTo(begun.url, allowed));
  const code = await begun.code;
  const { value, expiresAt } = await begun.exchange(code, signal);
  const made = (await opened.state()).tokens.find(({ label }) => label === 'Rondo');
  expect(Buffer.from(value).toString()).toBe(made?.value);
  expect(expiresAt).toBe(made?.expiresAt);

  const asked = between.asked
    .filter(({ path }) => path === '/oauth/token')
    .map(({ body }) => new URLSearchParams(body));
  const form = Object.fromEntries(asked[0] ?? []);
  expect(asked).toHaveLength(1);
  expect(form).toEqual({
    grant_type: 'authorization_code',
    code,
    client_id: begun.client.id,
    redirect_uri: begun.client.redirectUri,
    code_verifier: expect.stringMatching(/^[\w-]{43}$/),
  });
  const challenge = createHash('sha256')
    .update(form.code_verifier ?? '')
    .digest('base64url');
  expect(challenge).toBe(parameters.code_challenge);
  expect(form.code_verifier).not.toBe(parameters.state);
  expect(between.asked.every(({ value }) => value === undefined)).toBe(true);
  expect(client.points.filter((point) => point.endsWith('before'))).toEqual([
    'request oauth.discover before',
    'request oauth.register before',
    'request oauth.token before',
  ]);
});

describe('a host that takes no sign-ins', () => {
  const missing = { status: 404, body: '{"message":"Not found"}' };
  test.each<[string, Said, string]>([
    ['has no such document', missing, 'unsupported'],
    ['shows its page instead', { status: 200, body: '<html>CircleCI</html>' }, 'unsupported'],
    ['registers nobody', { status: 200, body: '{"issuer":"x","token_endpoint":"y"}' }, 'unsupported'],
    ['refuses to say', { status: 403, body: '{"message":"no"}' }, 'forbidden'],
    ['sends us elsewhere', { status: 302, body: '', headers: { location: 'https://login.example/' } }, 'refused'],
  ])('%s', async (_name, said, code) => {
    const { between, begin } = await setting(() => said);
    const failure = await failureOf(begin());
    expect(failure.code).toBe(code);
    if (code === 'unsupported') expect(failure.hint).toContain('Paste a personal token');
    expect(between.asked.map(({ path }) => path)).toEqual(['/.well-known/oauth-authorization-server']);
  });
});

test.each<[string, Said | undefined, string]>([
  ['refused', { status: 400, body: '{"message":"invalid redirect_uri"}' }, 'refused'],
  ['unauthorized', { status: 401, body: '{"message":"no"}' }, 'unauthorized'],
  ['forbidden', { status: 403, body: '{"message":"no"}' }, 'forbidden'],
  ['answered with rubbish', { status: 201, body: '<html>' }, 'server-error'],
  ['answered without a client', { status: 201, body: '{"client_id":""}' }, 'server-error'],
  ['broken', { status: 500, body: '{}' }, 'server-error'],
  ['broken with a page', { status: 502, body: '<html>' }, 'server-error'],
  ['lost', undefined, 'network'],
  ['not found', { status: 404, body: '{}' }, 'not-found'],
  ['in conflict', { status: 409, body: '{}' }, 'refused'],
  ['not understood', { status: 422, body: '{}' }, 'refused'],
  ['too much', { status: 429, body: '{}', headers: { 'retry-after': '5' } }, 'rate-limited'],
  ['too much until a date', { status: 429, body: '{}', headers: { 'retry-after': inFiveSeconds } }, 'rate-limited'],
])('a registration that is %s is sent once and leaves nothing listening', async (_name, said, code) => {
  let redirectUri = '';
  const { between, begin } = await setting(({ path, body }, ask) => {
    if (path !== '/oauth/register') return ask();
    redirectUri = JSON.parse(body).redirect_uris[0];
    return said;
  });
  expect((await failureOf(begin())).code).toBe(code);
  await expect(fetch(redirectUri)).rejects.toThrow();
  expect(between.asked.map(({ path }) => path)).toEqual(['/.well-known/oauth-authorization-server', '/oauth/register']);
});

test.each(['closed before', 'closed after', 'refused'] as const)(
  'a registration that is %s is asked once, has cost nothing, and is made by the next try',
  async (fault) => {
    let isFailing = true;
    const registering: Twist = async ({ path }, ask) => {
      if (!isFailing || path !== '/oauth/register') return ask();
      if (fault === 'closed after') await ask();
      return undefined;
    };
    const set = await setting(registering, (point) => {
      if (isFailing && fault === 'refused' && point === 'request oauth.register before') set.between.refuse();
    });
    const { between, begin, opened } = set;
    between.closing = true;
    const registrations = () => between.asked.filter(({ path }) => path === '/oauth/register').length;
    expect(await failureOf(begin())).toMatchObject({
      code: 'network',
      message: expect.stringMatching(/No token was created/),
    });
    expect(registrations()).toBe(fault === 'refused' ? 0 : 1);
    expect((await opened.state()).tokens.filter(({ label }) => label === 'Rondo')).toEqual([]);
    isFailing = false;
    if (fault === 'refused') await between.listen();
    expect((await begin()).client.id).not.toBe('');
  },
);

test.each(['/oauth/register', '/oauth/token'])('no answer from %s within its time is none', async (route) => {
  using timeLimits = fakeTimeLimits();
  const { between, begin } = await setting(({ path }, ask) => {
    if (path !== route) return ask();
    timeLimits.expire();
    return new Promise(() => {});
  });
  const failure = await failureOf(begin().then((begun) => begun.exchange('c0de', signal)));
  expect(failure.code).toBe('network');
  expect(between.asked.filter(({ path }) => path === route)).toHaveLength(1);
});

describe('the exchange', () => {
  const good = { access_token: `CCIPAT_JEWGkzkBv4rmcLvdBLgTWx_${'0123456789'.repeat(4)}`, token_type: 'bearer' };
  const answering = (said: Said | undefined) => setting(({ path }, ask) => (path === '/oauth/token' ? said : ask()));

  test.each<[string, Said | undefined, string, RegExp]>([
    ['a page', { status: 200, body: '<html>' }, 'server-error', /may exist there all the same/],
    ['nothing', { status: 200, body: '' }, 'server-error', /may exist there all the same/],
    ['no token', { status: 200, body: '{"token_type":"Bearer"}' }, 'server-error', /may exist/],
    [
      'a token of another type',
      { status: 200, body: JSON.stringify({ ...good, token_type: 'mac' }) },
      'server-error',
      /may exist/,
    ],
    [
      'a project token',
      { status: 200, body: JSON.stringify({ ...good, access_token: good.access_token.replace('PAT', 'PRJ') }) },
      'server-error',
      /may exist/,
    ],
    [
      'a token that is none',
      { status: 200, body: JSON.stringify({ ...good, access_token: 'x y' }) },
      'server-error',
      /may/,
    ],
    [
      'a life that no date holds',
      { status: 200, body: JSON.stringify({ ...good, expires_in: 1e300 }) },
      'server-error',
      /may exist/,
    ],
    ['500', { status: 500, body: '{}' }, 'server-error', /answered 500.*may exist/],
    ['502 and a page', { status: 502, body: '<html>' }, 'server-error', /answered 502.*may exist/],
    ['silence', undefined, 'network', /may exist/],
    ['an unknown client', { status: 401, body: '{"error":"invalid_client"}' }, 'unauthorized', /No token was created/],
    ['another refusal', { status: 400, body: '{"error":"invalid_request"}' }, 'refused', /invalid_request/],
    ['403', { status: 403, body: '{}' }, 'forbidden', /No token was created/],
    ['404', { status: 404, body: '{}' }, 'not-found', /No token was created/],
    ['409', { status: 409, body: '{}' }, 'refused', /No token was created/],
    ['422', { status: 422, body: '{}' }, 'refused', /No token was created/],
    ['429', { status: 429, body: '{}', headers: { 'retry-after': '5' } }, 'rate-limited', /No token was created/],
    [
      '429 until a date',
      { status: 429, body: '{}', headers: { 'retry-after': inFiveSeconds } },
      'rate-limited',
      /No token was created/,
    ],
  ])('that is answered with %s is sent once and says what may be left', async (_name, said, code, says) => {
    const { between, begin } = await answering(said);
    const begun = await begin();
    const failure = await failureOf(begun.exchange('c0de', signal));
    expect(failure).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(JSON.stringify(failure)).not.toMatch(/c0de|CCIP/);
    expect(between.asked.filter(({ path }) => path === '/oauth/token')).toHaveLength(1);
  });

  test('with a host where nothing listens any more is certain to have made nothing', async () => {
    const { between, begin } = await setting();
    // No connection is left that would be lost instead.
    between.closing = true;
    const begun = await begin();
    between.refuse();
    const failure = await failureOf(begun.exchange('c0de', signal));
    expect(failure.code).toBe('network');
    expect(failure.message).not.toMatch(/may exist/);
  });

  test('takes a token without a word on its life', async () => {
    const { begin } = await answering({ status: 200, body: JSON.stringify(good) });
    const { value, ...rest } = await (await begin()).exchange('c0de', signal);
    expect(Buffer.from(value).toString()).toBe(good.access_token);
    expect(rest).toEqual({});
  });

  test('comes too late after a minute', async () => {
    const { opened, begin } = await setting();
    const begun = await begin();
    await fetch(await consentTo(begun.url, allowed));
    const code = await begun.code;
    opened.clock.advance(60_000);
    expect(await failureOf(begun.exchange(code, signal))).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('too old, or used before'),
    });
  });

  test('counts once', async () => {
    const { begin } = await setting();
    const begun = await begin();
    await fetch(await consentTo(begun.url, allowed));
    const code = await begun.code;
    await begun.exchange(code, signal);
    expect((await failureOf(begun.exchange(code, signal))).code).toBe('refused');
  });
});

test('a client is used again at its own address, without another registration', async () => {
  const { between, client, begin } = await setting();
  const first = await begin();
  first.close();
  const host = { origin: between.url };
  const again = await client.circleci.beginSignIn({ asker: { host, signal }, clientName, client: first.client });
  onTestFinished(() => again.close());
  expect(again.client).toEqual(first.client);
  expect(between.asked.filter(({ path }) => path === '/oauth/register')).toHaveLength(1);
  await fetch(await consentTo(again.url, allowed));
  expect(Buffer.from((await again.exchange(await again.code, signal)).value).toString()).toMatch(/^CCIPAT_/);
});

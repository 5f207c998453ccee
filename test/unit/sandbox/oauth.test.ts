import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { allowed, type Consent, consentTo } from '../../support/consent.ts';
import { type OpenSandbox, openSandbox } from '../../support/open-sandbox.ts';

const redirectUri = 'http://127.0.0.1:9090/callback';
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const dayMs = 86_400_000;

const registration = (change: object = {}) => ({
  client_name: 'My Tool',
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  ...change,
});

async function register(opened: OpenSandbox): Promise<string> {
  const { json } = await opened.ask('POST /oauth/register', { headers: {}, body: registration() });
  return z.looseObject({ client_id: z.uuid() }).parse(json).client_id;
}

function parameters(client: string, change: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    response_type: 'code',
    client_id: client,
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'some state',
    ...change,
  };
}

const page = (opened: OpenSandbox, asked: Record<string, string>) =>
  `${opened.sandbox.url}/oauth/authorize?${new URLSearchParams(asked)}`;

async function code(opened: OpenSandbox, client: string, consent: Consent = allowed): Promise<string> {
  const location = new URL(await consentTo(page(opened, parameters(client)), consent));
  return location.searchParams.get('code') ?? '';
}

async function exchange(opened: OpenSandbox, asked: Record<string, string>) {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...asked,
  });
  const response = await fetch(`${opened.sandbox.url}/oauth/token`, { method: 'POST', body });
  return { status: response.status, json: (await response.json()) as unknown };
}

async function signIn(opened: OpenSandbox, client: string, consent?: Consent): Promise<string> {
  const answered = await exchange(opened, { code: await code(opened, client, consent), client_id: client });
  return z.looseObject({ access_token: z.string() }).parse(answered.json).access_token;
}

const whoIs = async (opened: OpenSandbox, token: string) => (await opened.ask('GET /api/v2/me', { token })).status;

test('discovery names the endpoints', async () => {
  await using opened = await openSandbox();
  const { url } = opened.sandbox;
  expect((await opened.ask('GET /.well-known/oauth-authorization-server', { headers: {} })).json).toMatchObject({
    issuer: url,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    registration_endpoint: `${url}/oauth/register`,
    code_challenge_methods_supported: ['S256'],
  });
});

describe('registration', () => {
  test('gives a client without a secret', async () => {
    await using opened = await openSandbox();
    const answered = await opened.ask('POST /oauth/register', { headers: {}, body: registration() });
    expect(answered.status).toBe(201);
    expect(answered.json).toEqual({
      ...registration(),
      client_id: expect.any(String),
      client_id_issued_at: opened.clock.now() / 1_000,
      token_endpoint_auth_method: 'none',
    });
  });

  test.each([
    'https://127.0.0.1:9090/callback',
    'http://example.com:9090/callback',
    'http://127.0.0.1:80/callback',
    'http://127.0.0.1:1024/callback',
    'http://127.0.0.1/callback',
    'http://127.0.0.1:9090/callback?a=1',
    'nonsense',
  ])('refuses to redirect to %s', async (uri) => {
    await using opened = await openSandbox();
    const body = registration({ redirect_uris: [uri] });
    const { status, json } = await opened.ask('POST /oauth/register', { headers: {}, body });
    expect({ status, json }).toEqual({ status: 400, json: { message: 'invalid redirect_uri' } });
  });

  test.each(['http://[::1]:65535/', 'http://localhost:1025/back'])('redirects to %s', async (uri) => {
    await using opened = await openSandbox();
    const body = registration({ redirect_uris: [uri] });
    expect((await opened.ask('POST /oauth/register', { headers: {}, body })).status).toBe(201);
  });
});

test.each([
  [{ state: '' }, 'state is required'],
  [{ code_challenge_method: 'plain' }, 'code_challenge_method must be S256'],
  [{ client_id: 'nobody' }, 'unknown client_id'],
  [{ redirect_uri: 'http://127.0.0.1:9091/callback' }, 'invalid redirect_uri'],
  [{ response_type: 'token' }, 'response_type must be code'],
  [{ code_challenge: 'short' }, 'code_challenge is required'],
])('authorization with %o is refused', async (change, message) => {
  await using opened = await openSandbox();
  const asked = parameters(await register(opened), change);
  const { status, json } = await opened.ask(`GET /oauth/authorize?${new URLSearchParams(asked)}`);
  expect({ status, json }).toEqual({ status: 400, json: { message } });
});

test('pushed parameters are taken once in place of those in the address', async () => {
  await using opened = await openSandbox();
  const client = await register(opened);
  const body = new URLSearchParams(parameters(client));
  const pushed = await fetch(`${opened.sandbox.url}/oauth/par`, { method: 'POST', body });
  const { request_uri } = z.looseObject({ request_uri: z.string() }).parse(await pushed.json());
  const address = page(opened, { client_id: client, request_uri });
  expect(await consentTo(address, allowed)).toContain('code=');
  await expect(consentTo(address, allowed)).rejects.toThrow('400');
});

test('denied consent comes back as an error with the state', async () => {
  await using opened = await openSandbox();
  const location = await consentTo(page(opened, parameters(await register(opened))), { decision: 'deny' });
  expect(location).toBe(
    `${redirectUri}?error=access_denied&error_description=the+user+denied+the+request&state=some+state`,
  );
});

test('a page of consent is answered once', async () => {
  await using opened = await openSandbox();
  const html = await (await fetch(page(opened, parameters(await register(opened))))).text();
  const request = /name="request" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const answer = () =>
    fetch(`${opened.sandbox.url}/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ request, decision: 'deny' }),
    });
  expect([(await answer()).status, (await answer()).status]).toEqual([302, 400]);
});

test('a client’s name is shown as text', async () => {
  await using opened = await openSandbox();
  const body = registration({ client_name: '<script>"&' });
  const { json } = await opened.ask('POST /oauth/register', { headers: {}, body });
  const { client_id } = z.looseObject({ client_id: z.string() }).parse(json);
  const html = await (await fetch(page(opened, parameters(client_id)))).text();
  expect(html).not.toContain('<script>');
  expect(html).toContain('&#60;script&#62;&#34;&#38;');
});

describe('the exchange', () => {
  test('gives a personal token of 90 days with the chosen access, named as the client', async () => {
    await using opened = await openSandbox();
    const client = await register(opened);
    const answered = await exchange(opened, { code: await code(opened, client), client_id: client });
    expect(answered).toEqual({
      status: 200,
      json: { access_token: expect.stringMatching(/^CCIPAT_/), token_type: 'Bearer', expires_in: 7_776_000 },
    });
    const made = (await opened.state()).tokens.find(({ label }) => label === 'My Tool');
    expect(made).toMatchObject({
      kind: 'personal',
      scope: 'admin',
      expiresAt: new Date(opened.clock.now() + 90 * dayMs).toISOString(),
    });
    expect(await whoIs(opened, made?.value ?? '')).toBe(200);
    opened.clock.advance(90 * dayMs);
    expect(await whoIs(opened, made?.value ?? '')).toBe(401);
  });

  test('of another program, another place or another verifier is refused, and uses the code up', async () => {
    await using opened = await openSandbox();
    const client = await register(opened);
    const other = await register(opened);
    for (const change of [
      { client_id: other },
      { redirect_uri: `${redirectUri}/` },
      { code_verifier: 'w'.repeat(43) },
      { code_verifier: 'v' },
    ]) {
      const good = { code: await code(opened, client), client_id: client };
      const refused = { status: 400, json: { error: 'invalid_grant' } };
      expect(await exchange(opened, { ...good, ...change })).toEqual(refused);
      expect(await exchange(opened, good)).toEqual(refused);
    }
    expect((await opened.state()).tokens.map(({ label }) => label)).not.toContain('My Tool');
  });

  test('comes within a minute, and once', async () => {
    await using opened = await openSandbox();
    const client = await register(opened);
    const late = { code: await code(opened, client), client_id: client };
    opened.clock.advance(60_000);
    expect(await exchange(opened, late)).toEqual({ status: 400, json: { error: 'invalid_grant' } });
    const twice = { code: await code(opened, client), client_id: client };
    expect((await exchange(opened, twice)).status).toBe(200);
    expect(await exchange(opened, twice)).toEqual({ status: 400, json: { error: 'invalid_grant' } });
    expect(await exchange(opened, { ...twice, grant_type: 'refresh_token' })).toEqual({
      status: 400,
      json: { error: 'unsupported_grant_type' },
    });
  });

  test('for the same client revokes the token before in the same moment; for another client it does not', async () => {
    await using opened = await openSandbox();
    const client = await register(opened);
    const first = await signIn(opened, client);
    const elsewhere = await signIn(opened, await register(opened));
    const second = await signIn(opened, client);
    expect([await whoIs(opened, first), await whoIs(opened, elsewhere), await whoIs(opened, second)]).toEqual([
      401, 200, 200,
    ]);
  });

  test('authorizes the organizations with single sign-on that were ticked', async () => {
    await using opened = await openSandbox({ variants: ['sso'] });
    const client = await register(opened);
    const project = 'GET /api/v1.1/project/gh/tidewater/web';
    const without = await signIn(opened, client);
    expect((await opened.ask(project, { token: without })).status).toBe(403);
    const ticked = await signIn(opened, client, { ...allowed, sso: ['gh/tidewater'] });
    expect((await opened.ask(project, { token: ticked })).status).toBe(200);
  });
});

import { createHash } from 'node:crypto';
import { type Answer, json, message, Refusal } from './answer.ts';
import { type Call, type CircleCiRoute, parseObject, scopeOf } from './call.ts';
import { consentPage } from './consent-page.ts';
import { mint } from './mint.ts';
import type { AuthorizationRequest, Grant } from './oauth-book.ts';
import type { User } from './world.ts';

/**
 * Signing in with CircleCI: OAuth 2.0 with dynamic client registration, as CircleCI's guide describes it (authorization
 * code, PKCE with S256 only, loopback redirects, no client secret, no refresh token). The token is an ordinary personal
 * token of 90 days; another one for the same client and person revokes it in the same moment.
 */
export const oauthRoutes: readonly CircleCiRoute[] = [
  { method: 'GET', template: '/.well-known/oauth-authorization-server', handle: discover },
  { method: 'POST', template: '/oauth/register', handle: register },
  { method: 'POST', template: '/oauth/par', handle: push },
  { method: 'GET', template: '/oauth/authorize', handle: ask },
  { method: 'POST', template: '/oauth/authorize', handle: decide },
  { method: 'POST', template: '/oauth/token', handle: exchange },
];

const lifetimeSeconds = 7_776_000;

function discover({ origin }: Call): Answer {
  return json(200, {
    issuer: origin,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    registration_endpoint: `${origin}/oauth/register`,
    pushed_authorization_request_endpoint: `${origin}/oauth/par`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
  });
}

function register({ world, body }: Call): Answer {
  const { client_name: name, redirect_uris: uris, grant_types, response_types } = parseObject(body);
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'client_name is required');
  if (!Array.isArray(uris) || uris.length === 0 || !uris.every(isLoopbackRedirect)) {
    throw new Refusal(400, 'invalid redirect_uri');
  }
  if (!isOnly(grant_types, 'authorization_code') || !isOnly(response_types, 'code')) {
    throw new Refusal(400, 'grant_types must be authorization_code and response_types must be code');
  }
  const client = world.oauth.register({ name, redirectUris: uris }, world.clock.now());
  return json(201, {
    client_id: client.id,
    client_id_issued_at: Math.floor(client.issuedMs / 1_000),
    client_name: client.name,
    redirect_uris: client.redirectUris,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  });
}

/** RFC 9126: the same parameters by another way. */
function push(call: Call): Answer {
  const name = call.world.oauth.remember(requestOf(call, new URLSearchParams(call.body)));
  return json(201, { request_uri: `urn:ietf:params:oauth:request_uri:${name}`, expires_in: 60 });
}

/** The person's browser. Whoever opens it is signed in to the sandbox already, as the first person. */
function ask(call: Call): Answer {
  const { world, query } = call;
  const pushed = query.get('request_uri')?.split(':').at(-1);
  const request = pushed === undefined ? requestOf(call, query) : world.oauth.take(pushed);
  if (request === undefined) throw new Refusal(400, 'unknown request_uri');
  const name = world.oauth.remember(request);
  return consentPage({ name, client: request.client.name, user: person(call), sso: world.sso.organizations() });
}

function decide(call: Call): Answer {
  const { world, body } = call;
  const form = new URLSearchParams(body);
  const request = world.oauth.take(form.get('request') ?? '');
  if (request === undefined) throw new Refusal(400, 'This page was answered before');
  if (form.get('decision') !== 'allow') {
    return sendBack(request, { error: 'access_denied', error_description: 'the user denied the request' });
  }
  const access = scopeOf(form.get('access'), ['read', 'write', 'admin']);
  const grant = { ...request, user: person(call).id, access, sso: form.getAll('sso') };
  return sendBack(request, { code: world.oauth.issueCode(grant, world.clock.now()) });
}

function exchange({ world, body }: Call): Answer {
  const form = new URLSearchParams(body);
  if (form.get('grant_type') !== 'authorization_code') return json(400, { error: 'unsupported_grant_type' });
  const nowMs = world.clock.now();
  const grant = world.oauth.redeem(form.get('code') ?? '', nowMs);
  if (grant === undefined || !fits(grant, form)) return json(400, { error: 'invalid_grant' });
  const token = mint(world, {
    label: grant.client.name,
    holder: { kind: 'personal', user: grant.user, scope: grant.access },
    expiresMs: nowMs + lifetimeSeconds * 1_000,
  });
  for (const organization of grant.sso) world.sso.authorize(organization, token.id);
  const before = world.oauth.replaceToken(grant.client.id, grant.user, token.id);
  if (before !== undefined) world.tokens.delete({ kind: 'personal', user: grant.user }, before, nowMs);
  return json(200, { access_token: token.value, token_type: 'Bearer', expires_in: lifetimeSeconds });
}

function fits({ client, redirectUri, challenge }: Grant, form: URLSearchParams): boolean {
  const verifier = form.get('code_verifier') ?? '';
  return (
    client.id === form.get('client_id') &&
    redirectUri === form.get('redirect_uri') &&
    /^[\w.~-]{43,128}$/.test(verifier) &&
    challenge === createHash('sha256').update(verifier).digest('base64url')
  );
}

/** @throws Refusal 400, in CircleCI's words where they are known */
function requestOf({ world }: Call, parameters: URLSearchParams): AuthorizationRequest {
  const client = world.oauth.client(parameters.get('client_id') ?? '');
  const redirectUri = parameters.get('redirect_uri') ?? '';
  const state = parameters.get('state') ?? '';
  const challenge = parameters.get('code_challenge') ?? '';
  if (client === undefined) throw new Refusal(400, 'unknown client_id');
  if (!client.redirectUris.includes(redirectUri)) throw new Refusal(400, 'invalid redirect_uri');
  if (parameters.get('response_type') !== 'code') throw new Refusal(400, 'response_type must be code');
  if (state === '') throw new Refusal(400, 'state is required');
  if (parameters.get('code_challenge_method') !== 'S256') {
    throw new Refusal(400, 'code_challenge_method must be S256');
  }
  if (!/^[\w-]{43}$/.test(challenge)) throw new Refusal(400, 'code_challenge is required');
  return { client, redirectUri, challenge, state };
}

function sendBack({ redirectUri, state }: AuthorizationRequest, says: Readonly<Record<string, string>>): Answer {
  const location = `${redirectUri}?${new URLSearchParams({ ...says, state })}`;
  return { ...message(302, 'Back to the program'), headers: { location, 'cache-control': 'no-store' } };
}

function person({ world }: Call): User {
  const [first] = world.users.values();
  if (first === undefined) throw new Error('the sandbox has nobody');
  return first;
}

function isOnly(value: unknown, only: string): boolean {
  return Array.isArray(value) && value.length === 1 && value[0] === only;
}

/** 127.0.0.1, ::1 or localhost, a port that needs no privilege, and no query. */
function isLoopbackRedirect(value: unknown): value is string {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null || url.protocol !== 'http:' || url.search !== '' || url.hash !== '') return false;
  const port = Number(url.port);
  return ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname) && port >= 1_025 && port <= 65_535;
}

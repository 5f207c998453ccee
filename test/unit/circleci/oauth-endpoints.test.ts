import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import type { Exchange } from '../../../main/circleci/exchange.ts';
import { discover, endpointsOf } from '../../../main/circleci/oauth-endpoints.ts';

const cloud = { origin: 'https://circleci.com' };
const own = { origin: 'https://ci.example.com' };

function documentAt(origin: string, change: object = {}) {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    registration_endpoint: `${origin}/oauth/register`,
    ...change,
  };
}

function refusalOf(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('it did not refuse');
}

test('a host’s own addresses are taken as it says them', () => {
  const { authorize, token, register } = endpointsOf(documentAt(own.origin), own);
  expect([authorize.href, token.href, register.href]).toEqual([
    'https://ci.example.com/oauth/authorize',
    'https://ci.example.com/oauth/token',
    'https://ci.example.com/oauth/register',
  ]);
});

test('the cloud signs in under app.circleci.com, and nobody else does', () => {
  const document = documentAt('https://app.circleci.com');
  expect(endpointsOf(document, cloud).authorize.origin).toBe('https://app.circleci.com');
  expect(refusalOf(() => endpointsOf(document, own)).code).toBe('refused');
});

describe('an address elsewhere is refused', () => {
  test.each([
    ['issuer', 'https://evil.example'],
    ['authorization_endpoint', 'https://evil.example/oauth/authorize'],
    ['token_endpoint', 'https://ci.example.com.evil.example/oauth/token'],
    ['token_endpoint', 'http://ci.example.com/oauth/token'],
    ['token_endpoint', 'https://ci.example.com:8443/oauth/token'],
    ['registration_endpoint', 'https://user:secret@ci.example.com/oauth/register'],
    ['authorization_endpoint', 'https://ci.example.com/oauth/authorize#part'],
    ['authorization_endpoint', 'javascript:alert(1)'],
    ['authorization_endpoint', 'file:///etc/passwd'],
    ['authorization_endpoint', 'not an address'],
  ])('%s %s', (name, address) => {
    const error = refusalOf(() => endpointsOf(documentAt(own.origin, { [name]: address }), own));
    expect(error).toMatchObject({ code: 'refused', message: expect.stringContaining('ci.example.com') });
    expect(error.message).not.toContain('secret');
  });
});

test('a host that does not take S256 takes no sign-ins of ours', () => {
  const withMethods = (...methods: string[]) => documentAt(own.origin, { code_challenge_methods_supported: methods });
  expect(refusalOf(() => endpointsOf(withMethods('plain'), own)).code).toBe('unsupported');
  expect(endpointsOf(withMethods('plain', 'S256'), own).token.pathname).toBe('/oauth/token');
});

/** A host that answers every read like this. */
function answering(status: number, body: string): Exchange {
  const answer = { kind: 'answer' as const, status, headers: {}, body: Buffer.from(body) };
  return { repeat: async () => answer, once: async () => answer };
}

describe('the cloud, whose page documents its addresses and not the document', () => {
  test.each([
    ['has none', 404, '{}'],
    ['sends us to a page', 302, ''],
    ['shows a page', 200, '<html>'],
    ['has one without registration', 200, '{"issuer":"https://circleci.com"}'],
  ])('%s: the documented ones hold', async (_name, status, body) => {
    const { authorize, token, register } = await discover(answering(status, body), { host: cloud });
    expect([authorize.href, token.href, register.href]).toEqual([
      'https://app.circleci.com/oauth/authorize',
      'https://app.circleci.com/oauth/token',
      'https://app.circleci.com/oauth/register',
    ]);
  });

  test('has one: that one holds', async () => {
    const document = documentAt('https://circleci.com', { token_endpoint: 'https://app.circleci.com/token' });
    const { authorize, token } = await discover(answering(200, JSON.stringify(document)), { host: cloud });
    expect([authorize.href, token.href]).toEqual([
      'https://circleci.com/oauth/authorize',
      'https://app.circleci.com/token',
    ]);
  });
});

import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listenForRedirect } from '../../../main/circleci/oauth-redirect.ts';
import { failureOf } from '../../support/circleci-client.ts';

const state = 'the-state-that-was-sent-out';
const path = '/signed-in/5f2a';

async function listening() {
  const listener = await listenForRedirect({ port: 0, path, state });
  onTestFinished(() => listener.close());
  const visit = (answer: Readonly<Record<string, string>> | string, init: RequestInit = {}) => {
    const query = typeof answer === 'string' ? answer : new URLSearchParams(answer).toString();
    return fetch(`${listener.redirectUri}?${query}`, init);
  };
  return { ...listener, visit };
}

/** One request in bytes, with whatever Host it claims; resolves to the first line of the answer. */
function rawRequest(redirectUri: string, lines: readonly string[]): Promise<string> {
  const socket = connect(Number(new URL(redirectUri).port), '127.0.0.1');
  return new Promise((resolve, reject) => {
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
    socket.on('error', reject);
    socket.write(`${lines.join('\r\n')}\r\nconnection: close\r\n\r\n`);
  });
}

test('listens on 127.0.0.1 alone, on a port that CircleCI takes', async () => {
  const { redirectUri } = await listening();
  expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-in\/5f2a$/);
  const port = Number(new URL(redirectUri).port);
  expect(port).toBeGreaterThanOrEqual(1_025);
  await expect(fetch(`http://[::1]:${port}${path}`)).rejects.toThrow();
});

test('gives the code, shows a page without it, and closes', async () => {
  const { code, visit } = await listening();
  const page = await visit({ code: 'c0de', state });
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(html).toContain('Go back to Rondo');
  expect(html).not.toMatch(/c0de|the-state|<script|https?:/);
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  expect(await code).toBe('c0de');
  await expect(visit({ code: 'c0de', state })).rejects.toThrow();
});

describe('an answer that is no code ends it as well', () => {
  test.each([
    ['denied', { error: 'access_denied', state }, 'You did not allow it', /did not allow it on CircleCI/],
    ['another error', { error: 'server_error', state }, 'CircleCI did not allow it', /\(server_error\)/],
    ['an error in words of its own', { error: '<b>c0de</b>', state }, 'did not allow it', /without a code\. /],
    ['neither code nor error', { state }, 'did not allow it', /without a code\. /],
    ['an empty code', { code: '', state }, 'did not allow it', /without a code\. /],
    ['another state', { code: 'c0de', state: 'another' }, 'does not belong', /did not belong to this sign-in/],
    ['no state', { code: 'c0de' }, 'does not belong', /did not belong to this sign-in/],
    ['denied with another state', { error: 'access_denied', state: 'x' }, 'does not belong', /did not belong/],
    ['two states', `code=c0de&state=${state}&state=other`, 'does not belong', /did not belong/],
    ['two codes', `code=c0de&code=other&state=${state}`, 'does not belong', /did not belong/],
  ] as const)('%s', async (_name, answer, shown, says) => {
    const { code, visit } = await listening();
    const page = await visit(answer);
    expect(page.status).toBe(shown === 'does not belong' ? 400 : 200);
    const html = await page.text();
    expect(html).toContain(shown);
    expect(html).not.toContain('c0de');
    const failure = await failureOf(code);
    expect(failure).toMatchObject({ code: 'refused', message: expect.stringMatching(says) });
    expect(JSON.stringify(failure)).not.toContain('c0de');
    await expect(visit({ code: 'good', state })).rejects.toThrow();
  });
});

test('of two answers at once the first counts', async () => {
  const { code, visit } = await listening();
  const answers = await Promise.allSettled([visit({ code: 'one', state }), visit({ code: 'two', state })]);
  const taken = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.status === 200);
  expect(taken).toHaveLength(1);
  const first = answers[0].status === 'fulfilled' && answers[0].value.status === 200 ? 'one' : 'two';
  expect(await code).toBe(first);
});

test.each([
  ['another path', (own: URL) => [`GET /signed-in/ffff?state=${state}&code=x HTTP/1.1`, `host: ${own.host}`]],
  ['a path below it', (own: URL) => [`GET ${path}/x?state=${state}&code=x HTTP/1.1`, `host: ${own.host}`]],
  ['another method', (own: URL) => [`POST ${path}?state=${state}&code=x HTTP/1.1`, `host: ${own.host}`]],
  ['another name', (own: URL) => [`GET ${path}?state=${state}&code=x HTTP/1.1`, `host: evil.example:${own.port}`]],
  [
    'localhost, which is not what was registered',
    (own: URL) => [`GET ${path} HTTP/1.1`, `host: localhost:${own.port}`],
  ],
])('%s is nobody’s answer, and does not end it', async (_name, lines) => {
  const { code, redirectUri, visit } = await listening();
  expect(await rawRequest(redirectUri, lines(new URL(redirectUri)))).toBe('HTTP/1.1 404 Not Found');
  await visit({ code: 'real', state });
  expect(await code).toBe('real');
});

test('a port that is taken is said to be, and what to do', async () => {
  const { redirectUri } = await listening();
  const port = Number(new URL(redirectUri).port);
  expect(await failureOf(listenForRedirect({ port, path, state }))).toMatchObject({
    code: 'network',
    hint: expect.stringContaining('as a new client'),
  });
});

test('closed, it answers nobody', async () => {
  const { close, visit } = await listening();
  close();
  close();
  await expect(visit({ code: 'late', state })).rejects.toThrow();
});

import { expect, test } from 'vitest';
import { sandboxToken } from '../../../shared/contract/sandbox.ts';
import { openSandbox } from '../../support/open-sandbox.ts';

test('tokens() has the shape that the contract names', async () => {
  await using opened = await openSandbox();
  for (const token of opened.sandbox.tokens()) expect(sandboxToken.parse(token)).toEqual(token);
  expect(opened.sandbox.tokens()[1]).toEqual({
    id: expect.any(String),
    kind: 'project',
    project: 'gh/tidewater/web',
    scope: 'all',
    label: 'deploy-bot',
    value: expect.stringMatching(/^CCIPRJ_/),
    lastUsedAt: expect.any(String),
  });
});

test('the state says the same, with dates', async () => {
  await using opened = await openSandbox();
  const { tokens } = await opened.state();
  expect(tokens.map(({ createdAt: _createdAt, expiresAt: _expiresAt, ...token }) => token)).toEqual(
    opened.sandbox.tokens(),
  );
});

test('a created token appears, a deleted one moves to the deleted', async () => {
  await using opened = await openSandbox();
  await opened.ask('POST /api/v1/user/token', { body: { label: 'ci' } });
  const { id = '' } = (await opened.state()).tokens.find(({ label }) => label === 'ci') ?? {};
  opened.clock.advance(60_000);
  await opened.ask(`DELETE /api/v1/user/token/${id}`);
  const { tokens, deleted } = await opened.state();
  expect(tokens.map((token) => token.id)).not.toContain(id);
  const nowMs = opened.clock.now();
  expect(deleted).toEqual([
    { id, createdAt: new Date(nowMs - 60_000).toISOString(), deletedAt: new Date(nowMs).toISOString() },
  ]);
});

test('the log has method, path with query, and status of each request, never a header’s value', async () => {
  await using opened = await openSandbox();
  await opened.ask('GET /api/v1.1/projects?shallow=true');
  await opened.ask('POST /api/v1/user/token', { body: {} });
  const { requests, log } = await opened.state();
  expect(requests).toBe(2);
  expect(log).toEqual([
    { method: 'GET', path: '/api/v1.1/projects?shallow=true', status: 200 },
    { method: 'POST', path: '/api/v1/user/token', status: 400 },
  ]);
});

test('the log is bounded, the count is not', async () => {
  await using opened = await openSandbox();
  for (let batch = 0; batch < 42; batch += 1) {
    await Promise.all(Array.from({ length: 50 }, () => opened.ask('GET /nothing')));
  }
  await opened.ask('GET /last');
  const { requests, log } = await opened.state();
  expect(requests).toBe(2_101);
  expect(log).toHaveLength(1_000);
  expect(log.at(-1)).toEqual({ method: 'GET', path: '/last', status: 404 });
});

import { describe, expect, test } from 'vitest';
import type { Scope, Token } from '../../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

const web = 'gh/tidewater/web';

async function held(connected: ConnectedCore, scope: Scope, project = web): Promise<Token> {
  const wish = { project, scope, label: `held ${scope}`, keep: true };
  return expectOk(await connected.client('token.create-project', wish)).token;
}

async function heldPersonal(connected: ConnectedCore, expiresInMs?: number): Promise<Token> {
  const expiry = expiresInMs === undefined ? {} : { expiresInMs };
  const wish = { account: connected.account, label: 'held personal', keep: false, ...expiry };
  return expectOk(await connected.client('token.create-personal', wish)).token;
}

async function check(connected: ConnectedCore, ...tokens: Pick<Token, 'id'>[]) {
  const { checks } = expectOk(await connected.client('token.check', { ids: tokens.map(({ id }) => id) }));
  return checks.map(({ state, reason }) => `${state}: ${reason}`);
}

describe('checking', () => {
  test('asks about every held value, and takes none', async () => {
    await using connected = await connectedCore();
    expect(await check(connected)).toEqual([]);
    const tokens = [await held(connected, 'admin'), await held(connected, 'status'), await heldPersonal(connected)];
    const { checks } = expectOk(await connected.client('token.check', { ids: [] }));
    expect(new Map(checks.map(({ id, state }) => [id, state]))).toEqual(new Map(tokens.map(({ id }) => [id, 'works'])));
    for (const { id } of tokens) expect((await connected.pick({ id })).hasValue).not.toBe('none');
  });

  test('says how it knows that one works', async () => {
    await using connected = await connectedCore();
    expect(await check(connected, await held(connected, 'read-only'), await heldPersonal(connected))).toEqual([
      `works: GET /api/v1.1/project/${web}, with and without the token: 200 and 404`,
      'works: GET /api/v2/me: 200, the same user',
    ]);
  });

  test('says why one is refused', async () => {
    await using connected = await connectedCore();
    const expired = await heldPersonal(connected, 86_400_000);
    const deleted = await held(connected, 'admin');
    connected.advance(2 * 86_400_000);
    await connected.colleague('DELETE', `/api/v1.1/project/${web}/token/${deleted.remoteId}`);
    expect(await check(connected, expired, deleted)).toEqual([
      'refused: 401, because it has expired',
      'refused: 404, probably deleted since the last sync, or without access to this project',
    ]);
    expectOk(await connected.client('sync.run', {}));
    expect(await check(connected, deleted)).toEqual(['refused: 404, because it is no longer listed']);
  });

  test('does not guess about what it cannot tell', async () => {
    await using connected = await connectedCore();
    const open = (await connected.pick({ label: 'chromatic' })).project ?? '';
    const [listed, anybody, denied] = [
      await connected.pick({ label: 'danger' }),
      await held(connected, 'read-only', open),
      await held(connected, 'admin'),
    ];
    connected.between.twist = ({ path }, ask) =>
      path === `/api/v1.1/project/${web}` ? { status: 403, body: '{"message":"Permission denied"}' } : ask();
    expect(await check(connected, listed, anybody, denied)).toEqual([
      'not-checked: the vault holds no value of it',
      `not-checked: cannot be told by use: GET /api/v1.1/project/${open}, with and without the token: 200 and 200`,
      `not-checked: cannot be told by use: GET /api/v1.1/project/${web}, with and without the token: 403`,
    ]);
  });

  test('one that could not be asked has failed, and the others are asked', async () => {
    await using connected = await connectedCore();
    const [first, second] = [await held(connected, 'admin'), await heldPersonal(connected)];
    connected.between.twist = ({ path }, ask) => (path.includes('/project/') ? undefined : ask());
    const [lost, fine] = await check(connected, first, second);
    expect(lost).toMatch(/^failed: .* was lost/);
    expect(fine).toMatch(/^works/);
  });

  test('of a removed account has failed', async () => {
    await using connected = await connectedCore();
    const token = await held(connected, 'admin');
    expectOk(await connected.client('account.remove', { id: connected.account }));
    expect((await check(connected, token))[0]).toMatch(/^failed: The account .* holds no token to sign in with/);
    const { checks } = expectOk(await connected.client('token.check', { ids: [token.id] }));
    expect(checks[0]?.error, 'what a script hears, too').toBe('unauthorized');
  });

  test('a token that is not there', async () => {
    await using connected = await connectedCore();
    expect(expectFailure(await connected.client('token.check', { ids: ['ffffffff'] })).code).toBe('not-found');
  });

  test('a value that Rondo deleted is not held any more', async () => {
    await using connected = await connectedCore();
    const token = await held(connected, 'admin');
    expectOk(await connected.client('token.delete', { ids: [token.id], confirm: 'DELETE' }));
    expect(await check(connected, token)).toEqual(['not-checked: the vault holds no value of it']);
  });
});

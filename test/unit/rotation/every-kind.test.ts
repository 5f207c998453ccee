import { describe, expect, test } from 'vitest';
import { bothTokens } from '../../../renderer/state/both-tokens.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';

const web = 'gh/tidewater/web';
const proofs = {
  listed: 'the new token is listed',
  works: 'the new token works',
  unlisted: 'the old token is not listed any more',
};

describe.each<[string, Partial<Token>, string]>([
  ['a read-only project token', { project: web, scope: 'read-only' }, 'with and without the token: 200 and 404'],
  ['an admin project token', { project: web, scope: 'admin' }, 'with and without the token: 200 and 404'],
  ['a status token', { project: web, scope: 'status' }, 'with and without the token: 200 and 200, different'],
  ['a token of a Bitbucket project', { label: 'deploy-bot', project: 'bb/tidewater-finance/billing' }, '200 and 404'],
  ['a token of a GitHub App project', { label: 'nightly-reindex' }, '200 and 404'],
  ['a personal token', { label: 'circleci-cli' }, 'GET /api/v2/me: 200, the same user'],
  ['a personal token with a legacy value', { label: 'old-laptop' }, 'GET /api/v2/me: 200, the same user'],
  ['a personal token that may only read', { label: 'editor-extension' }, 'GET /api/v2/me: 200, the same user'],
])('rotating %s', (_kind, wanted, proof) => {
  test('ends with one new token, proved, and the old one gone', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick(wanted);
    const before = connected.alive();

    const rotation = await connected.rotate(old);

    expect(rotation).toMatchObject({ state: 'done', mode: 'overlap', retire: 'now', guided: false, token: old.id });
    expect(rotation.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'plan done',
      'create done',
      'prove-new done',
      'deliver skipped',
      'retire-old done',
      'prove-old-gone done',
    ]);
    expect(rotation.steps[2]?.detail).toContain(proof);
    const fresh = await expectReplaced(connected, old, new Set(before.keys()));
    expect(fresh.label).toBe(old.label);
    expect(fresh.scope).toBe(before.get(old.remoteId ?? '')?.scope);
    expect(rotation.receipt?.proofs.map(({ what, ok }) => [what, ok])).toEqual([
      [proofs.listed, true],
      [proofs.works, true],
      [proofs.unlisted, true],
    ]);
    expect(rotation.receipt).toMatchObject({
      new: { id: rotation.replacement, tail: fresh.value.slice(-4) },
      delivered: [],
      overlapMs: 0,
    });
    const shown = expectOk(await connected.client('rotation.show', { id: rotation.id })).rotations;
    expect(shown).toEqual([rotation]);
  });
});

describe('a rotation', () => {
  test('carries over what only the vault knows', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const known = { owner: 'team web', tags: ['prod', 'ci'], note: 'In the Danger file.\nAsk Ada.' };
    expectOk(await connected.client('token.edit', { id: old.id, ...known, leaked: true }));
    const { replacement } = await connected.rotate(old);
    const fresh = expectOk(await connected.client('token.show', { id: replacement ?? '' }));
    expect(fresh.token).toMatchObject({ ...known, rotatedFrom: old.id, state: 'active' });
    expect(fresh.history.map(({ action }) => action)).toEqual(['token.created']);
    const history = expectOk(await connected.client('token.show', { id: old.id })).history;
    expect(history.map(({ action }) => action)).toEqual(['token.edited', 'rotation.started', 'token.rotated']);
  });

  test('gives the new token the lifetime that the old one was made for', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'terraform' });
    const { replacement } = await connected.rotate(old);
    const fresh = await connected.pick({ id: replacement ?? '' });
    const lifetimeMs = Date.parse(old.expiresAt ?? '') - Date.parse(old.createdAt ?? '');
    expect(Date.parse(fresh.expiresAt ?? '') - Date.parse(fresh.createdAt ?? '')).toBe(lifetimeMs);
    expect(fresh).toMatchObject({ access: 'admin' });
  });

  test('gives the new token another label when asked for', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const { replacement } = await connected.rotate(old, { label: 'danger 🛟' });
    const fresh = await connected.pick({ id: replacement ?? '' });
    expect(connected.alive().get(fresh.remoteId ?? '')?.label).toBe('danger 🛟');
  });

  test('keeps the new value in the vault after it was taken, if asked to', async () => {
    await using connected = await connectedCore();
    const { replacement = '' } = await connected.rotate(await connected.pick({ label: 'danger' }), { keep: true });
    expect(await connected.pick({ id: replacement })).toMatchObject({ hasValue: 'kept' });
    expectOk(await connected.client('token.taken', { id: replacement }));
    expect(await connected.pick({ id: replacement })).toMatchObject({ hasValue: 'kept' });
  });

  test('proves that a known old value is refused, and forgets it', async () => {
    await using connected = await connectedCore();
    const wish = { project: web, scope: 'read-only', label: 'ours', keep: true } as const;
    const { token } = expectOk(await connected.client('token.create-project', wish));
    const rotation = await connected.rotate(token);
    expect(rotation.receipt?.old).toEqual({ id: token.id, tail: token.tail });
    expect(rotation.receipt?.proofs.at(-1)).toMatchObject({
      what: 'the old token is refused',
      answered: '404',
      ok: true,
    });
    expect(await connected.pick({ id: token.id })).toMatchObject({ hasValue: 'none', state: 'revoked' });
  });

  test('says that a public project answers anybody, and goes by the list', async () => {
    await using connected = await connectedCore();
    const rotation = await connected.rotate(await connected.pick({ label: 'chromatic' }));
    expect(rotation.state).toBe('done');
    expect(rotation.steps[2]?.detail).toBe('it is listed; cannot be told by use (200 and 200)');
    expect(rotation.receipt?.proofs.map(({ what, ok }) => [what, ok])).toEqual([
      [proofs.listed, true],
      [proofs.works, false],
      [proofs.unlisted, true],
    ]);
  });

  test.each([
    ['chromatic', 'unproved'],
    ['danger', 'works'],
  ] as const)('calls a new token that waits to be taken no more than proved: %s', async (label, fresh) => {
    await using connected = await connectedCore();
    const rotation = await connected.rotate(await connected.pick({ label }), { retire: 'taken' });
    expect(rotation.state).toBe('waiting');
    expect(bothTokens(rotation)).toEqual({ old: 'there', fresh });
  });

  test('cannot tell by use what anybody may ask: the old value of a public project', async () => {
    await using connected = await connectedCore();
    const project = (await connected.pick({ label: 'chromatic' })).project ?? '';
    const wish = { project, scope: 'admin', label: 'ours', keep: true } as const;
    const { token } = expectOk(await connected.client('token.create-project', wish));
    const rotation = await connected.rotate(token);
    expect(rotation.state).toBe('done');
    expect(rotation.receipt?.proofs.at(-1)?.what).toBe(proofs.unlisted);
  });
});

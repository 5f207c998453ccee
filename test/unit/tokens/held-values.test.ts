import { describe, expect, test } from 'vitest';
import type { Token } from '../../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { heldValue } from '../../support/expect-replaced.ts';

async function created(connected: ConnectedCore, keep: boolean): Promise<Token> {
  const wish = { project: 'gh/tidewater/web', scope: 'admin', label: 'fresh', keep } as const;
  return expectOk(await connected.client('token.create-project', wish)).token;
}

describe('taking a value', () => {
  test('shows it as often as needed until it is called taken, then the vault has forgotten it', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const { id, remoteId = '' } = await created(connected, false);
    const value = connected.alive().get(remoteId)?.value;
    expect([await heldValue(connected, id), await heldValue(connected, id)]).toEqual([value, value]);
    connected.advance(60_000);
    const { token } = expectOk(await client('token.taken', { id }));
    expect(token).toMatchObject({ hasValue: 'none', tail: value?.slice(-4) });
    for (const act of ['token.take', 'token.taken'] as const) {
      const error = expectFailure(await client(act, { id }));
      expect(error).toMatchObject({ code: 'not-found', details: { takenAt: '2026-11-23T08:01:00.000Z' } });
      expect(error.message).toContain('It was taken at 2026-11-23T08:01:00.000Z.');
    }
  });

  test('keeps a kept one', async () => {
    await using connected = await connectedCore();
    const { id, remoteId = '' } = await created(connected, true);
    expect(expectOk(await connected.client('token.taken', { id })).token.hasValue).toBe('kept');
    expect(await heldValue(connected, id)).toBe(connected.alive().get(remoteId)?.value);
  });

  test('says that there never was one of a token that was only listed', async () => {
    await using connected = await connectedCore();
    const { id } = await connected.pick({ label: 'danger' });
    for (const act of ['token.take', 'token.taken'] as const) {
      const error = expectFailure(await connected.client(act, { id }));
      expect(error).toMatchObject({ code: 'not-found' });
      expect(error.message).toContain('The vault never held it.');
      expect(error.details).toEqual({});
    }
    expect(await connected.pick({ id })).toMatchObject({ hasValue: 'none' });
  });

  test('survives locking and another core', async () => {
    await using connected = await connectedCore();
    const { id, remoteId = '' } = await created(connected, false);
    expectOk(await connected.client('vault.lock', {}));
    expect(expectFailure(await connected.client('token.take', { id })).code).toBe('locked');
    await using second = await connected.another();
    expect(await heldValue(second, id)).toBe(connected.alive().get(remoteId)?.value);
  });
});

describe('editing', () => {
  test('changes what only the vault knows, and nothing that is not said', async () => {
    await using connected = await connectedCore();
    const { client, between } = connected;
    const before = await connected.pick({ label: 'danger' });
    const asked = between.asked.length;
    const edit = async (change: object) => expectOk(await client('token.edit', { id: before.id, ...change })).token;
    expect(await edit({ owner: 'web', tags: ['a', 'b', 'a'], note: 'n' })).toEqual({
      ...before,
      owner: 'web',
      tags: ['a', 'b'],
      note: 'n',
    });
    expect(await edit({ note: 'm' })).toMatchObject({ owner: 'web', tags: ['a', 'b'], note: 'm' });
    expect(await edit({ owner: '', note: '', tags: [] })).toEqual(before);
    expect(between.asked, 'without asking anybody').toHaveLength(asked);
  });

  test('marks a token as leaked, once', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const { id } = await connected.pick({ label: 'danger' });
    expect(expectOk(await client('token.edit', { id, leaked: true })).token.state).toBe('leaked');
    expectOk(await client('token.edit', { id, leaked: true }));
    expectOk(await client('sync.run', {}));
    expect(await connected.pick({ id }), 'a sync does not take it back').toMatchObject({ state: 'leaked' });
    expect(expectOk(await client('token.show', { id })).history.map(({ action }) => action)).toEqual([
      'token.edited',
      'token.edited',
    ]);
  });

  test('of a token that is not there', async () => {
    await using connected = await connectedCore();
    const error = expectFailure(await connected.client('token.edit', { id: 'ffffffff', owner: 'x' }));
    expect(error.code).toBe('not-found');
  });
});

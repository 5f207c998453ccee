import { describe, expect, test } from 'vitest';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced, heldValue } from '../../support/expect-replaced.ts';

describe('a rotation that waits for the new value to be taken', () => {
  test('leaves the old token alone until then, however often it is resumed', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const old = await connected.pick({ label: 'danger' });
    const rotation = await connected.rotate(old, { retire: 'taken' });
    expect(rotation).toMatchObject({ state: 'waiting', retire: 'taken' });
    expect(rotation.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'skipped', 'waiting', 'pending']);
    expect(rotation.receipt).toBeUndefined();
    const asked = connected.between.asked.length;
    expect(await connected.resume()).toEqual([rotation]);
    expect(connected.between.asked).toHaveLength(asked);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    expect(expectOk(await client('rotation.list', { state: 'waiting' })).rotations).toEqual([rotation]);
    expect(expectFailure(await client('rotation.start', { ids: [old.id], keep: false, dryRun: false })).code).toBe(
      'rotation-open',
    );
  });

  test('holds the taken value until it ends, and forgets it then', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    const { replacement = '' } = await connected.rotate(old, { retire: 'taken' });
    const value = await heldValue(connected, replacement);
    expectOk(await client('token.taken', { id: replacement }));
    expect(await heldValue(connected, replacement), 'it still has to prove the old one gone').toBe(value);

    const [ended] = await connected.resume();
    expect(ended?.state).toBe('done');
    const fresh = [...connected.alive().values()].filter(({ id }) => !before.has(id));
    expect(fresh.map((token) => token.value)).toEqual([value]);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
    expect(expectFailure(await client('token.take', { id: replacement }))).toMatchObject({
      code: 'not-found',
      details: { takenAt: '2026-11-23T08:00:00.000Z' },
    });
    expect(await connected.pick({ id: replacement })).toMatchObject({ hasValue: 'none' });
  });

  test('keeps the taken value if asked to', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    const { replacement = '' } = await connected.rotate(old, { retire: 'taken', keep: true });
    expectOk(await connected.client('token.taken', { id: replacement }));
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, old, before);
    expect(await connected.pick({ id: replacement })).toMatchObject({ hasValue: 'kept' });
  });

  test('tells that it was taken while that lasts, and of what is kept or was given up that it can be taken', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const shown = async (id: string) => expectOk(await client('rotation.show', { id })).rotations[0];
    const take = async (id = '') => expectOk(await client('token.taken', { id }));
    const [first, second, third] = [
      await connected.rotate(await connected.pick({ label: 'danger' }), { retire: 'taken' }),
      await connected.rotate(await connected.pick({ label: 'fastlane' }), { retire: 'taken' }),
      await connected.rotate(await connected.pick({ label: 'release-please' }), { retire: 'taken', keep: true }),
    ];
    expect(await shown(first.id)).not.toHaveProperty('taken');
    for (const { replacement } of [first, second, third]) await take(replacement);
    expect(await shown(first.id)).toMatchObject({ taken: true });
    expect(await shown(second.id)).toMatchObject({ taken: true });
    expect(await shown(third.id)).not.toHaveProperty('taken');

    expectOk(await client('rotation.abandon', { id: second.id, confirm: 'ABANDON' }));
    expect(await shown(second.id), 'its value is held').not.toHaveProperty('taken');
    await connected.resume();
    expect(await shown(first.id)).toMatchObject({ state: 'done', taken: true });
    const { replacement: again = '' } = first;
    expect(await connected.pick({ id: again })).toMatchObject({ hasValue: 'none' });
  });

  test('blocks deleting either token', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const { replacement = '' } = await connected.rotate(old, { retire: 'taken' });
    const before = connected.alive();
    const { deleted, failed } = expectOk(
      await connected.client('token.delete', { ids: [old.id, replacement], confirm: 'DELETE' }),
    );
    expect(deleted).toEqual([]);
    expect(failed.map(({ error }) => error.code)).toEqual(['rotation-open', 'rotation-open']);
    expect(connected.alive()).toEqual(before);
  });

  test('is written in the vault: another core goes on with it after the value was taken', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const { replacement = '', id } = await connected.rotate(old, { retire: 'taken' });
    expectOk(await connected.client('token.taken', { id: replacement }));
    expectOk(await connected.client('vault.lock', {}));
    await using second = await connected.another();
    const answer = expectOk(await second.client('rotation.resume', { ids: [id.slice(0, 8)] }));
    expect(answer.rotations).toMatchObject([{ id, state: 'done' }]);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
  });
});

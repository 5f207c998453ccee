import { describe, expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import { isHandedOver } from '../../../main/rotation/by-hand.ts';
import { planRotation } from '../../../main/rotation/plan.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { alike, bytes } from '../../support/by-hand.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';
import type { Twist } from '../../support/in-between.ts';
import { tokenRecord } from '../../support/token-records.ts';

/** The first create is carried out and its answer lost; from then on the list answers with `status`. */
function lostThen(status: number): Twist {
  let isLost = false;
  return async ({ method, path }, ask) => {
    if (method === 'POST' && !isLost) {
      isLost = true;
      await ask();
      return undefined;
    }
    return isLost && method === 'GET' && path.endsWith('/token') ? { status, body: '{}' } : ask();
  };
}

describe.each([403, 404, 502])('a create whose answer is lost, and then the list answers %i', (status) => {
  test('is left to nobody before it is known what came of it', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    connected.between.twist = lostThen(status);
    const isUnclear = (rotation: Rotation | undefined) => {
      expect(rotation).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
      expect(rotation).not.toHaveProperty('guide');
    };
    const begun = await connected.rotate(old);
    isUnclear(begun);
    const [resumed] = await connected.resume();
    isUnclear(resumed);

    const made = await alike(connected.sandbox, old);
    const value = bytes(made.value);
    const told = await connected.client('rotation.resume', { ids: [begun.id], value });
    expect(expectFailure(told).code).toBe('invalid-input');

    // What a person made is none of Rondo's, so two are new: which of them came of it nobody can tell.
    connected.between.twist = undefined;
    isUnclear((await connected.resume())[0]);
    const [lost = '', ...others] = [...connected.alive().keys()].filter((id) => !before.has(id) && id !== made.id);
    expect([lost !== '', others]).toEqual([true, []]);
    expect(connected.alive().has(made.id)).toBe(true);
    // Whoever names it has been told of both.
    const { rotations } = expectOk(await connected.client('rotation.resume', { ids: [begun.id] }));
    expect(rotations[0]?.state).toBe('done');
    await expectReplaced(connected, old, new Set([...before, made.id, lost]));
  });
});

test('a lost create that was tried for a person is looked for, also after a failure before the step', async () => {
  await using connected = await connectedCore();
  const { between, client } = connected;
  const old = await connected.pick({ label: 'danger' });
  const before = new Set(connected.alive().keys());
  between.twist = ({ method }, ask) => (method === 'POST' ? { status: 403, body: '{}' } : ask());
  const begun = await connected.rotate(old);
  expect(begun).toMatchObject({ state: 'waiting', guide: { act: 'create' } });
  const isUnclear = (rotation: Rotation | undefined) => {
    expect(rotation).toMatchObject({ state: 'needs-attention' });
    expect(rotation).not.toHaveProperty('guide');
  };
  between.twist = lostThen(502);
  isUnclear((await connected.resume())[0]);
  between.twist = ({ path }, ask) => (path.endsWith('/me') ? { status: 500, body: '{}' } : ask());
  isUnclear((await connected.resume())[0]);

  const [lost = '', ...others] = [...connected.alive().keys()].filter((id) => !before.has(id));
  expect([lost !== '', others]).toEqual([true, []]);
  const told = await client('rotation.resume', { ids: [begun.id], value: bytes('a-value-made-meanwhile') });
  expect(expectFailure(told).code).toBe('invalid-input');

  between.twist = undefined;
  expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  await expectReplaced(connected, old, before);
});

test('only a create of which nothing is left is handed over', () => {
  const at = '2026-11-23T08:00:00.000Z';
  const wish = { keep: false, guided: false, mode: 'overlap', retire: 'now' } as const;
  const planned = { ...planRotation(tokenRecord(), { kind: 'personal' }, wish, at), id: 'r' };
  const refused = new AppError('forbidden', 'No.');
  const get = () => {
    throw new Error('of a create nothing else is asked');
  };
  const world = { accounts: { get } };
  expect(isHandedOver(world, planned, 'create', refused)).toBe(true);
  expect(isHandedOver(world, { ...planned, attempt: { startedAt: at, keysBefore: [] } }, 'create', refused)).toBe(
    false,
  );
});

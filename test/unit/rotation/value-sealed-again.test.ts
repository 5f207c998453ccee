import { expect, test } from 'vitest';
import { byHand, bytes } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { flipCell } from '../../support/damaged-vault.ts';
import { heldValue } from '../../support/expect-replaced.ts';
import { backUp, resumeNamed } from '../../support/restored-backup.ts';
import { steppedClock } from '../../support/stepped-clock.ts';
import { operate } from '../../support/vault-surgery.ts';

/** Rondo's own token waits for its successor to be taken: the account has that value, and the vault's copy of it gets lost. */

const wait = 'for the new value to be taken';

async function waitingOwn(connected: ConnectedCore, keep = false) {
  const old = await connected.pick({ label: 'rondo' });
  const before = connected.alive();
  const rotation = await connected.rotate(old, { retire: 'taken', keep });
  expect(rotation.steps[4]).toMatchObject({ name: 'retire-old', state: 'waiting', detail: wait });
  const fresh = [...connected.alive().values()].find(({ id }) => !before.has(id));
  return { old, rotation, replacement: rotation.replacement ?? '', value: fresh?.value };
}

/** It is taken, and then the rotation comes to its end. */
async function expectTakenAndDone(
  connected: ConnectedCore,
  { old, replacement, value }: Awaited<ReturnType<typeof waitingOwn>>,
) {
  expect(await heldValue(connected, replacement)).toBe(value);
  expectOk(await connected.client('token.taken', { id: replacement }));
  expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
  expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
  expect(await heldValue(connected, replacement), 'it was taken once').toBeUndefined();
  const { accounts } = expectOk(await connected.client('account.list', {}));
  expect(accounts).toMatchObject([{ lastAttempt: { outcome: 'ok' } }]);
}

test('resumed after a restored backup, the value can be taken again', async () => {
  await using connected = await connectedCore();
  const own = await waitingOwn(connected);
  const restore = await backUp(connected);
  await restore();
  expect(await heldValue(connected, own.replacement), 'a backup is without it').toBeUndefined();
  const resumed = await resumeNamed(connected, own.rotation);
  expect(resumed).toMatchObject({ state: 'waiting' });
  expect(resumed.steps[4]).toMatchObject({ state: 'waiting', detail: wait });
  await expectTakenAndDone(connected, own);
});

test.each([
  ['to be taken', false],
  ['to be kept', true],
])('after a repair that lost it, it is there again %s by itself where Rondo stays open', async (_what, keep) => {
  const clock = steppedClock(60_000);
  await using connected = await connectedCore({ clock });
  const own = await waitingOwn(connected, keep);
  expectOk(await connected.client('vault.lock', {}));
  operate(connected.vaultDir, (database) => flipCell(database, 'secret', own.replacement));
  await connected.unlock();
  expectOk(await connected.client('vault.repair', { confirm: 'REPAIR', setAside: 'SET-ASIDE' }));
  await connected.unlock();
  expect(await heldValue(connected, own.replacement)).toBeUndefined();
  const dispose = connected.core.retireWhenDue();
  await clock.step();
  // Waits for the look, and changes nothing itself.
  expectFailure(await connected.client('rotation.abandon', { id: own.rotation.id }));
  dispose();
  expect(await connected.pick({ id: own.replacement })).toMatchObject({ hasValue: keep ? 'kept' : 'sealed' });
  expect(await heldValue(connected, own.replacement)).toBe(own.value);
});

test('where Rondo signs in with another token by then, nobody has the value, and that is said', async () => {
  await using connected = await connectedCore();
  const { old, rotation } = await waitingOwn(connected);
  const restore = await backUp(connected);
  await restore();
  const third = await byHand(connected.sandbox).create({ label: 'third', scope: 'admin' });
  expectOk(await connected.client('account.add', { host: connected.between.url, value: bytes(third.value) }));
  expectOk(await connected.client('sync.run', {}));
  expect(await resumeNamed(connected, rotation)).toMatchObject({
    state: 'needs-attention',
    error: { message: expect.stringContaining('does not hold its value any more') },
  });
  expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
});

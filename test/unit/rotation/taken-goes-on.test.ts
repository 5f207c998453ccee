import { describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { steppedClock } from '../../support/stepped-clock.ts';

const hourMs = 3_600_000;

async function take({ client }: ConnectedCore, id: string): Promise<void> {
  expectOk(await client('token.take', { id }));
  expectOk(await client('token.taken', { id }));
}

async function show({ client }: ConnectedCore, id: string) {
  return expectOk(await client('rotation.show', { id })).rotations[0];
}

const waitsOf = (rotation: Awaited<ReturnType<typeof show>>) =>
  rotation?.steps.find(({ state }) => state === 'waiting')?.detail;

describe('a rotation whose new value was taken, and nobody went on with it', () => {
  test('says so, and no more that it waits for that', async () => {
    await using connected = await connectedCore();
    const { id, replacement = '' } = await connected.rotate(await connected.pick({ label: 'danger' }), {
      retire: 'taken',
    });
    expect(waitsOf(await show(connected, id))).toBe('for the new value to be taken');
    await take(connected, replacement);
    expect(waitsOf(await show(connected, id))).toMatch(/^for nothing any more/);
  });

  test('goes on at the next unlock where Rondo stays open', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const { id, replacement = '' } = await connected.rotate(old, { retire: 'taken' });
    await take(connected, replacement);
    const dispose = connected.core.retireWhenDue();
    expectOk(await connected.client('vault.lock', {}));
    await connected.unlock();
    // Joins what began at the unlock, and finds nothing open.
    expect(await connected.resume()).toEqual([]);
    expect(await show(connected, id)).toMatchObject({ state: 'done' });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
    dispose();
  });

  test('of one that was not taken nothing is asked', async () => {
    await using connected = await connectedCore();
    const rotation = await connected.rotate(await connected.pick({ label: 'danger' }), { retire: 'taken' });
    const dispose = connected.core.retireWhenDue();
    expectOk(await connected.client('vault.lock', {}));
    const asked = connected.between.asked.length;
    await connected.unlock();
    expect(await connected.resume()).toEqual([rotation]);
    expect(connected.between.asked).toHaveLength(asked);
    dispose();
  });
});

test('a deletion that is due and that the account is refused says that it is overdue, and why', async () => {
  const clock = steppedClock(60_000);
  await using connected = await connectedCore({ clock });
  const { client, between } = connected;
  const old = await connected.pick({ label: 'danger' });
  const { id } = await connected.rotate(old, { retire: hourMs });
  const dispose = connected.core.retireWhenDue();
  clock.standing.advance(2 * hourMs);
  between.twist = () => ({ status: 401, body: '{}' });
  // Abandoning without the word waits for the look, and changes nothing itself.
  const looked = async () => {
    await clock.step();
    expectFailure(await client('rotation.abandon', { id }));
    return show(connected, id);
  };
  const overdue = await looked();
  expect(overdue).toMatchObject({ state: 'waiting', error: { code: 'unauthorized' } });
  expect(overdue?.error?.message).toMatch(/^The old token should be deleted by now, and is not\..*401/);
  expect(overdue?.error?.message).toMatch(/The old token was not touched; the new one is in the vault\.$/);
  expect(waitsOf(overdue)).toMatch(/^for nothing any more/);
  expect(await looked()).toEqual(overdue);

  between.twist = undefined;
  await clock.step();
  expect(await connected.resume()).toEqual([]);
  const done = await show(connected, id);
  expect(done).toMatchObject({ state: 'done' });
  expect(done).not.toHaveProperty('error');
  expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
  dispose();
});

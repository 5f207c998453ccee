import { expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { heldValue } from '../support/expect-replaced.ts';
import { runRotation } from '../support/rotation-run.ts';

/**
 * As rotation-killed.test.ts, for a token that is made by itself: a real process is killed before and after each record
 * and each request that creating reports, then asked once more for a token of that name. What is true then is asked of
 * the sandbox: every token there that was not there before is in the vault with its value, and no other was touched.
 */
const create = { project: 'gh/tidewater/web', scope: 'admin', label: 'once' } as const;

async function expectAllKnown(connected: ConnectedCore, before: ReadonlySet<string>, when: string): Promise<number> {
  const now = connected.alive();
  expect(
    [...before].filter((id) => !now.has(id)),
    `${when}: no other token was touched`,
  ).toEqual([]);
  const made = [...now.values()].filter(({ id }) => !before.has(id));
  for (const { id, value } of made) {
    const known = await connected.pick({ remoteId: id });
    expect(await heldValue(connected, known.id), `${when}: its value is in the vault`).toBe(value);
  }
  return made.length;
}

test('a creation that is killed at any point leaves no token that nobody knows', { timeout: 900_000 }, async () => {
  await using connected = await connectedCore({ clock: systemClock });
  const { vaultDir } = connected;
  const { points, states } = await runRotation(vaultDir, { create });
  expect(states).toBe('active');
  expect(points).toMatchSnapshot();
  for (const [killAt, point] of points.entries()) {
    const before = new Set(connected.alive().keys());
    const killed = await runRotation(vaultDir, { create }, killAt);
    expect(killed, `killed at ${point}`).toMatchObject({ signal: 'SIGKILL', states: undefined });
    expect(killed.points.at(-1)).toBe(point);
    const again = await runRotation(vaultDir, { create });
    expect(again.states, `again after ${point}`).toBe('active');
    const stored = points.indexOf('creation created after');
    expect(await expectAllKnown(connected, before, point)).toBe(killAt < stored ? 1 : 2);
  }
});

test('killed while it settles what an earlier kill left, it is settled the next time', {
  timeout: 900_000,
}, async () => {
  await using connected = await connectedCore({ clock: systemClock });
  const { vaultDir } = connected;
  const { points } = await runRotation(vaultDir, { create });
  const orphan = points.indexOf('request project.create after');
  await runRotation(vaultDir, { create }, orphan);
  const settling = await runRotation(vaultDir, { create });
  const end = settling.points.indexOf('creation settled after');
  expect(end).toBeGreaterThan(0);
  for (const [killAt, point] of settling.points.slice(0, end + 1).entries()) {
    // Nothing happens between one point's after and the next one's before.
    if (point.endsWith(' after') && killAt !== end) continue;
    const before = new Set(connected.alive().keys());
    await runRotation(vaultDir, { create }, orphan);
    expect((await runRotation(vaultDir, { create }, killAt)).points.at(-1)).toBe(point);
    expect((await runRotation(vaultDir, { create })).states, `again after ${point}`).toBe('active');
    expect(await expectAllKnown(connected, before, point)).toBe(1);
  }
});

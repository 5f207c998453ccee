import { describe, expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { type HeldRotation, holdRotation, type RotationRun, runRotation } from '../support/rotation-run.ts';
import { isInUsualRun } from '../support/seeded.ts';

/**
 * Two real processes over one vault, and one token. The first stands still at a point that it reports itself (before each
 * request and write; a third of them in a usual run), and stays there until it is let go of. The second, which rotates the
 * same token or resumes whatever is open, is refused however far the first has come (resuming always by the lock file, which
 * is in use); and one token comes of it all.
 */
interface Met {
  readonly held: HeldRotation;
  readonly point: string;
  readonly old: string;
}

async function atEachPoint(meet: (connected: ConnectedCore, met: Met) => Promise<void>): Promise<void> {
  // A process's clock is the real one, so the sandbox's must be too.
  await using connected = await connectedCore({ clock: systemClock });
  const { vaultDir } = connected;
  const danger = () => connected.pick({ label: 'danger', state: 'active' });
  await runRotation(vaultDir, { start: (await danger()).id });
  const { points, states } = await runRotation(vaultDir, { start: (await danger()).id });
  expect(states).toBe('done');
  for (const [holdAt, point] of points.entries()) {
    const isLast = holdAt === points.length - 1;
    const isChosen = holdAt === 0 || isInUsualRun(holdAt, points.length);
    if (!isChosen || !(isLast || point.endsWith(' before'))) continue;
    const old = await danger();
    const before = new Set(connected.alive().keys());
    const held = await holdRotation(vaultDir, { start: old.id }, holdAt);
    const there = new Set(connected.alive().keys());
    // What the journal says is said first: there is one already, or none is needed any more.
    const refusal = holdAt === 0 ? 'vault-busy' : isLast ? 'not-found' : 'rotation-open';
    for (const [act, states] of [
      [{ start: old.id }, refusal],
      ['resume', 'vault-busy'],
    ] as const) {
      const second = await runRotation(vaultDir, act);
      expect(second, `while the first is at ${point}`).toMatchObject({ states, points: [] });
    }
    expect(new Set(connected.alive().keys()), 'the second touched nothing').toEqual(there);
    await meet(connected, { held, point, old: old.id });
    await expectReplaced(connected, old, before);
  }
}

const over: Pick<RotationRun, 'states' | 'points'> = { states: 'not-found', points: [] };

describe('a second process, while a first one rotates a token, may neither rotate it nor resume', () => {
  test('and when the first has gone on, is told that the token is gone', { timeout: 900_000 }, async () => {
    await atEachPoint(async ({ vaultDir }, { held, point, old }) => {
      expect((await held.goOn()).states, `let go of at ${point}`).toBe('done');
      expect(await runRotation(vaultDir, { start: old })).toMatchObject(over);
      expect(await runRotation(vaultDir, 'resume'), 'nothing is open').toMatchObject({ states: '', points: [] });
    });
  });

  test('and when the first was killed there, goes on with what that one began', { timeout: 900_000 }, async () => {
    await atEachPoint(async ({ vaultDir }, { held, point, old }) => {
      expect(await held.kill()).toMatchObject({ signal: 'SIGKILL', states: undefined });
      const resumed = await runRotation(vaultDir, 'resume');
      // Before its first line there is nothing to resume, and after its last nothing is left.
      const isOpen = !['journal plan running before', 'journal done after'].includes(point);
      expect(resumed.states, `killed at ${point}`).toBe(isOpen ? 'done' : '');
      const again = await runRotation(vaultDir, { start: old });
      expect(again.states).toBe(point === 'journal plan running before' ? 'done' : over.states);
    });
  });
});

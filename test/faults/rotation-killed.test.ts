import { describe, expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import type { Token } from '../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectNothingLost } from '../support/expect-nothing-lost.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { runRotation } from '../support/rotation-run.ts';

/**
 * A real process is killed with SIGKILL at every point that a rotation itself reports: before and after each write of its
 * journal and each request. The points come from a run of the code, so a new point is killed at as soon as it exists, and
 * the snapshot fails until somebody has looked at it. What is true afterwards is asked of the sandbox, not of Rondo.
 */
const kinds: [string, Partial<Token>, (point: string) => boolean][] = [
  ['a read-only project token', { label: 'danger' }, everyPoint],
  ["Rondo's own sign-in token", { label: 'rondo' }, everyPoint],
  ['a status token', { scope: 'status', project: 'gh/tidewater/web' }, atBefore],
  ['a personal token', { label: 'circleci-cli' }, atBefore],
];

function everyPoint(): boolean {
  return true;
}

/** Nothing happens between one point's after and the next one's before: half the points are as good, where time counts. */
function atBefore(point: string): boolean {
  return point.endsWith(' before');
}

/** A process's clock is the real one, so the sandbox's must be too. */
const connect = () => connectedCore({ clock: systemClock });

async function pick(connected: ConnectedCore, wanted: Partial<Token>): Promise<Token> {
  return connected.pick({ ...wanted, state: 'active' });
}

/** Where nothing had begun there is nothing to resume: then from the start. */
async function expectEnds({ vaultDir }: ConnectedCore, old: Token, when: string): Promise<void> {
  const resumed = await runRotation(vaultDir, 'resume');
  const ended = resumed.states === '' ? await runRotation(vaultDir, { start: old.id }) : resumed;
  expect(ended.states, when).toBe('done');
}

describe.each(kinds)('a rotation of %s that is killed', (_name, wanted, counts) => {
  test('at any point loses nothing, and resuming ends it', { timeout: 900_000 }, async () => {
    await using connected = await connect();
    const undisturbed = async () => runRotation(connected.vaultDir, { start: (await pick(connected, wanted)).id });
    // From the second one on the old value is known, and is proved to be refused.
    await undisturbed();
    const first = await undisturbed();
    expect(first.states).toBe('done');
    expect(first.points).toMatchSnapshot();
    for (const [killAt, point] of first.points.entries()) {
      if (!counts(point)) continue;
      const old = await pick(connected, wanted);
      const before = new Set(connected.alive().keys());
      const killed = await runRotation(connected.vaultDir, { start: old.id }, killAt);
      expect(killed, `killed at ${point}`).toMatchObject({ signal: 'SIGKILL', states: undefined });
      expect(killed.points.at(-1)).toBe(point);
      await expectNothingLost(connected, old, before);
      if (point !== first.points.at(-1)) await expectEnds(connected, old, `resumed after ${point}`);
      await expectReplaced(connected, old, before);
    }
  });
});

describe('a rotation that is killed, and killed again while it is resumed', () => {
  test.each([
    ['with an orphan on CircleCI', 'request project.create after'],
    ['after the old token was deleted', 'request project.delete after'],
  ])('%s loses nothing, and resuming once more ends it', { timeout: 900_000 }, async (_what, firstKill) => {
    await using connected = await connect();
    const { vaultDir } = connected;
    const danger = () => pick(connected, { label: 'danger' });
    const { points } = await runRotation(vaultDir, { start: (await danger()).id });
    const killFirst = async () => {
      const old = await danger();
      const before = new Set(connected.alive().keys());
      const killed = await runRotation(vaultDir, { start: old.id }, points.indexOf(firstKill));
      expect(killed.points.at(-1)).toBe(firstKill);
      return { old, before };
    };
    await killFirst();
    const resumed = await runRotation(vaultDir, 'resume');
    expect(resumed.states).toBe('done');
    for (const [killAt, point] of resumed.points.entries()) {
      if (!atBefore(point)) continue;
      const { old, before } = await killFirst();
      const killed = await runRotation(vaultDir, 'resume', killAt);
      expect(killed, `killed again at ${point}`).toMatchObject({ signal: 'SIGKILL', states: undefined });
      await expectNothingLost(connected, old, before);
      if (point !== resumed.points.at(-1)) {
        expect((await runRotation(vaultDir, 'resume')).states, `resumed after ${point}`).toBe('done');
      }
      await expectReplaced(connected, old, before);
    }
  });
});

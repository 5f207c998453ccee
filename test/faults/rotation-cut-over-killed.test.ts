import { expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import { connectedCore } from '../support/connected-core.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { runRotation } from '../support/rotation-run.ts';

/**
 * As rotation-killed.test.ts, for the mode in which the old token goes first: killed at every point that the code itself
 * reports. What must hold is asked of the sandbox: nobody else's token is touched, nothing exists that the vault does not
 * know of in the end, and resuming ends with exactly one new token, whose value the vault holds.
 */
test.each([
  ['project', 'danger'],
  ['personal', 'circleci-cli'],
])(
  'a %s token in cut-over that is killed at any point ends as one new one',
  { timeout: 900_000 },
  async (_kind, label) => {
    // A process's clock is the real one, so the sandbox's must be too.
    await using connected = await connectedCore({ clock: systemClock });
    const { vaultDir } = connected;
    const current = () => connected.pick({ label, state: 'active' });
    const start = async () => ({ start: (await current()).id, mode: 'cut-over' }) as const;
    // From the second one on the old value is known, and is proved to be refused.
    await runRotation(vaultDir, await start());
    const first = await runRotation(vaultDir, await start());
    expect(first.states).toBe('done');
    expect(first.points).toMatchSnapshot();
    for (const [killAt, point] of first.points.entries()) {
      const old = await current();
      const before = new Set(connected.alive().keys());
      const killed = await runRotation(vaultDir, await start(), killAt);
      expect(killed, `killed at ${point}`).toMatchObject({ signal: 'SIGKILL', states: undefined });
      expect(killed.points.at(-1)).toBe(point);
      if (point !== first.points.at(-1)) {
        const resumed = await runRotation(vaultDir, 'resume');
        // Before its first line there is nothing to resume.
        const ended =
          resumed.states === '' ? await runRotation(vaultDir, { start: old.id, mode: 'cut-over' }) : resumed;
        expect(ended.states, `resumed after ${point}`).toBe('done');
      }
      await expectReplaced(connected, old, before);
    }
  },
);

import { expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { type RotationAct, runRotation } from '../support/rotation-run.ts';
import { isInUsualRun } from '../support/seeded.ts';

/**
 * As rotation-killed.test.ts, for rotations whose old token stays for a while: until its time has come, or until the new
 * value was taken. Killed when the wait begins, and before everything after it.
 */
const hourMs = 3_600_000;
const aheadMs = 2 * hourMs;

const waits: [string, 'taken' | number, (connected: ConnectedCore) => Promise<void>][] = [
  ['a time', hourMs, async () => {}],
  ['the new value to be taken', 'taken', takeNewValue],
];

async function takeNewValue({ client }: ConnectedCore): Promise<void> {
  const { rotations } = expectOk(await client('rotation.list', { state: 'waiting' }));
  for (const { replacement = '' } of rotations) expectOk(await client('token.taken', { id: replacement }));
}

test.each(waits)(
  'a rotation that waits for %s, killed at any point',
  { timeout: 900_000 },
  async (_what, retire, end) => {
    await using connected = await connectedCore({ clock: systemClock });
    const { vaultDir } = connected;
    const danger = () => connected.pick({ label: 'danger', state: 'active' });
    const startOf = (id: string): RotationAct => ({ start: id, retire });
    const later: RotationAct = typeof retire === 'number' ? { aheadMs } : {};

    // From the second one on the old value is known, and is proved to be refused; one that was taken is forgotten.
    if (retire !== 'taken') await runRotation(vaultDir, { start: (await danger()).id });
    const first = await danger();
    const begun = await runRotation(vaultDir, startOf(first.id));
    expect(begun.states).toBe('waiting');
    await end(connected);
    const ended = await runRotation(vaultDir, later);
    expect(ended.states).toBe('done');
    expect([...begun.points, ...ended.points]).toMatchSnapshot();

    async function killed(act: RotationAct, killAt: number, point: string): Promise<void> {
      const run = await runRotation(vaultDir, act, killAt);
      expect(run, `killed at ${point}`).toMatchObject({ signal: 'SIGKILL', states: undefined });
      expect(run.points.at(-1)).toBe(point);
    }

    for (const [killAt, point] of begun.points.entries()) {
      // Up to here it is any rotation.
      if (!point.startsWith('journal retire-old waiting')) continue;
      const old = await danger();
      const before = new Set(connected.alive().keys());
      await killed(startOf(old.id), killAt, point);
      expect(connected.alive().has(old.remoteId ?? ''), 'the old one is not touched before its time').toBe(true);
      const resumed = await runRotation(vaultDir, 'resume');
      const waiting = resumed.states === '' ? await runRotation(vaultDir, startOf(old.id)) : resumed;
      expect(waiting.states, `resumed after ${point}`).toBe('waiting');
      expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
      await end(connected);
      expect((await runRotation(vaultDir, later)).states).toBe('done');
      await expectEnded(connected, old, before);
    }

    for (const [killAt, point] of ended.points.entries()) {
      // Nothing happens between one point's after and the next one's before.
      if (!point.endsWith(' before') && point !== ended.points.at(-1)) continue;
      if (!isInUsualRun(killAt, ended.points.length)) continue;
      const old = await danger();
      const before = new Set(connected.alive().keys());
      expect((await runRotation(vaultDir, startOf(old.id))).states).toBe('waiting');
      await end(connected);
      await killed(later, killAt, point);
      if (point !== ended.points.at(-1)) expect((await runRotation(vaultDir, later)).states).toBe('done');
      await expectEnded(connected, old, before);
    }

    /** A taken value is let go of at the end, so only the sandbox can be asked for it. */
    async function expectEnded(
      at: ConnectedCore,
      old: Awaited<ReturnType<typeof danger>>,
      before: ReadonlySet<string>,
    ) {
      if (typeof retire === 'number') return void (await expectReplaced(at, old, before));
      const fresh = [...at.alive().keys()].filter((id) => !before.has(id));
      expect(fresh).toEqual([(await at.pick({ rotatedFrom: old.id })).remoteId]);
      expect(at.alive().has(old.remoteId ?? '')).toBe(false);
    }
  },
);

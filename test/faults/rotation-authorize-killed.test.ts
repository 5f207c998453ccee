import { expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { byHand, tell } from '../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { type RotationAct, runRotation } from '../support/rotation-run.ts';
import { isInUsualRun } from '../support/seeded.ts';

/**
 * As rotation-killed.test.ts, for the token of an organization with single sign-on: a process is killed while it finds
 * that somebody has to authorize the new token, and while it goes on after that. Until then the old token works.
 */
const organization = 'gh/tidewater';

async function open({ client }: ConnectedCore): Promise<Rotation | undefined> {
  return expectOk(await client('rotation.list', {})).rotations.find(({ state }) => state !== 'done');
}

/** As its owner would on CircleCI's page. */
async function authorize(connected: ConnectedCore, old: Token): Promise<void> {
  const { remoteId = '' } = await connected.pick({ rotatedFrom: old.id });
  await byHand(connected.sandbox).authorize(remoteId, organization);
}

/** Resumed until the new token waits for its owner. @throws Error when it never does */
async function untilItWaits(connected: ConnectedCore, old: Token): Promise<Rotation> {
  const rotation = (await open(connected)) ?? (await connected.rotate(old));
  if (rotation.guide?.act === 'authorize') return rotation;
  const [resumed] = await connected.resume();
  if (resumed?.guide?.act !== 'authorize') throw new Error('nobody was asked to authorize the new token');
  return resumed;
}

test.each(['circleci-cli', 'rondo'])(
  'a rotation that has the new token authorized first, killed at any point: %s',
  { timeout: 900_000 },
  async (label) => {
    // A process's clock is the real one, so the sandbox's must be too.
    await using connected = await connectedCore({ clock: systemClock, variants: ['sso'] });
    const { vaultDir } = connected;
    const pick = () => connected.pick({ label, state: 'active' });
    const told = (id: string): RotationAct => ({ told: id, confirm: 'authorized' });
    const counts = (killAt: number, { points }: { points: readonly string[] }) =>
      (points[killAt]?.endsWith(' before') === true || killAt === points.length - 1) &&
      isInUsualRun(killAt, points.length);

    async function undisturbed() {
      const old = await pick();
      const begun = await runRotation(vaultDir, { start: old.id });
      expect(begun.states).toBe('waiting');
      await authorize(connected, old);
      const ended = await runRotation(vaultDir, told((await open(connected))?.id ?? ''));
      expect(ended.states).toBe('done');
      return { begun, ended };
    }

    async function killed(act: RotationAct, killAt: number, point: string): Promise<void> {
      const run = await runRotation(vaultDir, act, killAt);
      expect(run, `killed at ${point}`).toMatchObject({ signal: 'SIGKILL', states: undefined });
      expect(run.points.at(-1)).toBe(point);
    }

    // From the second one on the old value is known, and is proved to be refused.
    await undisturbed();
    const { begun, ended } = await undisturbed();
    expect({ begun: begun.points, ended: ended.points }).toMatchSnapshot();

    // Up to here it is any rotation.
    const proving = begun.points.indexOf('journal prove-new running before');
    expect(proving).toBeGreaterThan(0);
    for (const [killAt, point] of begun.points.entries()) {
      if (killAt < proving || !counts(killAt, begun)) continue;
      const old = await pick();
      const before = new Set(connected.alive().keys());
      await killed({ start: old.id }, killAt, point);
      const { id } = await untilItWaits(connected, old);
      expect(connected.alive().has(old.remoteId ?? ''), `${point}: the old one works until then`).toBe(true);
      await authorize(connected, old);
      expect(await tell(connected, { id }, { confirm: 'authorized' }), point).toMatchObject({ state: 'done' });
      await expectReplaced(connected, old, before);
    }

    for (const [killAt, point] of ended.points.entries()) {
      if (!counts(killAt, ended)) continue;
      const old = await pick();
      const before = new Set(connected.alive().keys());
      const { id } = await untilItWaits(connected, old);
      await authorize(connected, old);
      await killed(told(id), killAt, point);
      const left = await open(connected);
      if (left?.guide?.act === 'authorize') await tell(connected, left, { confirm: 'authorized' });
      else if (left !== undefined) await connected.resume();
      expect(await open(connected), `went on after ${point}`).toBeUndefined();
      await expectReplaced(connected, old, before);
    }
  },
);

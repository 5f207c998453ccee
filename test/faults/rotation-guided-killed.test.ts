import { describe, expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import type { Rotation, RotationMode } from '../../shared/contract/rotation.ts';
import type { SandboxToken } from '../../shared/contract/sandbox.ts';
import type { Token } from '../../shared/contract/token.ts';
import { byHand, tell } from '../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { type RotationAct, runRotation } from '../support/rotation-run.ts';
import { isInUsualRun } from '../support/seeded.ts';

/**
 * As rotation-killed.test.ts, for rotations whose acts a person does: a process that begins one, or is told of an act, is
 * killed before what the code itself reports (a third of it in a usual run, another third with another seed), and at the
 * end. What was done by hand is done once; told again, or resumed where it was heard already, the rotation ends with
 * exactly that one new token.
 */
interface Person {
  readonly old: Token;
  readonly before: ReadonlySet<string>;
  /** Made at the first asking. */
  fresh(): Promise<SandboxToken>;
}

function person(connected: ConnectedCore, old: Token): Person {
  const { sandbox } = connected;
  let made: SandboxToken | undefined;
  return {
    old,
    before: new Set(connected.alive().keys()),
    async fresh() {
      made ??= await byHand(sandbox).create({ label: old.label, scope: 'view-builds', project: old.project ?? '' });
      return made;
    },
  };
}

async function open({ client }: ConnectedCore): Promise<Rotation | undefined> {
  const { rotations } = expectOk(await client('rotation.list', {}));
  return rotations.find(({ state }) => state !== 'done');
}

/** What the rotation waits for, done by hand: how a process is told of it. */
async function act(connected: ConnectedCore, by: Person, { id, guide }: Rotation): Promise<RotationAct> {
  if (guide?.act === 'create') return { told: id, value: (await by.fresh()).value };
  const { remoteId = '' } = by.old;
  if (guide?.act === 'delete' && connected.alive().has(remoteId)) await byHand(connected.sandbox).remove(remoteId);
  return guide?.act === 'delete' ? { told: id, confirm: 'deleted' } : {};
}

/** As a person would: does what is asked for, says so, and resumes where nothing is. */
async function goOn(connected: ConnectedCore, by: Person): Promise<void> {
  const rotation = await open(connected);
  if (rotation === undefined) return;
  const { value, confirm } = await act(connected, by, rotation);
  if (value !== undefined) await tell(connected, rotation, { value });
  else if (confirm !== undefined) await tell(connected, rotation, { confirm });
  else await connected.resume();
}

describe.each<RotationMode>(['overlap', 'cut-over'])('a guided rotation in %s', (mode) => {
  test('that is killed at any point loses nothing, and ends with what was made by hand', {
    timeout: 900_000,
  }, async () => {
    // A process's clock is the real one, so the sandbox's must be too.
    await using connected = await connectedCore({ clock: systemClock });
    const { vaultDir } = connected;
    const danger = () => connected.pick({ label: 'danger', state: 'active' });
    const startOf = ({ old }: Person): RotationAct => ({ start: old.id, mode, guided: true });

    async function upTo(count: number, by: Person): Promise<RotationAct> {
      if (count === 0) return startOf(by);
      expectOk(
        await connected.client('rotation.start', { ids: [by.old.id], keep: false, dryRun: false, mode, guided: true }),
      );
      for (let done = 1; done < count; done += 1) await goOn(connected, by);
      const rotation = await open(connected);
      if (rotation === undefined) throw new Error('it ended before');
      return act(connected, by, rotation);
    }

    // From the second one on the old value is known, and is proved to be refused.
    await connected.rotate(await danger());
    for (const count of [0, 1, 2]) {
      const undisturbed = person(connected, await danger());
      const { points, states } = await runRotation(vaultDir, await upTo(count, undisturbed));
      expect(states).toBe(count === 2 ? 'done' : 'waiting');
      expect(points).toMatchSnapshot();
      for (let left = count; left < 2; left += 1) await goOn(connected, undisturbed);
      await expectReplaced(connected, undisturbed.old, undisturbed.before);

      for (const [killAt, point] of points.entries()) {
        // Nothing happens between one point's after and the next one's before.
        if (!point.endsWith(' before') && point !== points.at(-1)) continue;
        if (!isInUsualRun(killAt, points.length)) continue;
        const by = person(connected, await danger());
        const killed = await runRotation(vaultDir, await upTo(count, by), killAt);
        expect(killed, `killed at ${point}`).toMatchObject({ signal: 'SIGKILL', states: undefined });
        expect(killed.points.at(-1)).toBe(point);
        if ((await open(connected)) === undefined && connected.alive().has(by.old.remoteId ?? '')) await upTo(1, by);
        for (let turn = 0; turn < 4; turn += 1) await goOn(connected, by);
        expect(await open(connected), `went on after ${point}`).toBeUndefined();
        const fresh = await expectReplaced(connected, by.old, by.before);
        expect(fresh.id).toBe((await by.fresh()).id);
      }
    }
  });
});

import { expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { alike, byHand, tell } from '../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import type { Twist } from '../support/in-between.ts';
import { runRotation } from '../support/rotation-run.ts';
import { isInUsualRun } from '../support/seeded.ts';

/**
 * As rotation-killed.test.ts: a rotation waits for a token that is made by hand, somebody has made it and not told of it yet,
 * and a process that tries once more whether Rondo can create is killed before what it reports (a third of it in a usual run). It waits for that token as
 * before, whatever CircleCI's list had meanwhile: also where the next one that tries cannot ask anything.
 */
const refusing =
  (method: string): Twist =>
  (asked, ask) =>
    asked.method === method && asked.path.endsWith('/token') ? { status: 403, body: '{}' } : ask();
const away: Twist = () => ({ status: 502, body: '' });

/** Says what a person has done, until it has ended. */
async function tellAll(connected: ConnectedCore, old: Token, waiting: Rotation, value: string): Promise<Rotation> {
  const made = await tell(connected, waiting, { value });
  if (made.guide?.act !== 'delete') return made;
  await byHand(connected.sandbox).remove(old.remoteId ?? '');
  return tell(connected, made, { confirm: 'deleted' });
}

test.each([
  ['the creation', 'POST'],
  ['the list', 'GET'],
])('%s is refused, then tried again and killed at any point', { timeout: 900_000 }, async (_what, refused) => {
  // A process's clock is the real one, so the sandbox's must be too.
  await using connected = await connectedCore({ clock: systemClock });
  const { between, sandbox, vaultDir } = connected;

  async function waiting() {
    const old = await connected.pick({ label: 'danger', state: 'active' });
    const before = new Set(connected.alive().keys());
    between.twist = refusing(refused);
    expect(await connected.rotate(old)).toMatchObject({ state: 'waiting', guide: { act: 'create' } });
    return { old, before, fresh: await alike(sandbox, old) };
  }

  async function tryAgain(killAt?: number) {
    between.twist = refusing('POST');
    return runRotation(vaultDir, 'resume', killAt);
  }

  async function expectEnds({ old, before, fresh }: Awaited<ReturnType<typeof waiting>>, when: string) {
    between.twist = away;
    let [rotation] = await connected.resume();
    if (rotation?.state === 'needs-attention') {
      // A request had left, and what came of it is looked for first.
      between.twist = refusing('POST');
      [rotation] = await connected.resume();
    }
    between.twist = undefined;
    if (rotation === undefined) throw new Error(`nothing was open: ${when}`);
    expect(rotation, when).toMatchObject({ state: 'waiting', guide: { act: 'create' } });
    expect(await tellAll(connected, old, rotation, fresh.value), when).toMatchObject({ state: 'done' });
    expect((await expectReplaced(connected, old, before)).id).toBe(fresh.id);
  }

  const undisturbed = await waiting();
  const { points, states } = await tryAgain();
  expect(states).toBe('waiting');
  expect(points).toMatchSnapshot();
  await expectEnds(undisturbed, 'undisturbed');
  for (const [killAt, point] of points.entries()) {
    // Nothing happens between one point's after and the next one's before.
    if (!point.endsWith(' before') && point !== points.at(-1)) continue;
    if (!isInUsualRun(killAt, points.length)) continue;
    const cut = await waiting();
    const killed = await tryAgain(killAt);
    expect(killed, `killed at ${point}`).toMatchObject({ signal: 'SIGKILL', states: undefined });
    expect(killed.points.at(-1)).toBe(point);
    await expectEnds(cut, point);
  }
});

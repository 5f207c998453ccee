import { expect, test } from 'vitest';
import { actsOn } from '../../../renderer/state/rotation-acts.ts';
import { waitOf } from '../../../renderer/state/waits.ts';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { isOpenRotation } from '../../../shared/open-rotations.ts';
import { alike, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { heldValue } from '../../support/expect-replaced.ts';
import { backUp, resumeNamed } from '../../support/restored-backup.ts';

// However a rotation comes to stand still, and also after a backup was restored, a person can do something about it in the
// window: what it waits for can be had, or it can be resumed; and it can be given up.

const hourMs = 3_600_000;

async function shown({ client }: ConnectedCore, id: string): Promise<Rotation> {
  const [rotation] = expectOk(await client('rotation.show', { id })).rotations;
  if (rotation === undefined) throw new Error('the rotation is not shown');
  return rotation;
}

async function expectWayOn(connected: ConnectedCore, id: string): Promise<void> {
  const rotation = await shown(connected, id);
  if (!isOpenRotation(rotation)) return;
  const { resumes, givesUp } = actsOn(rotation);
  const { guide, replacement = '' } = rotation;
  // Beside what a person does by hand its step offers to give it up.
  expect(givesUp || guide !== undefined, 'it can be given up').toBe(true);
  const wait = waitOf(rotation);
  if (wait === 'taking') expect(await heldValue(connected, replacement), 'the value can be taken').toBeDefined();
  else if (wait === 'time') {
    connected.advance(2 * hourMs);
    expect(waitOf(await shown(connected, id)), 'its time comes').toBe('over');
  } else if (guide !== undefined) expect(guide.url).toMatch(/^https?:/);
  else expect(resumes, 'it can be resumed').toBe(true);
}

type Begin = (connected: ConnectedCore, label: string) => Promise<Rotation>;

const begin =
  (order: Parameters<ConnectedCore['rotate']>[1], ...faults: string[]): Begin =>
  async (connected, label) => {
    const old = await connected.pick({ label });
    await connected.faults({ add: faults });
    const rotation = await connected.rotate(old, order);
    await connected.faults({ clear: true });
    return rotation;
  };

const stops: Readonly<Record<string, Begin>> = {
  'waits for the new value to be taken': begin({ retire: 'taken' }),
  'waits for its time': begin({ retire: hourMs }),
  'waits for the new token by hand': begin({ guided: true }),
  async 'waits for the deletion by hand'(connected, label) {
    const old = await connected.pick({ label });
    const rotation = await connected.rotate(old, { guided: true });
    return tell(connected, rotation, { value: (await alike(connected.sandbox, old)).value });
  },
  'is refused the deletion': begin({}, 'error=403@DELETE /'),
  'is answered something else to the deletion': begin({}, 'error=409@DELETE /'),
  async 'loses the answer to the creation'(connected, label) {
    let isLost = false;
    connected.between.twist = async ({ method }, ask) => {
      if (method !== 'POST') return isLost ? { status: 500, body: '' } : ask();
      isLost = true;
      await ask();
      return undefined;
    };
    const rotation = await begin({})(connected, label);
    connected.between.twist = undefined;
    return rotation;
  },
  'loses the answer to the deletion': begin({}, 'drop-after=DELETE /'),
};

const cases = Object.entries(stops).flatMap(([what, start]) =>
  ['danger', 'rondo'].map((label) => ({ what, label, start })),
);

test.each(cases)('of $label, one that $what is never stuck', async ({ label, start }) => {
  await using connected = await connectedCore();
  const rotation = await start(connected, label);
  const { id } = rotation;
  expect(isOpenRotation(rotation)).toBe(true);
  const restore = await backUp(connected);
  await expectWayOn(connected, id);
  await restore();
  await expectWayOn(connected, id);
  for (let time = 0; time < 2 && isOpenRotation(await shown(connected, id)); time += 1) {
    await resumeNamed(connected, rotation);
    await expectWayOn(connected, id);
  }
});

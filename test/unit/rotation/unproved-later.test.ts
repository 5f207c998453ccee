import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../../shared/contract/rotation.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';
import type { Twist } from '../../support/in-between.ts';
import { backUp } from '../../support/restored-backup.ts';
import { staleList } from '../../support/stale-list.ts';
import { steppedClock } from '../../support/stepped-clock.ts';

const hourMs = 3_600_000;
const affirms: Twist = ({ method }, ask) => (method === 'DELETE' ? { status: 200, body: '{}' } : ask());

/** Due and looked at where Rondo stays open: CircleCI says that the old token is deleted, and goes on listing it. */
async function unproved(twist: Twist = affirms) {
  const clock = steppedClock(60_000);
  const connected = await connectedCore({ clock });
  const { between, client } = connected;
  const old = await connected.pick({ label: 'danger' });
  const before = new Set(connected.alive().keys());
  const { id } = await connected.rotate(old, { retire: hourMs });
  connected.core.retireWhenDue();
  /** What the next look leaves of it, and what it asks CircleCI. */
  const look = async (laterMs: number): Promise<{ rotation: Rotation; asked: string[] }> => {
    clock.standing.advance(laterMs);
    const from = between.asked.length;
    await clock.step();
    // Waits for the look, and changes nothing: without the word, or because it has ended by then.
    await client('rotation.abandon', { id });
    const [rotation] = expectOk(await client('rotation.show', { id })).rotations;
    if (rotation === undefined) throw new Error('it is not there any more');
    return { rotation, asked: between.asked.slice(from).map(({ method }) => method) };
  };
  between.twist = twist;
  const first = await look(hourMs);
  return { connected, between, old, before, id, first, look };
}

const needsAttention = {
  state: 'needs-attention',
  error: { message: expect.stringContaining('its list does not prove it') },
};
const deletions = ({ asked }: { asked: string[] }) => asked.filter((method) => method === 'DELETE').length;

describe('a deletion that was left to Rondo, and that CircleCI affirmed and did not carry out', () => {
  test('is sent again by itself an hour later, and not before', async () => {
    const { connected, between, old, before, first, look } = await unproved();
    await using _ = connected;
    expect(first.rotation).toMatchObject(needsAttention);
    expect(deletions(first)).toBe(1);
    expect((await look(hourMs / 2)).asked).toEqual([]);
    between.twist = undefined;
    const second = await look(hourMs / 2);
    expect(deletions(second)).toBe(1);
    expect(second.rotation).toMatchObject({ state: 'done' });
    await expectReplaced(connected, old, before);
  });

  test('is sent no third time by itself, and again when somebody resumes it', async () => {
    const { connected, between, old, before, look } = await unproved();
    await using _ = connected;
    const second = await look(hourMs);
    expect(second.rotation).toMatchObject(needsAttention);
    expect(deletions(second)).toBe(1);
    for (const laterMs of [hourMs, 24 * hourMs]) expect((await look(laterMs)).asked).toEqual([]);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    between.twist = undefined;
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, old, before);
  });

  test('goes on as it stands while the account is refused, and when it answers again', async () => {
    const { connected, between, first, look } = await unproved();
    await using _ = connected;
    between.twist = ({ path }, ask) => (path.endsWith('/me') ? { status: 401, body: '{}' } : ask());
    const second = await look(hourMs);
    expect(second.asked).toEqual(['GET']);
    expect(second.rotation, 'that it is not deleted is not known').toEqual(first.rotation);
    between.twist = undefined;
    expect((await look(60_000)).rotation).toMatchObject({ state: 'done' });
  });

  test('is not sent by itself in a vault that was restored meanwhile', async () => {
    const { connected, between, look } = await unproved();
    await using _ = connected;
    const restore = await backUp(connected);
    await restore();
    between.twist = undefined;
    const { asked, rotation } = await look(hourMs);
    expect(asked).toEqual([]);
    expect(rotation).toMatchObject({ state: 'needs-attention', decision: 'restored' });
  });
});

test('a list that was behind is read again, and proves it without a second deletion', async () => {
  const { connected, between, first, look } = await unproved(staleList('/api/v1.1/project/gh/tidewater/web/token'));
  await using _ = connected;
  expect(first.rotation).toMatchObject(needsAttention);
  expect(deletions(first)).toBe(1);
  between.twist = undefined;
  const second = await look(hourMs);
  expect(deletions(second)).toBe(0);
  expect(second.rotation).toMatchObject({ state: 'done' });
});

test('a list that CircleCI keeps to itself is asked for once more, and then no more by itself', async () => {
  let isDeleted = false;
  const { connected, first, look } = await unproved(({ method, path }, ask) => {
    isDeleted ||= method === 'DELETE';
    return isDeleted && method === 'GET' && path.endsWith('/token') ? { status: 403, body: '{}' } : ask();
  });
  await using _ = connected;
  const { asked, rotation } = await look(hourMs);
  expect(asked.length).toBeGreaterThan(1);
  expect(rotation.error).toEqual(first.rotation.error);
  for (const laterMs of [hourMs, 24 * hourMs]) expect((await look(laterMs)).asked).toEqual([]);
});

test('a deletion that somebody asked for at once is looked at by nobody else', async () => {
  const clock = steppedClock(60_000);
  await using connected = await connectedCore({ clock });
  const { between, client } = connected;
  between.twist = affirms;
  const { id } = await connected.rotate(await connected.pick({ label: 'danger' }));
  connected.core.retireWhenDue();
  clock.standing.advance(hourMs);
  const from = between.asked.length;
  await clock.step();
  expectFailure(await client('rotation.abandon', { id }));
  expect(between.asked.slice(from)).toEqual([]);
});

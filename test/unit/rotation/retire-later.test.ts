import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';
import { intercept } from '../../support/intercept.ts';
import { steppedClock } from '../../support/stepped-clock.ts';

const hourMs = 3_600_000;
const dueAt = '2026-11-23T10:00:00.000Z';

describe('a rotation whose old token is deleted after a time', () => {
  test('waits, says until when, and goes on once that has come', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    const rotation = await connected.rotate(old, { retire: 2 * hourMs });
    expect(rotation).toMatchObject({ state: 'waiting', retire: '2h', retireDueAt: dueAt });
    expect(rotation.steps[4]).toMatchObject({ name: 'retire-old', state: 'waiting', detail: `until ${dueAt}` });

    connected.advance(2 * hourMs - 1);
    const asked = connected.between.asked.length;
    const byId = { ids: [rotation.id] };
    expect(expectOk(await connected.client('rotation.resume', byId)).rotations).toEqual([rotation]);
    expect(connected.between.asked, 'nothing was asked').toHaveLength(asked);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);

    connected.advance(hourMs);
    const [ended] = expectOk(await connected.client('rotation.resume', byId)).rotations;
    expect(ended).toMatchObject({
      state: 'done',
      receipt: { retire: { dueAt, doneAt: '2026-11-23T10:59:59.999Z' }, overlapMs: 3 * hourMs - 1 },
    });
    await expectReplaced(connected, old, before);
  });

  test('counts from when the new one was proved, not from when it is resumed', async () => {
    await using connected = await connectedCore();
    const rotation = await connected.rotate(await connected.pick({ label: 'danger' }), { retire: 2 * hourMs });
    connected.advance(hourMs);
    await connected.resume();
    connected.advance(hourMs);
    expect(await connected.resume()).toMatchObject([
      { id: rotation.id, state: 'done', receipt: { retire: { dueAt } } },
    ]);
  });

  test('in cut-over there is nothing to wait for', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const rotation = await connected.rotate(old, { mode: 'cut-over', retire: hourMs });
    expect(rotation).toMatchObject({ state: 'done', retire: 'now' });
    expect(rotation.receipt).not.toHaveProperty('retire');
  });

  test('can be given up: both tokens stay', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const old = await connected.pick({ label: 'danger' });
    const { id } = await connected.rotate(old, { retire: hourMs });
    const alive = connected.alive();
    connected.advance(2 * hourMs);
    expect(expectOk(await client('rotation.abandon', { id, confirm: 'ABANDON' })).rotations).toMatchObject([
      { state: 'abandoned', retireDueAt: '2026-11-23T09:00:00.000Z' },
    ]);
    expect(await connected.resume()).toEqual([]);
    expect(connected.alive()).toEqual(alive);
  });

  test.each([59_999, 367 * 24 * hourMs, 90_000.5])('%d ms is no such time', async (retire) => {
    await using connected = await connectedCore();
    const { id } = await connected.pick({ label: 'danger' });
    const order = { ids: [id], keep: false, dryRun: false, retire };
    expect(expectFailure(await connected.client('rotation.start', order)).code).toBe('invalid-input');
  });
});

describe('where Rondo stays open', () => {
  const waiting = async () => {
    const clock = steppedClock(60_000);
    const connected = await connectedCore({ clock });
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    const { id } = await connected.rotate(old, { retire: hourMs });
    return { clock, connected, old, before, id };
  };

  test('the old token is deleted at the first unlock after it is due', async () => {
    const { clock, connected, old, before, id } = await waiting();
    await using _ = connected;
    const dispose = connected.core.retireWhenDue();
    expectOk(await connected.client('vault.lock', {}));
    clock.standing.advance(hourMs);
    await connected.unlock();
    // Joins what began at the unlock, and finds nothing open.
    expect(await connected.resume()).toEqual([]);
    expect(expectOk(await connected.client('rotation.show', { id })).rotations).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, old, before);
    dispose();
  });

  test('whoever resumes it at that moment is answered how it ended', async () => {
    const { clock, connected, id } = await waiting();
    await using _ = connected;
    const dispose = connected.core.retireWhenDue();
    expectOk(await connected.client('vault.lock', {}));
    clock.standing.advance(hourMs);
    await connected.unlock();
    // Named while it is open; it waits for what began at the unlock.
    const resumed = await connected.client('rotation.resume', { ids: [id] });
    expect(expectOk(resumed).rotations).toMatchObject([{ id, state: 'done' }]);
    dispose();
  });

  test('of one account, CircleCI is asked once in a look where it does not answer', async () => {
    const { clock, connected } = await waiting();
    await using _ = connected;
    await connected.rotate(await connected.pick({ label: 'grafana-exporter', project: 'gh/tidewater/api' }), {
      retire: hourMs,
    });
    const dispose = connected.core.retireWhenDue();
    clock.standing.advance(hourMs);
    connected.between.twist = ({ path }, ask) => (path.endsWith('/me') ? { status: 401, body: '{}' } : ask());
    const asked = connected.between.asked.length;
    await clock.step();
    // Whatever is asked for waits for the look.
    await connected.client('rotation.resume', { ids: ['ffffffff'] });
    expect(connected.between.asked.slice(asked).map(({ path }) => path)).toEqual([expect.stringMatching(/\/me$/)]);
    const { rotations } = expectOk(await connected.client('rotation.list', {}));
    expect(
      rotations.map(({ error }) => error?.code),
      'each of them says why',
    ).toEqual(['unauthorized', 'unauthorized']);
    dispose();
  });

  test('the old token is deleted when the time comes, and not before', async () => {
    const { clock, connected, old, before } = await waiting();
    await using _ = connected;
    const dispose = connected.core.retireWhenDue();
    const asked = connected.between.asked.length;
    await clock.step();
    expect(connected.between.asked).toHaveLength(asked);
    clock.standing.advance(hourMs);
    await clock.step();
    expect(await connected.resume()).toEqual([]);
    await expectReplaced(connected, old, before);
    dispose();
  });

  test('a full disk leaves the old token, and the first minute with room goes on', async () => {
    const { clock, connected, old, before, id } = await waiting();
    await using _ = connected;
    const dispose = connected.core.retireWhenDue();
    clock.standing.advance(hourMs);
    let refused = 0;
    const makeRoom = intercept((call, run) => {
      if (call.kind !== 'sqlite' || !call.name.startsWith('BEGIN IMMEDIATE')) return run();
      refused += 1;
      throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
    });
    try {
      await clock.step();
      // Waits for the look that is under way.
      expect(expectFailure(await connected.client('rotation.abandon', { id, confirm: 'ABANDON' })).code).toBe(
        'storage',
      );
      expect(refused).toBeGreaterThan(1);
      expect(connected.between.asked.filter(({ method }) => method === 'DELETE')).toEqual([]);
    } finally {
      makeRoom();
    }
    expect(expectOk(await connected.client('rotation.show', { id })).rotations).toMatchObject([{ state: 'waiting' }]);
    await clock.step();
    expect(await connected.resume()).toEqual([]);
    await expectReplaced(connected, old, before);
    dispose();
  });

  test('an account that does not answer changes nothing, and the next minute goes on', async () => {
    const { clock, connected, old, before, id } = await waiting();
    await using _ = connected;
    const dispose = connected.core.retireWhenDue();
    clock.standing.advance(hourMs);
    connected.between.twist = () => undefined;
    await clock.step();
    const list = async () => expectOk(await connected.client('rotation.list', {})).rotations;
    // Abandoning without the word waits for the look, and changes nothing itself.
    expectFailure(await connected.client('rotation.abandon', { id }));
    expect(await list()).toMatchObject([{ state: 'waiting' }]);
    connected.between.twist = undefined;
    await clock.step();
    expect(await connected.resume()).toEqual([]);
    await expectReplaced(connected, old, before);
    dispose();
  });

  test('a door that does not stay open deletes nothing by itself', async () => {
    const { clock, connected, id } = await waiting();
    await using _ = connected;
    expectOk(await connected.client('vault.lock', {}));
    clock.standing.advance(hourMs);
    await connected.unlock();
    expect(await connected.resume()).toMatchObject([{ id, state: 'done' }]);
  });
});

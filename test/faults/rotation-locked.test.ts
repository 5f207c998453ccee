import { describe, expect, test } from 'vitest';
import type { Clock } from '../../main/platform/clock.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectFailure, expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { staleList } from '../support/stale-list.ts';

describe('locking during the minute in which CircleCI is asked again', () => {
  const order = { keep: false, dryRun: false };

  async function expectResumable(
    connected: ConnectedCore,
    lock: (connected: ConnectedCore) => Promise<unknown>[],
  ): Promise<void> {
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    const locked = lock(connected);
    expect(expectFailure(await connected.client('rotation.start', { ...order, ids: [old.id] })).code).toBe('stopped');
    await Promise.all(locked);
    connected.between.twist = undefined;
    await connected.unlock();
    expect(expectOk(await connected.client('rotation.list', {})).rotations).toMatchObject([
      { state: 'needs-attention', error: { code: 'stopped' } },
    ]);
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    await expectReplaced(connected, old, before);
  }

  test('ends a pause that lasts, and resuming goes on', async () => {
    const standing = fakeClock();
    let paused = () => {};
    const clock: Clock = {
      now: () => standing.now(),
      sleep(durationMs, signal) {
        if (durationMs !== 1_000) return standing.sleep(durationMs, signal);
        paused();
        return new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
      },
    };
    await using connected = await connectedCore({ clock });
    await expectResumable(connected, ({ between, client }) => {
      const locked: Promise<unknown>[] = [];
      between.twist = staleList('/api/v1.1/project/gh/tidewater/web/token');
      paused = () => locked.push(client('vault.lock', {}));
      return locked;
    });
  });

  test('begins no further pause', async () => {
    const standing = fakeClock();
    const graceMs = 5_000;
    const clock: Clock = {
      now: () => standing.now(),
      sleep: (durationMs, signal) =>
        durationMs === graceMs ? new Promise(() => {}) : standing.sleep(durationMs, signal),
    };
    await using connected = await connectedCore({ clock });
    await expectResumable(connected, ({ between, client }) => {
      const locked: Promise<unknown>[] = [];
      const stale = staleList('/api/v1.1/project/gh/tidewater/web/token');
      let deleted = false;
      between.twist = (asked, ask) => {
        if (deleted && locked.length === 0) locked.push(client('vault.lock', {}));
        deleted ||= asked.method === 'DELETE';
        return stale(asked, ask);
      };
      return locked;
    });
    expect(standing.sleeps).toEqual([]);
  });
});

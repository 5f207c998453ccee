import { describe, expect, test } from 'vitest';
import { createRunning } from '../../../main/running.ts';
import { fakeClock } from '../../support/fake-clock.ts';

/** A clock on which nothing ever ends by itself. */
const still = { now: () => 0, sleep: () => new Promise<never>(() => {}) };

function gate<T>() {
  return Promise.withResolvers<T>();
}

describe('settling', () => {
  test('waits for every act, and asks them to stop meanwhile', async () => {
    const running = createRunning(still);
    const first = gate<string>();
    const act = running.during(() => first.promise);
    expect(running.stopping()).toBe(false);
    let settled = false;
    const settling = running.settle().then(() => {
      settled = true;
    });
    expect(running.stopping()).toBe(true);
    await Promise.resolve();
    expect(settled).toBe(false);
    expect(running.signal().aborted).toBe(false);
    first.resolve('done');
    expect(await act).toBe('done');
    await settling;
    expect(running.stopping()).toBe(false);
  });

  test('waits also for an act that begins while it waits', async () => {
    const running = createRunning(still);
    const [first, late] = [gate<void>(), gate<void>()];
    const acts = [running.during(() => first.promise)];
    let settled = false;
    const settling = running.settle().then(() => {
      settled = true;
    });
    acts.push(running.during(() => late.promise));
    first.resolve();
    await acts[0];
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toBe(false);
    late.resolve();
    await Promise.all([settling, ...acts]);
    expect(settled).toBe(true);
  });

  test('cuts off after the grace of five seconds what has not ended by then', async () => {
    const clock = fakeClock();
    const running = createRunning(clock);
    const { signal } = running;
    const cut = running.during(
      () =>
        new Promise((_resolve, reject) => {
          signal().addEventListener('abort', () => reject(new Error('cut off')));
        }),
    );
    const [act] = await Promise.allSettled([cut, running.settle()]);
    expect(act).toMatchObject({ status: 'rejected' });
    expect(clock.sleeps).toEqual([5_000]);
  });

  test('an act that fails settles too, and acts may begin again with a new signal', async () => {
    const running = createRunning(still);
    const act = running.during(() => Promise.reject(new Error('no')));
    await expect(act).rejects.toThrow('no');
    const before = running.signal();
    await running.settle();
    expect(before.aborted).toBe(true);
    expect(running.signal().aborted).toBe(false);
    expect(await running.during(async () => 'again')).toBe('again');
  });
});

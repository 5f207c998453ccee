import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../main/platform/clock.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

/** Stands still; what sleeps for just `stepMs`, as whoever looks again and again does, wakes when the test says so. */
export function steppedClock(stepMs: number): Clock & { readonly standing: FakeClock; step(): Promise<void> } {
  const standing = fakeClock();
  let wake = () => {};
  return {
    standing,
    now: standing.now,
    sleep(durationMs, signal) {
      if (durationMs !== stepMs) return standing.sleep(durationMs, signal);
      return new Promise((resolve, reject) => {
        wake = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    },
    async step() {
      wake();
      // The look begins, and whoever asks next waits for it.
      for (let turn = 0; turn < 3; turn += 1) await setImmediate();
    },
  };
}

import { type FakeClock, fakeClock } from './fake-clock.ts';

/** A fake clock on which nobody's patience ends: sleeps of minutes last until a test lets them. */
export interface UnhurriedClock extends FakeClock {
  /** How many long sleeps are under way. */
  waiting(): number;
  /** All of them end now, as if their time had passed. */
  runOut(): void;
}

const longMs = 5 * 60_000;

export function unhurriedClock(): UnhurriedClock {
  const clock = fakeClock();
  const under = new Set<() => void>();
  return {
    ...clock,
    waiting: () => under.size,
    runOut() {
      for (const end of under) end();
    },
    sleep(durationMs, signal) {
      if (durationMs < longMs) return clock.sleep(durationMs, signal);
      return new Promise<void>((resolve, reject) => {
        const end = () => {
          under.delete(end);
          clock.advance(durationMs);
          resolve();
        };
        under.add(end);
        signal?.addEventListener('abort', () => {
          under.delete(end);
          reject(signal.reason);
        });
      });
    },
  };
}

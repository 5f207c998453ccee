import type { Clock } from '../../main/platform/clock.ts';

/** A clock that stands still until somebody sleeps: sleeping moves it on at once. */
export interface FakeClock extends Clock {
  /** Every sleep that was asked for, in milliseconds. */
  readonly sleeps: readonly number[];
  advance(durationMs: number): void;
}

/** A Monday morning. */
export const someMorning = Date.parse('2026-11-23T08:00:00.000Z');

export function fakeClock(startMs = someMorning): FakeClock {
  let nowMs = startMs;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => nowMs,
    advance(durationMs) {
      nowMs += durationMs;
    },
    async sleep(durationMs, signal) {
      signal?.throwIfAborted();
      sleeps.push(durationMs);
      nowMs += durationMs;
      // Lets pending input and output happen, as a real wait would.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

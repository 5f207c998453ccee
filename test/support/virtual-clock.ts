import type { Clock } from '../../main/platform/clock.ts';
import { someMorning } from './fake-clock.ts';

/** Many may sleep at once, and the time of all passes together: whenever everybody sleeps, it goes on to who wakes first. */
export interface VirtualClock extends Clock {
  /** Lets time pass until `work` is over. */
  run<Result>(work: Promise<Result>): Promise<Result>;
}

export function virtualClock(): VirtualClock {
  let nowMs = someMorning;
  const asleep: { readonly atMs: number; readonly wake: () => void }[] = [];
  return {
    now: () => nowMs,
    sleep(durationMs) {
      const { promise, resolve } = Promise.withResolvers<void>();
      asleep.push({ atMs: nowMs + durationMs, wake: resolve });
      return promise;
    },
    async run(work) {
      let isOver = false;
      const over = work.finally(() => {
        isOver = true;
      });
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (isOver) return over;
        asleep.sort((left, right) => left.atMs - right.atMs);
        const first = asleep.shift();
        if (first === undefined) continue;
        nowMs = first.atMs;
        first.wake();
      }
    },
  };
}

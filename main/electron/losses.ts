import type { Clock } from '../platform/clock.ts';

/** A page or a core that ends by itself is replaced three times within a minute; a fourth would not fare better. */
const most = 3;
const withinMs = 60_000;

export interface Losses {
  /** Counts one more. True: it was one too many. */
  isTooMany(): boolean;
}

export function countLosses(clock: Clock): Losses {
  let atMs: readonly number[] = [];
  return {
    isTooMany() {
      const nowMs = clock.now();
      // Whatever lies ahead was counted by a clock that was turned back since.
      atMs = [...atMs.filter((ms) => ms <= nowMs && nowMs - ms < withinMs), nowMs];
      return atMs.length > most;
    },
  };
}

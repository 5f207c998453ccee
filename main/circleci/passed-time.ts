import type { Clock } from '../platform/clock.ts';

/** A timer may end so much before its time. */
const earlyMs = 5;

/**
 * Time as it passes: never back, whatever somebody sets the clock to, and at least what was slept. So a wait is never
 * longer than what the host asked for. On the clock, which goes on while a machine sleeps, and not on a timer.
 */
export function passedTime(clock: Clock) {
  let seenMs = clock.now();
  let aheadMs = 0;
  const now = () => {
    const wallMs = clock.now();
    if (wallMs < seenMs) aheadMs += seenMs - wallMs;
    seenMs = wallMs;
    return wallMs + aheadMs;
  };
  return {
    now,
    /** It was waited for with a timer: where the clock says otherwise, somebody has set it back meanwhile. */
    reach(untilMs: number): void {
      const lackingMs = untilMs - now();
      if (lackingMs > earlyMs) aheadMs += lackingMs;
    },
    toWall: (passedMs: number) => passedMs - aheadMs,
  };
}

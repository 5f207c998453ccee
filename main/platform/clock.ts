import { setTimeout as wait } from 'node:timers/promises';

/** Time, as the core sees it: tests give their own. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves after `durationMs`; rejects with the signal's reason when aborted. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) => wait(durationMs, undefined, signal === undefined ? {} : { signal }),
};

/** ISO 8601 in UTC with milliseconds, as in every stored and shown date. */
export function isoInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

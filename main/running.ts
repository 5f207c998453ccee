import type { Clock } from './platform/clock.ts';

/**
 * Which acts are under way, and how they end: asked to stop they finish the step that they are in; after the grace their
 * requests are cut off. Everything that must not be half done is journalled, so cutting off loses nothing.
 */
export interface Running {
  during<T>(work: () => Promise<T>): Promise<T>;
  stopping(): boolean;
  /** Aborted when the grace is over. A new one for each time that the vault is open. */
  signal(): AbortSignal;
  /** Resolves when nothing is under way any more; afterwards acts may begin again. */
  settle(): Promise<void>;
}

/** The longest time that a create gets to answer after lock or quit was asked for. */
const graceMs = 5_000;

export function createRunning(clock: Clock): Running {
  const under = new Set<Promise<unknown>>();
  let cut = new AbortController();
  let stopping = false;

  /** Waits also for acts that began meanwhile: one of them may have made a token whose value is about to be sealed. */
  async function untilIdle(): Promise<void> {
    while (under.size > 0) await Promise.all(under);
  }

  return {
    async during(work) {
      const act = work();
      const settled = act.catch(() => {});
      under.add(settled);
      try {
        return await act;
      } finally {
        under.delete(settled);
      }
    },
    stopping: () => stopping,
    signal: () => cut.signal,
    async settle() {
      stopping = true;
      const idle = untilIdle();
      const waiting = new AbortController();
      await Promise.race([idle, clock.sleep(graceMs, waiting.signal).catch(() => {})]);
      waiting.abort();
      cut.abort();
      await idle;
      cut = new AbortController();
      stopping = false;
    },
  };
}

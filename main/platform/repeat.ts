import type { Dispose } from '../../shared/contract/kit.ts';
import type { Clock } from './clock.ts';

/** Does `work` after each `everyMs`, one at a time, until it is disposed of. */
export function repeat(clock: Clock, everyMs: number, work: () => void | Promise<void>): Dispose {
  const ended = new AbortController();

  async function go(): Promise<void> {
    for (;;) {
      await clock.sleep(everyMs, ended.signal);
      await work();
    }
  }

  go().catch((error: unknown) => {
    // The sleep ends by the signal, which rejects it.
    if (!ended.signal.aborted) throw error;
  });
  return () => ended.abort();
}

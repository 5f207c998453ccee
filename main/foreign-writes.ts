import type { Dispose } from '../shared/contract/kit.ts';
import { AppError } from './app-error.ts';
import type { Clock } from './platform/clock.ts';
import { repeat } from './platform/repeat.ts';

/** Soon enough for somebody who looks from a terminal to the window; asking costs some ten microseconds. */
const lookEveryMs = 1_000;

export interface ForeignWrites {
  /** To be called before the vault is read for somebody who will show it: what is newer than this has to be told. */
  told(): void;
  /** Calls `changed` soon after the vault has moved on from what was told last, until it is disposed of. */
  watch(changed: () => void): Dispose;
}

/**
 * Notices what other processes write: the command line and several windows may have one vault open at a time, and what is
 * shown must be what is there.
 * @param sequence the vault's: grows with every transaction of every process. @throws AppError while it is locked
 */
export function createForeignWrites(clock: Clock, sequence: () => number): ForeignWrites {
  let seen: number | undefined;

  /** Undefined while nothing can be read: whoever asks the vault then is told why. */
  function newest(): number | undefined {
    try {
      return sequence();
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }

  return {
    told() {
      seen = newest();
    },
    watch(changed) {
      return repeat(clock, lookEveryMs, () => {
        const now = newest();
        if (now !== undefined && seen !== undefined && now !== seen) changed();
      });
    },
  };
}

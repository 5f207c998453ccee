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

/** Each throws AppError while the vault is locked. */
export interface ForeignActs {
  /** The vault's: grows with every transaction of every process. */
  readonly sequence: () => number;
  /** What another process works on. One that is killed writes nothing more: asked again only where there was something. */
  readonly running: () => readonly string[];
}

/**
 * Notices what other processes write, and that one is over: the command line and several windows may have one vault open at
 * a time, and what is shown must be what is there.
 */
export function createForeignWrites(clock: Clock, { sequence, running }: ForeignActs): ForeignWrites {
  let seen: number | undefined;
  let ran = '';

  return {
    told() {
      seen = ifReadable(sequence);
      ran = ifReadable(running)?.join() ?? '';
    },
    watch(changed) {
      return repeat(clock, lookEveryMs, () => {
        const now = ifReadable(sequence);
        if (now === undefined || seen === undefined) return;
        if (now !== seen || (ran !== '' && ifReadable(running)?.join() !== ran)) changed();
      });
    },
  };
}

/** Undefined while nothing can be read: whoever asks the vault then is told why. */
function ifReadable<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

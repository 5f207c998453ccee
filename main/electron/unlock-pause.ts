import type { Result } from '../../shared/contract/result.ts';
import type { Door } from '../../shared/contract/window.ts';
import { longestPauseMs } from '../../shared/unlock-pause.ts';
import { AppError } from '../app-error.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';

/**
 * How long to wait after each wrong password. It only spares a person's own mistyping hands: a thief with the file does
 * not use this window, and the key derivation is what makes each of his guesses slow.
 */
const pausesMs = [0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, longestPauseMs];

export function pauseAfterMs(wrongTries: number): number {
  return pausesMs[Math.min(wrongTries, pausesMs.length - 1)] ?? longestPauseMs;
}

export interface UnlockPause {
  /** Lets `unlock` try, or refuses while the pause lasts; a right password forgets the wrong ones. */
  tried(unlock: () => Promise<Result<unknown>>): Promise<Result<unknown>>;
}

/** Kept beside the window, so that neither a lock nor a fresh page ends a pause. */
export function createUnlockPause(
  clock: Clock,
  changed: (tries: Pick<Door, 'wrongTries' | 'retryAt'>) => void,
): UnlockPause {
  let wrongTries = 0;
  let retryAtMs = 0;
  let last: Promise<unknown> = Promise.resolve();

  return {
    /** One after the other: whoever asks eight times at once has the pauses of eight tries. */
    tried(unlock) {
      const turn = last.then(() => tryOnce(unlock));
      last = turn.catch(() => {});
      return turn;
    },
  };

  async function tryOnce(unlock: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
    const leftMs = retryAtMs - clock.now();
    // More than any pause: the clock was turned back meanwhile.
    if (leftMs > 0 && leftMs <= longestPauseMs) return { ok: false, error: tooSoon(leftMs).toFailure() };
    const answer = await unlock();
    if (!answer.ok && answer.error.code !== 'wrong-password') return answer;
    wrongTries = answer.ok ? 0 : wrongTries + 1;
    retryAtMs = clock.now() + pauseAfterMs(wrongTries);
    changed({ wrongTries, retryAt: isoInstant(retryAtMs) });
    return answer;
  }
}

/** Read at the door, whose button counts the seconds as well, and in dialogs that have no such button. */
function tooSoon(leftMs: number): AppError {
  const seconds = Math.ceil(leftMs / 1_000);
  return new AppError('refused', 'It is too soon after a wrong password. Nothing was tried.', {
    hint: `Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`,
  });
}

import { useEffect, useState } from 'react';
import type { Failure, Result } from '../../../shared/contract/result.ts';
import { useIsThere } from '../../parts/use-is-there.ts';

/** Long enough to read off an ending or to type it into another machine once; it may be revealed again. */
export const revealMs = 10_000;

export interface Revealed {
  /** Overwritten when it is masked: whoever still points at it then holds zeros. */
  readonly bytes: Uint8Array;
  readonly masksAtMs: number;
}

/**
 * SECURITY: the value is bytes in this component's state and nowhere else of the page, and is overwritten when it masks
 * itself, when the component goes (closed, locked), and when the window is hidden. Never a string: React keeps the props
 * and the state of the last but one drawing, and a string among them could not be overwritten (a test searches the heap).
 */
export function useRevealed(ask: () => Promise<Result<{ value: Uint8Array }>>) {
  const [revealed, setRevealed] = useState<Revealed>();
  const isThere = useIsThere();

  useEffect(() => {
    if (revealed === undefined) return undefined;
    const mask = () => setRevealed(undefined);
    const timer = setTimeout(mask, Math.max(0, revealed.masksAtMs - Date.now()));
    document.addEventListener('visibilitychange', mask);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', mask);
      revealed.bytes.fill(0);
    };
  }, [revealed]);

  return {
    revealed,
    mask: () => setRevealed(undefined),
    /** What failed, or whether there is something to see now. */
    async reveal(): Promise<Failure | 'shown' | 'unseen'> {
      const answer = await ask();
      if (!answer.ok) return answer.error;
      // Closed, locked or hidden meanwhile: nobody is there to see it, and nobody would overwrite it.
      if (!isThere.current || document.hidden) {
        answer.value.value.fill(0);
        return 'unseen';
      }
      setRevealed({ bytes: answer.value.value, masksAtMs: Date.now() + revealMs });
      return 'shown';
    },
  };
}

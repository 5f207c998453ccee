import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/contract/result.ts';

/** Long enough to read off an ending or to type it into another machine once; it may be revealed again. */
export const revealMs = 10_000;

export interface Revealed {
  readonly text: string;
  readonly masksAtMs: number;
}

/**
 * SECURITY: the one place of the page where a value is text. It lives in this component's state only, and is dropped
 * when it masks itself, when the component goes (closed, locked), and when the window is hidden.
 */
export function useRevealed(ask: () => Promise<Result<{ value: Uint8Array }>>) {
  const [revealed, setRevealed] = useState<Revealed>();

  useEffect(() => {
    if (revealed === undefined) return undefined;
    const mask = () => setRevealed(undefined);
    const timer = setTimeout(mask, Math.max(0, revealed.masksAtMs - Date.now()));
    document.addEventListener('visibilitychange', mask);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', mask);
    };
  }, [revealed]);

  return {
    revealed,
    mask: () => setRevealed(undefined),
    async reveal() {
      const answer = await ask();
      if (!answer.ok) return answer.error;
      const { value } = answer.value;
      setRevealed({ text: new TextDecoder().decode(value), masksAtMs: Date.now() + revealMs });
      value.fill(0);
      return undefined;
    },
  };
}

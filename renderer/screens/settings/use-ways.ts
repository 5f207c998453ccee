import { useEffect } from 'react';
import { useRondo } from '../../state/use-rondo.tsx';
import type { WaysView } from '../../state/ways.ts';

/** What opens the vault besides the password, read anew for whoever shows it. */
export function useWays(): WaysView {
  const ways = useRondo((state) => state.ways);
  const waysAsked = useRondo((state) => state.waysAsked);
  useEffect(() => {
    void waysAsked();
  }, [waysAsked]);
  return ways;
}

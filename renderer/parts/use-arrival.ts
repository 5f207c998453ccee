import { type RefObject, useEffect } from 'react';

/** Whoever comes to this page starts at its heading, also by a dialog: that one gives the focus back as it closes. */
export function useArrival(heading: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    // After that, which is queued before this is.
    queueMicrotask(() => heading.current?.focus());
  }, [heading]);
}

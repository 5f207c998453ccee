import { type RefObject, useEffect, useRef } from 'react';

/** An act may take its own button away, as the change of `state` shows: nobody is left nowhere, `there` has the focus. */
export function useFocusKept(there: RefObject<HTMLElement | null>, state: unknown): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (document.activeElement === document.body) there.current?.focus();
  }, [there, state]);
}

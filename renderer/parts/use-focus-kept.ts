import { type RefObject, useEffect, useRef } from 'react';

/** An act may take its own button away, as the change of `state` shows: nobody is left nowhere, `heading` has the focus. */
export function useFocusKept(heading: RefObject<HTMLElement | null>, state: string | undefined): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (document.activeElement === document.body) heading.current?.focus();
  }, [heading, state]);
}

import { type RefObject, useEffect, useRef } from 'react';

/** Whether it is still drawn: for what an answer does that comes later. */
export function useIsThere(): Readonly<RefObject<boolean>> {
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  return isThere;
}

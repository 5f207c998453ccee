import { useLayoutEffect, useRef } from 'react';

/**
 * SECURITY: writes the value into the element itself and takes it out again when it goes. As a child of React's it would
 * stay in React's memory after it is masked. It cannot be selected: an X11 desktop keeps what is selected where any program
 * reads it, and what a page copies by itself has no mark and stays.
 */
export function ValueText({ bytes }: { bytes: Uint8Array }) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    current.textContent = new TextDecoder().decode(bytes);
    return () => {
      current.textContent = '';
    };
  }, [bytes]);
  return <span ref={element} className="wrap unselectable" />;
}

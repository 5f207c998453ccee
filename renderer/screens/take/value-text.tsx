import { useLayoutEffect, useRef } from 'react';

/**
 * SECURITY: writes the value into the element itself and takes it out again when it goes. As a child of React's it would
 * stay in React's memory after it is masked.
 */
export function ValueText({ bytes, wording }: { bytes: Uint8Array; wording: (value: string) => string }) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    current.textContent = wording(new TextDecoder().decode(bytes));
    return () => {
      current.textContent = '';
    };
  }, [bytes, wording]);
  return <span ref={element} className="wrap selectable" />;
}

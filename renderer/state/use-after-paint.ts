import { startTransition, useEffect, useState } from 'react';

/**
 * `value` once what was drawn with it is on the screen: for the part of a screen that may come a frame later, so that no
 * key waits for it. A deferred value would do the same in the same frame where there is time, which is then missed.
 */
export function useAfterPaint<Value>(value: Value): Value {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // A task that is asked for while a frame is made runs after it.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setPainted(value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return painted;
}

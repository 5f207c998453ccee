/** Time limits that end when the test says so: a host that never answers then costs no time, and a slow machine no test. */
export interface TimeLimits extends Disposable {
  /** Whoever waits for an answer has waited long enough. */
  expire(): void;
}

/** More than there are requests under way at once: those before them were answered. */
const kept = 50;

/** From here until it is disposed of, `AbortSignal.timeout` waits for `expire` and looks at no clock. */
export function fakeTimeLimits(): TimeLimits {
  const real = AbortSignal.timeout;
  let running: AbortController[] = [];
  AbortSignal.timeout = () => {
    const limit = new AbortController();
    running = [...running.slice(-kept), limit];
    return limit.signal;
  };
  return {
    expire() {
      const waiting = running;
      running = [];
      for (const limit of waiting) limit.abort(new DOMException('no answer in time', 'TimeoutError'));
    },
    [Symbol.dispose]() {
      AbortSignal.timeout = real;
    },
  };
}

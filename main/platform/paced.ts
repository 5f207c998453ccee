export interface Pace {
  /** Asks within this time are answered together. */
  readonly leastPauseMs: number;
  /** How many times as long as `work` took to stay away from it. */
  readonly pausePerRun: number;
}

/** Runs `work` soon after it was asked for, in the background: it never keeps the process alive, nor busy. */
export function paced(work: () => void, pace: Pace): () => void {
  let pending = false;
  let pauseMs = pace.leastPauseMs;

  function run(): void {
    pending = false;
    const startMs = performance.now();
    work();
    pauseMs = Math.max(pace.leastPauseMs, pace.pausePerRun * (performance.now() - startMs));
  }

  return () => {
    if (pending) return;
    pending = true;
    setTimeout(run, pauseMs).unref();
  };
}

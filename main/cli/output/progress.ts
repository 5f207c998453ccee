import type { Clock } from '../../platform/clock.ts';
import type { Output } from '../../platform/standard-streams.ts';
import { truncated } from './text-width.ts';

/** One line on a terminal that is rewritten while something takes longer than a moment. */
export interface Progress {
  /** Shows `text` while `work` goes on, from the first second on. */
  during<T>(text: string, work: Promise<T>): Promise<T>;
  /** A newer text for what is going on; ignored where nothing is. */
  update(text: string | undefined): void;
  /** Clears the line, writes, and lets the line come back with its next text. */
  above(write: () => Promise<void>): Promise<void>;
}

/** What is over within a second needs no words. */
const patienceMs = 1_000;
const clearLine = '\r\u001b[2K';

export const noProgress: Progress = {
  during: (_text, work) => work,
  update: () => {},
  above: (write) => write(),
};

export function createProgress(stderr: Output, clock: Clock): Progress {
  let current: { text: string; shown: boolean } | undefined;

  const send = (text: string) => {
    // A terminal that went away ends nothing: the line is only a courtesy.
    void stderr.write(new TextEncoder().encode(text)).catch(() => {});
  };
  const draw = () => {
    if (current?.shown === true) send(clearLine + truncated(current.text, (stderr.columns() ?? 80) - 1));
  };
  const showLater = async (line: { shown: boolean }, signal: AbortSignal) => {
    try {
      await clock.sleep(patienceMs, signal);
    } catch {
      return;
    }
    line.shown = true;
    draw();
  };

  return {
    async during(text, work) {
      if (current !== undefined) return work;
      const line = { text, shown: false };
      const over = new AbortController();
      current = line;
      void showLater(line, over.signal);
      try {
        return await work;
      } finally {
        over.abort();
        current = undefined;
        if (line.shown) send(clearLine);
      }
    },
    update(text) {
      if (current === undefined || text === undefined) return;
      current.text = text;
      draw();
    },
    async above(write) {
      if (current?.shown === true) send(clearLine);
      await write();
      draw();
    },
  };
}

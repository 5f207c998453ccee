import type { Page } from '@playwright/test';
import { type AppProcess, type AppStart, type EndingProcess, startApp } from './app-process.ts';
import { type Desktop, desktopAt } from './desktop.ts';

/** A started app and its window, whose page changes when it is locked. */
export interface StartedWindow {
  readonly process: AppProcess;
  readonly desktop: Desktop;
  page(): Page;
  replaced(act: () => Promise<unknown>): Promise<Page>;
}

/** Half of what a test has: one that waits for a page that never comes says so, and not only that its time is over. */
const freshPageMs = 60_000;

/**
 * Resolves when the first page is there. `complaints` gets what its pages complain about.
 * @throws Error when no page came; then the app has ended
 */
export async function startWindow(start: AppStart, complaints: string[]): Promise<StartedWindow> {
  const process = await startApp(start);
  try {
    return await windowOf(process, complaints);
  } catch (error) {
    process.kill('SIGKILL');
    await process.ended;
    throw error;
  }
}

async function windowOf(process: AppProcess, complaints: string[]): Promise<StartedWindow> {
  const first = Promise.withResolvers<Page>();
  const doubles = Promise.withResolvers<string>();
  let current: Page | undefined;
  let announce = first.resolve;
  /** What a test that waits for a page is told when none comes: a second lock replaces a page before it is there. */
  const unreached: unknown[] = [];
  process.onLine((line) => {
    const url = /^doubles at (http:\S+)$/.exec(line)?.[1];
    if (url !== undefined) doubles.resolve(url);
  });
  process.onPage(
    (page) => {
      listenTo(page, complaints);
      current = page;
      announce(page);
    },
    (error) => {
      unreached.push(error);
      first.reject(error);
    },
  );
  const died = process.ended.then((code) => {
    throw new Error(`the app ended with ${code} before its page was there: ${process.errors()}`);
  });
  const [, url] = await Promise.race([Promise.all([first.promise, doubles.promise]), died]);
  return {
    process,
    desktop: desktopAt(url),
    page() {
      if (current === undefined) throw new Error('the app has no window');
      return current;
    },
    async replaced(act) {
      const next = Promise.withResolvers<Page>();
      announce = next.resolve;
      const why = () => new Error(`no fresh page came: ${[...unreached, process.errors()].join('\n')}`);
      const tooLong = setTimeout(() => next.reject(why()), freshPageMs);
      try {
        // The old page may go in the middle of the key press that locks it.
        await act().catch((error) => {
          if (!String(error).includes('has been closed')) throw error;
        });
        return await Promise.race([next.promise, died]);
      } finally {
        clearTimeout(tooLong);
      }
    },
  };
}

function listenTo(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}

/** Quits as a person would. @throws Error when that is not its end within half a minute, or not a clean one */
export async function endApp(app: EndingProcess): Promise<void> {
  app.kill('SIGTERM');
  const tooLate = setTimeout(() => app.kill('SIGKILL'), 30_000);
  const code = await app.ended;
  clearTimeout(tooLate);
  if (code !== 0) throw new Error(`the app did not quit cleanly: ${code} ${app.errors()}`);
}

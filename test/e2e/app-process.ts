import type { Page } from '@playwright/test';
import { root } from '../../build/bundle.mjs';
import { chooseRuntime, type Runtime } from '../../build/runtime.mjs';
import { startOnChromium } from './on-chromium.ts';
import { startOnElectron, startSecondOnElectron } from './on-electron.ts';

/** What there is of a process that may end at any time. */
export interface EndingProcess {
  /** What it said on standard error so far. */
  errors(): string;
  /** Resolves with the code that it ended with; undefined: killed. */
  readonly ended: Promise<number | undefined>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

/** The app's main process, whatever runs it. */
export interface AppProcess extends EndingProcess {
  readonly pid: number;
  /** Each window's page, once it is there; in the order in which they came. `onFailure`: one that could not be reached. */
  onPage(listener: (page: Page) => void, onFailure: (error: unknown) => void): void;
  /** A whole line that the app wrote on standard output. */
  onLine(listener: (line: string) => void): void;
}

export interface AppStart {
  /** What `electron` would be started with: the app, then its arguments. */
  readonly args: readonly string[];
  /** Everything that the app and its browser write goes in here. */
  readonly dir: string;
  readonly isHeadless: boolean;
}

/** What `npm start` chooses, but for a download. */
export function runtimeOf({ isHeadless }: Pick<AppStart, 'isHeadless'>): Runtime {
  const runtime = chooseRuntime({ root, env: process.env, isHeadless, mayDownload: false, say: () => {} });
  if (runtime === undefined) throw new Error('no Chrome or Chromium was found that starts: npm run test:e2e gets one');
  return runtime;
}

export function startApp(start: AppStart): Promise<AppProcess> | AppProcess {
  const runtime = runtimeOf(start);
  return 'electron' in runtime
    ? startOnElectron(runtime.electron.binary, start)
    : startOnChromium(runtime.browser, start);
}

/** Where another is there already, to which it leaves the window: nothing waits for one of its own. */
export function startSecond(start: AppStart): EndingProcess {
  const runtime = runtimeOf(start);
  return 'electron' in runtime
    ? startSecondOnElectron(runtime.electron.binary, start)
    : startOnChromium(runtime.browser, start);
}

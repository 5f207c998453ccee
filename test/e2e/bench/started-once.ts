import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startApp } from '../app-process.ts';
import { endApp } from '../started-window.ts';

/** An app that runs as a person would start it: no double, no test between its processes. */
export interface StartedOnce {
  readonly page: Page;
  readonly pid: number;
  /** When its process was started, by the system's clock. */
  readonly startedAt: number;
}

export interface MeasuredApp {
  /** Gets the folder for everything that the app writes. */
  readonly args: (dir: string) => Promise<readonly string[]>;
  readonly isHeadless: boolean;
}

/** Starts an app, lets `work` measure it, and ends it. */
export async function startedOnce<T>(
  { args, isHeadless }: MeasuredApp,
  work: (app: StartedOnce) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'rondo-bench-'));
  try {
    const start = { args: await args(dir), dir, isHeadless };
    const startedAt = Date.now();
    const app = await startApp(start);
    try {
      const first = new Promise<Page>((resolve, reject) => app.onPage(resolve, reject));
      const died = app.ended.then((code) => {
        throw new Error(`the app ended with ${code} before its window was there: ${app.errors()}`);
      });
      const page = await Promise.race([first, died]);
      return await work({ page, pid: app.pid, startedAt });
    } finally {
      await endApp(app);
    }
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

import { test as base } from '@playwright/test';
import { type OpenRondo, openRondo, type RondoOptions } from './open-rondo.ts';

/** `rondo(options)` starts an app that ends with the test; `--headed` puts its window on the display. */
export const test = base.extend<{ rondo: (options: RondoOptions) => Promise<OpenRondo> }>({
  rondo: async ({ headless }, use) => {
    await using open = new AsyncDisposableStack();
    await use(async (options) => open.use(await openRondo({ isHeadless: headless ?? true, ...options })));
  },
});

import { test as base, expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { type OpenRondo, openRondo, type RondoOptions } from './open-rondo.ts';
import { tokens } from './screens/screen.ts';

interface Fixtures {
  readonly rondo: (options: RondoOptions) => Promise<OpenRondo>;
  readonly lookedAt: () => Promise<OpenRondo>;
}

interface WorkerFixtures {
  readonly shared: () => Promise<OpenRondo>;
}

/**
 * `rondo(options)` starts an app that ends with the test; `--headed` puts its window on the display. `lookedAt()` gives a
 * fresh page over a connected vault in an app that other tests have looked at before: starting one takes longer than most
 * looks. It fails the test that does more than look.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  rondo: async ({ headless }, use) => {
    await using open = new AsyncDisposableStack();
    await use(async (options) => open.use(await openRondo({ isHeadless: headless ?? true, ...options })));
  },
  lookedAt: async ({ shared }, use) => {
    const opened: { readonly app: OpenRondo; readonly before: unknown }[] = [];
    await use(async () => {
      const app = await shared();
      await showAfresh(app);
      opened.push({ app, before: await stateOf(app) });
      return app;
    });
    for (const { app, before } of opened) expect(await stateOf(app), 'after a look').toEqual(before);
  },
  // Ends with its worker, which ends with the first test that fails.
  shared: [
    async ({ headless }, use) => {
      await using open = new AsyncDisposableStack();
      let app: Promise<OpenRondo> | undefined;
      await use(() => {
        app ??= openRondo({ isHeadless: headless ?? true, vault: 'connected' }).then((opened) => open.use(opened));
        return app;
      });
    },
    { scope: 'worker' },
  ],
});

/** As if it had just been unlocked: nothing that the page keeps outlives it, and main forgets where one stood. */
async function showAfresh({ call, desktop, page }: OpenRondo): Promise<void> {
  expectOk(await call('window.stand', { at: 'inventory' }));
  await desktop.loadAgain();
  await tokens(page).waitFor();
}

async function stateOf({ call, desktop, sandbox }: OpenRondo): Promise<unknown> {
  const { settings, clipboard } = expectOk(await call('window.read', {}));
  const vault = [await call('token.list', {}), await call('rotation.list', {}), await call('account.list', {})];
  return { settings, clipboard, vault, sandbox: sandbox.tokens(), opened: await desktop.opened() };
}

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { root } from '../../build/bundle.mjs';
import { type AppProcess, type EndingProcess, startApp, startSecond } from './app-process.ts';
import { passwordText } from './open-rondo.ts';
import { corePids } from './process-tree.ts';
import { test as base } from './rondo-test.ts';
import { endApp } from './started-window.ts';

interface ShippedApps {
  /** Everything that they write goes in here. */
  readonly dir: string;
  /** Over the vault in this folder, else over the one in `dir`. */
  start(vaultDir?: string): Promise<AppProcess>;
  /** Where one is there that keeps the window. */
  startSecond(vaultDir?: string): EndingProcess;
}

/** By the entry that ships: only that one asks whether it is the first. What was started ends with the test. */
const test = base.extend<{ shipped: ShippedApps }>({
  shipped: async ({ headless }, use) => {
    await using open = new AsyncDisposableStack();
    const dir = await mkdtemp(join(tmpdir(), 'rondo-e2e-'));
    open.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));
    const startOver = (vaultDir = join(dir, 'vault')) => ({
      args: [root, `--vault=${vaultDir}`, `--user-data-dir=${join(dir, 'data')}`, `--marks-dir=${join(dir, 'marks')}`],
      dir,
      isHeadless: headless ?? true,
    });
    await use({
      dir,
      start: async (vaultDir) => open.adopt(await startApp(startOver(vaultDir)), endApp),
      startSecond: (vaultDir) => open.adopt(startSecond(startOver(vaultDir)), endApp),
    });
  },
});

/** The window on its first run, and how many there were so far. */
async function firstRunOf(app: AppProcess): Promise<{ readonly page: Page; pages(): number }> {
  let pages = 0;
  const died = app.ended.then((code) => {
    throw new Error(`it ended with ${code} and without a window: ${app.errors()}`);
  });
  const opened = new Promise<Page>((resolve, reject) => {
    app.onPage((page) => {
      pages += 1;
      resolve(page);
    }, reject);
  });
  const page = await Promise.race([opened, died]);
  await expect(page.getByRole('heading', { name: 'Choose a password for your vault' })).toBeVisible();
  return { page, pages: () => pages };
}

test('a second start ends at once, and the first window stays the only one and says whose it is', async ({
  shipped: { dir, start, startSecond },
}) => {
  const { page, pages } = await firstRunOf(await start());
  expect(await startSecond().ended).toBe(0);
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  expect(pages()).toBe(1);
  const note = page.getByText('This window shows another vault');
  await expect(note).toHaveCount(0);
  const other = join(dir, 'another vault');
  expect(await startSecond(other).ended).toBe(0);
  await expect(note).toBeVisible();
  await expect(page.getByText(`You wanted ${other}. This is ${join(dir, 'vault')}`)).toBeVisible();
  expect(pages()).toBe(1);
});

test('whoever closes the window and starts Rondo again gets a window, also while the first still ends', async ({
  shipped: { start, startSecond },
}) => {
  const first = await start();
  await firstRunOf(first);
  await expect.poll(() => corePids(first)).toHaveLength(1);
  // As where a step of a rotation waits for its answer.
  for (const pid of await corePids(first)) process.kill(pid, 'SIGSTOP');
  first.kill('SIGTERM');
  await firstRunOf(await start());
  for (const pid of await corePids(first)) process.kill(pid, 'SIGCONT');
  expect(await first.ended).toBe(0);
  expect(await startSecond().ended, 'there is one again').toBe(0);
});

test('whoever closes the window and starts Rondo at once gets a window', async ({ shipped: { start } }) => {
  const first = await start();
  const { page } = await firstRunOf(first);
  await page.close();
  await firstRunOf(await start());
  expect(await first.ended).toBe(0);
});

test('where the mark of a vault is kept can be named, as for one that is thrown away', async ({
  shipped: { dir, start },
}) => {
  const app = await start();
  const { page } = await firstRunOf(app);
  await page.getByLabel('Password', { exact: true }).fill(passwordText);
  await page.getByLabel('The same again').fill(passwordText);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'How do you want to begin?' })).toBeVisible();
  await endApp(app);
  expect(await readdir(join(dir, 'marks'))).toEqual([expect.stringMatching(/\.mark$/)]);
});

test('a window that was minimised comes back when Rondo is started again', async ({ rondo }) => {
  const { desktop } = await rondo({ vault: 'none' });
  await desktop.startAgain();
  expect(await desktop.window()).toBe('open');
  await desktop.minimize();
  expect(await desktop.window()).toBe('minimized');
  await desktop.startAgain();
  expect(await desktop.window()).toBe('open');
});

test('which other vault was wanted is said locked and unlocked, until it is put away or its own is asked for', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const note = (page: Page) => page.getByRole('status').filter({ hasText: 'You wanted /elsewhere.' });
  await expect(app.page.getByRole('treegrid', { name: 'Tokens' })).toBeVisible();
  await app.desktop.startAgain('/elsewhere');
  await expect(note(app.page)).toContainText('--user-data-dir=');
  const locked = await app.replaced(() => app.page.keyboard.press('Control+l'));
  await expect(note(locked)).toBeVisible();
  await locked.getByRole('button', { name: 'Put this message away' }).click();
  await expect(note(locked)).toHaveCount(0);
  await expect(locked.getByRole('main')).toBeFocused();
  await app.desktop.startAgain('/elsewhere');
  await expect(note(locked)).toBeVisible();
  await app.desktop.startAgain(app.vaultDir);
  await expect(note(locked)).toHaveCount(0);
});

test('a window that was minimised stays so when it is locked', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await app.desktop.minimize();
  const fresh = await app.replaced(() => app.desktop.announce('suspend'));
  await expect(fresh.getByRole('heading', { name: 'Rondo is locked' })).toBeVisible();
  await expect.poll(() => app.desktop.window()).toBe('minimized');
});

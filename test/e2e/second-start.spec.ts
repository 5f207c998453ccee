import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { root } from '../../build/bundle.mjs';
import { startApp } from './app-process.ts';
import { test } from './rondo-test.ts';
import { endApp } from './started-window.ts';

test('a second start ends at once, and the first window stays the only one', async ({ headless }) => {
  const dir = await mkdtemp(join(tmpdir(), 'rondo-e2e-'));
  // The entry that ships: only that one asks whether it is the first.
  const args = [root, `--vault=${join(dir, 'vault')}`, `--user-data-dir=${join(dir, 'data')}`];
  const start = { args, dir, isHeadless: headless ?? true };
  const first = await startApp(start);
  try {
    let pages = 0;
    const page = await new Promise<Page>((resolve, reject) => {
      first.onPage((opened) => {
        pages += 1;
        resolve(opened);
      }, reject);
    });
    await expect(page.getByRole('heading', { name: 'Choose a password for your vault' })).toBeVisible();
    const second = await startApp(start);
    expect(await second.ended).toBe(0);
    await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
    expect(pages).toBe(1);
  } finally {
    await endApp(first);
    await rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
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

test('a window that was minimised stays so when it is locked', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await app.desktop.minimize();
  const fresh = await app.replaced(() => app.desktop.announce('suspend'));
  await expect(fresh.getByRole('heading', { name: 'Rondo is locked' })).toBeVisible();
  await expect.poll(() => app.desktop.window()).toBe('minimized');
});

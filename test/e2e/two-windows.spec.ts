import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { root } from '../../build/bundle.mjs';
import { systemClock } from '../../main/platform/clock.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { startApp } from './app-process.ts';
import { passwordText } from './open-rondo.ts';
import { onToken, startRotating, tokens } from './screens/screen.ts';
import { seedVault } from './seed-vault.ts';
import { endApp } from './started-window.ts';

test('two windows over one vault: each shows what the other does, and one rotates at a time', async ({ headless }) => {
  const dir = await mkdtemp(join(tmpdir(), 'rondo-e2e-'));
  const vaultDir = join(dir, 'vault');
  const sandbox = await startSandbox({ port: 0, faults: [], clock: systemClock });
  await seedVault(vaultDir, sandbox);
  // The entry that ships, each with settings of its own: else the second start would only raise the first window.
  const start = async (name: string) => {
    const args = [root, `--vault=${vaultDir}`, `--user-data-dir=${join(dir, name)}`];
    const app = await startApp({ args, dir, isHeadless: headless ?? true });
    const page = await new Promise<Page>((resolve, reject) => app.onPage(resolve, reject));
    await page.getByLabel('Password of this vault').fill(passwordText);
    await page.keyboard.press('Enter');
    await tokens(page).waitFor();
    return { app, page };
  };
  const first = await start('one');
  const second = await start('two');
  try {
    await first.page.keyboard.press('n');
    await first.page.getByLabel('Label').fill('made-in-the-first');
    await first.page.keyboard.press('Enter');
    await first.page.getByRole('dialog', { name: /made-in-the-first/ }).waitFor();
    await first.page.keyboard.press('Escape');
    // Only rows in sight exist: the search brings it there.
    await second.page.getByRole('searchbox').fill('made-in-the-first');
    await expect(tokens(second.page).getByRole('row', { name: /made-in-the-first/ })).toBeVisible();

    await startRotating(second.page, 'fastlane');
    await expect(second.page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
    await onToken(first.page, 'fastlane');
    await expect(tokens(first.page).getByRole('row', { name: /fastlane/ })).toHaveCount(2);
    // The rotation waits for its value to be taken: here as there.
    await first.page.keyboard.press('r');
    await expect(first.page.getByRole('heading', { name: 'Rotating fastlane' })).toBeVisible();
    await first.page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    expect(sandbox.tokens().filter(({ label }) => label === 'fastlane')).toHaveLength(2);
  } finally {
    await Promise.all([endApp(first.app), endApp(second.app)]);
    await sandbox.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
});

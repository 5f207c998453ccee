import { expect } from '@playwright/test';
import { nameOf } from '../../build/runtime.mjs';
import { runtimeOf } from './app-process.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';

test('from the first run over lock and unlock to the inventory', async ({ rondo, headless }) => {
  const { page, replaced, desktop, complaints, process } = await rondo({ vault: 'none', derivation: 'full' });
  await page.getByLabel('Password', { exact: true }).fill(passwordText);
  await page.getByLabel('The same again').fill(passwordText);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open the sandbox' }).click();
  const tokens = page.getByRole('treegrid', { name: 'Tokens' });
  await expect(tokens.getByRole('row', { name: /release-please/ })).toBeVisible();

  const fresh = await replaced(() => page.keyboard.press('Control+l'));
  await fresh.getByLabel('Password of this vault').fill(passwordText);
  await fresh.keyboard.press('Enter');
  await expect(
    fresh.getByRole('treegrid', { name: 'Tokens' }).getByRole('row', { name: /release-please/ }),
  ).toBeVisible();
  expect(await desktop.clipboard()).toBe('');
  expect(complaints).toEqual([]);
  const runtime = runtimeOf({ isHeadless: headless ?? true });
  // Electron itself is silent on what it is, and Chromium is heard there on what the desktop lacks.
  if ('electron' in runtime) expect(process.errors()).not.toMatch(/^rondo: /m);
  else expect(process.errors()).toBe(`rondo: ${nameOf(runtime)}`);
});

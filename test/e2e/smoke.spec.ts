import { expect } from '@playwright/test';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';

test('from the first run over lock and unlock to the inventory', async ({ rondo }) => {
  const { page, replaced, desktop, complaints, process } = await rondo({ vault: 'none', derivation: 'full' });
  await page.getByLabel('Password', { exact: true }).fill(passwordText);
  await page.getByLabel('The same again').fill(passwordText);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open the sandbox' }).click();
  const tokens = page.getByRole('grid', { name: 'Tokens' });
  await expect(tokens.getByRole('row', { name: /release-please/ })).toBeVisible();

  const fresh = await replaced(() => page.keyboard.press('Control+l'));
  await fresh.getByLabel('Password of this vault').fill(passwordText);
  await fresh.keyboard.press('Enter');
  await expect(fresh.getByRole('grid', { name: 'Tokens' }).getByRole('row', { name: /release-please/ })).toBeVisible();
  expect(await desktop.clipboard()).toBe('');
  expect(complaints).toEqual([]);
  expect(process.errors()).toMatch(/^rondo: Electron API over Chromium \d+$/);
});

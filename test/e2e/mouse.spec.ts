import { expect } from '@playwright/test';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

// What the keyboard reaches in keyboard.spec.ts, by pointing and clicking; and what has no key of its own.

test('sort, group, fold and filter the list by clicks', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  const labels = () => tokens(page).locator('.rows-all .name').allTextContents();
  await page.getByRole('button', { name: 'By due date' }).click();
  await page.getByRole('menuitemradio', { name: 'By kind' }).click();
  await page.getByRole('button', { name: 'Due first' }).click();
  await page.getByRole('menuitemradio', { name: 'By label' }).click();
  await page.getByRole('button', { name: 'Kind', exact: true }).click();
  await page.getByRole('menuitemradio', { name: /^Project/ }).click();
  await expect(page.getByRole('status').getByText(/of 20 tokens/)).toBeVisible();
  const sorted = await labels();
  expect(sorted.length).toBeGreaterThan(3);
  expect(sorted.map((label) => label.toLowerCase())).toEqual(sorted.map((label) => label.toLowerCase()).toSorted());
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByText('20 tokens', { exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('theme, idle time and the sheet of keys', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Theme' }).click();
  await page.getByRole('option', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('combobox', { name: /Lock when/ }).click();
  await page.getByRole('option', { name: '1 minute', exact: true }).click();
  await expect(page.getByText('after 1 min idle')).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const locked = await app.replaced(async () => {
    await desktop.beIdle(60);
    await desktop.advance(5_000);
  });
  await expect(locked.getByText(/nobody used it/)).toBeVisible();
  await expect(locked.locator('html'), 'kept for the locked window').toHaveAttribute('data-theme', 'dark');
});

import { expect, type Page } from '@playwright/test';
import { tabTo } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

// The menus that a click opens elsewhere, by keys alone: each opens on what holds, is left by Esc, and gives the focus back.

/** Opens it, moves to what begins with a letter, takes it; the focus is back on its button. */
async function chosen(page: Page, menu: string | RegExp, letter: string, choice: string): Promise<void> {
  await tabTo(page, menu);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitemradio', { checked: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemradio', { checked: true })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press(letter);
  await expect(page.getByRole('menuitemradio', { name: choice })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(page.locator(':focus')).toHaveAttribute('aria-haspopup', 'menu');
}

test('the list is grouped, sorted and filtered by keys alone', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  const labels = () => tokens(page).locator('.rows-all .name').allTextContents();
  await tokens(page).waitFor();
  await tabTo(page, 'Group the list');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menuitemradio', { name: 'By due date' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitemradio', { name: 'By kind' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Group the list' })).toBeFocused();
  await expect(tokens(page).getByRole('button', { expanded: true })).toHaveCount(2);

  await tabTo(page, 'Sort the list');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitemradio', { checked: true })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(tokens(page).getByRole('columnheader', { name: 'Label' })).toHaveAttribute('aria-sort', 'ascending');

  await chosen(page, /^Kind$/, 'p', 'Personal');
  await expect(page.getByRole('status').getByText(/of 20 tokens/)).toBeVisible();
  const sorted = await labels();
  expect(sorted.map((label) => label.toLowerCase())).toEqual(sorted.map((label) => label.toLowerCase()).toSorted());
  await tabTo(page, 'Remove the filter Kind');
  await page.keyboard.press('Enter');
  await expect(page.getByText('20 tokens', { exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("one account's tokens are chosen on the rail by keys, and all of them again", async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await chosen(page, /^Accounts shown/, 's', 'Sandbox');
  await expect(page.getByRole('button', { name: /^Accounts shown.*Sandbox/ })).toBeFocused();
  await tabTo(page, 'Clear filters');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Accounts shown.*All accounts/ })).toBeVisible();
  expect(complaints).toEqual([]);
});

import { expect, type Page } from '@playwright/test';
import { test } from './rondo-test.ts';
import { onToken, tokens } from './screens/screen.ts';

// By keys alone: nothing happens to a token that is out of sight, and none that is gone can be chosen.

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('Delete and R mean those that are chosen and in sight, and the others stay chosen', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  const asks = async (key: string, title: string) => {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name: title, exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(tokens(page)).toBeFocused();
  };
  await onToken(page, 'hackday');
  await page.keyboard.press('Space');
  await expect(region(page, '1 token chosen')).toBeVisible();
  await onToken(page, 'fastlane');
  await expect(region(page, '1 token chosen, not in sight')).toBeVisible();
  await expect(page.getByRole('button', { name: /^(Rotate|Delete) \d/ })).toHaveCount(0);
  for (const key of ['Delete', 'Backspace']) await asks(key, 'Delete fastlane?');
  await asks('r', 'Rotate fastlane?');

  await page.keyboard.press('Space');
  await expect(region(page, '2 tokens chosen, one of them not in sight')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rotate 1' })).toBeVisible();
  await onToken(page, 'chromatic');
  await expect(region(page, '2 tokens chosen, not in sight')).toBeVisible();
  await asks('Delete', 'Delete chromatic?');
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await expect(region(page, '2 tokens chosen')).toBeVisible();
  await asks('Delete', 'Delete 2 tokens?');
  await asks('r', 'Rotate 2 tokens?');
  expect(complaints).toEqual([]);
});

test('a folded group is out of sight', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await onToken(page, 'fastlane');
  await page.keyboard.press('Space');
  for (const key of ['ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
  await expect(region(page, '1 token chosen, not in sight')).toBeVisible();
  for (const key of ['Delete', 'r', '?']) await page.keyboard.press(key);
  // Either would have opened its dialog before this one.
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('none that is gone can be chosen, by keys or with the mouse', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'hackday');
  await page.keyboard.press('Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete token' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: /^Gone ones/ }).click();
  await onToken(page, 'hackday');
  const row = tokens(page).getByRole('row', { name: /hackday/ });
  await expect(row).toHaveAttribute('aria-current', 'true');
  await row.hover();
  await expect(row.getByRole('button')).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Space');
  // What comes after a key is drawn after what the key did.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: /chosen/ })).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

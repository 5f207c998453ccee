import { expect } from '@playwright/test';
import { enter } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { deleteAll } from './screens/nothing.ts';
import { rail, tokens } from './screens/screen.ts';

test('tokens that are all gone are shown where somebody asks for them, and a search among them says what it hides', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, complaints } = app;
  await deleteAll(app);
  await expect(page.getByText('Every token that Rondo knew is gone or deleted.')).toBeVisible();
  await rail('Home')(page);
  await expect(page.getByRole('heading', { name: 'Nothing needs you today' })).toBeVisible();
  await enter(page, 'Show gone ones');
  await expect(tokens(page).getByRole('row', { name: /fastlane/ })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('depoly');
  await expect(page.getByText(/^No token matches "depoly"\. [1-9][0-9]+ are hidden by the search\.$/)).toBeVisible();
  expect(complaints).toEqual([]);
});

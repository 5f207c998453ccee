import { expect } from '@playwright/test';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

test('the head of a column sorts by it and back, and leaves the keys to the list; so does the menu', async ({
  rondo,
}) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  const head = (name: string) => tokens(page).getByRole('columnheader', { name, exact: true });
  // Under the heads of the columns and of the first group.
  const first = tokens(page).getByRole('row').nth(2);
  await expect(head('State')).toHaveAttribute('aria-sort', 'ascending');
  await expect(first).toContainText('hackday');

  await head('Label').getByRole('button').click();
  await expect(head('Label')).toHaveAttribute('aria-sort', 'ascending');
  await expect(head('State')).toHaveAttribute('aria-sort', 'none');
  await expect(first).toContainText('hackday');
  await head('Label').getByRole('button').click();
  await expect(head('Label')).toHaveAttribute('aria-sort', 'descending');
  await expect(first).toContainText('terraform');

  await expect(tokens(page)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(first).toHaveAttribute('aria-current', 'true');
  await page.getByRole('complementary', { name: /terraform/ }).waitFor();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('complementary').getByRole('button').first()).toBeFocused();

  await page.getByRole('button', { name: 'Sort the list' }).click();
  await page.getByRole('menuitemradio', { name: 'Last seen' }).click();
  await expect(head('Seen')).toHaveAttribute('aria-sort', 'ascending');
  await expect(head('Label')).toHaveAttribute('aria-sort', 'none');

  // Where the projects are the groups, their column says the account.
  await page.getByRole('button', { name: 'Group the list' }).click();
  await page.getByRole('menuitemradio', { name: 'By project' }).click();
  await expect(head('Account')).toBeVisible();
  await expect(head('Project')).toHaveCount(0);
  await expect(first).toContainText('Sandbox');
  expect(complaints).toEqual([]);
});

test('projects that are groups stand in the order of their names, whatever their slugs', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'connected' });
  // So large that every group's head is in sight.
  await page.setViewportSize({ width: 1280, height: 1400 });
  await page.getByRole('button', { name: 'By due date' }).click();
  await page.getByRole('menuitemradio', { name: 'By project' }).click();
  const heads = tokens(page).getByRole('button', { expanded: true });
  await expect(heads.locator('b')).toHaveText([
    'Personal tokens',
    ...['api', 'billing', 'design-system', 'mobile', 'search', 'web'],
  ]);
});

import { expect } from '@playwright/test';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

test('10 000 tokens: only the rows in sight exist, both ends are reached, and a search narrows them', async ({
  rondo,
}) => {
  const { page, complaints } = await rondo({ vault: 'connected', tokens: 10_000 });
  // Beside another test's app and this vault's first backup, two cores take their time.
  await expect(tokens(page)).toBeVisible({ timeout: 40_000 });
  const total = Number(await tokens(page).getAttribute('aria-rowcount'));
  expect(total).toBeGreaterThan(9_000);
  expect(await tokens(page).getByRole('row').count()).toBeLessThan(80);

  await tokens(page).press('End');
  await expect(tokens(page).locator(`[aria-rowindex="${total}"]`)).toBeVisible();
  await tokens(page).press('Home');
  await expect(tokens(page).locator('[aria-rowindex="3"]')).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type('deploy-bot');
  await expect.poll(async () => Number(await tokens(page).getAttribute('aria-rowcount'))).toBeLessThan(total / 2);
  await expect(
    tokens(page)
      .getByRole('row', { name: /deploy-bot/ })
      .first(),
  ).toBeVisible();
  expect(complaints).toEqual([]);
});

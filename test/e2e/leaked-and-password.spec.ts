import { expect } from '@playwright/test';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { rotateLeaked } from './screens/screen.ts';

test('a leaked token is deleted first; what stopped in between is resumed, or given up', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  const named = () => sandbox.tokens().filter(({ label }) => label === 'fastlane');
  const before = named();
  await setFaults(sandbox, ['error=403@POST /api']);
  await rotateLeaked(page, 'fastlane');
  await expect(page.getByText(/The old token is deleted and the new one is not made yet/).first()).toBeVisible();
  expect(named()).toEqual([]);

  await setFaults(sandbox, []);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('heading', { name: 'fastlane is replaced' })).toBeVisible();
  expect(named()).toHaveLength(1);
  expect(named()[0]?.value).not.toBe(before[0]?.value);

  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Inventory/ })
    .click();
  await setFaults(sandbox, ['error=403@POST /api']);
  await rotateLeaked(page, 'chromatic');
  await page.getByRole('button', { name: 'Give up' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give up rotating chromatic?' });
  await expect(dialog.getByRole('button', { name: 'Keep it open' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Give up' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('It was given up.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Resume' })).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

test('the password is changed only by who knows the one before, and then only the new one opens', async ({ rondo }) => {
  const app = await rondo({ vault: 'empty', derivation: 'full' });
  const { page } = app;
  await page.getByRole('button', { name: 'Look around first' }).click();
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the password' });
  const change = async (current: string, next: string, again = next) => {
    if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Change the password' }).click();
    await dialog.getByLabel('Current password').fill(current);
    await dialog.getByLabel('New password', { exact: true }).fill(next);
    await dialog.getByLabel('New password again').fill(again);
    await page.keyboard.press('Enter');
  };
  await change(passwordText, 'quite another', 'quite an other');
  await expect(dialog.getByRole('alert')).toContainText('not the same');
  await change('not this one', 'quite another');
  await expect(dialog.getByRole('alert')).toContainText('The password is wrong');
  await change(passwordText, 'quite another');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('The vault has its new password.')).toBeVisible();

  const locked = await app.replaced(() => page.keyboard.press('Control+l'));
  const field = locked.getByLabel('Password of this vault');
  await field.fill(passwordText);
  await locked.keyboard.press('Enter');
  await expect(locked.getByRole('alert')).toContainText('wrong');
  await field.fill('quite another');
  await locked.keyboard.press('Enter');
  await expect(locked.getByRole('heading', { name: 'Rondo is locked' })).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

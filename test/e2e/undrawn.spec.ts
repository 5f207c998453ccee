import { expect } from '@playwright/test';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { breakHome } from './screens/frame.ts';
import { tokens } from './screens/screen.ts';

test('a screen that cannot be drawn says so, and a fresh page comes by locking', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await breakHome(page);
  await expect(page.getByRole('heading', { name: 'Rondo cannot draw this' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Nothing in the vault has changed');
  const fresh = await app.replaced(() => page.getByRole('button', { name: 'Lock and begin again' }).click());
  await fresh.getByLabel('Password of this vault').fill(passwordText);
  await fresh.keyboard.press('Enter');
  await tokens(fresh).waitFor();
});

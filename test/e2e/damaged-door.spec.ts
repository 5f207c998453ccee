import { expect } from '@playwright/test';
import { spoilHeaders } from './damage.ts';
import { enter, tabTo, unlockByKeys } from './keyboard.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

// As keyboard.spec.ts: no click, and no focus that a key did not set.

test('a vault that does not open any more says what to do, and its backup is restored at the door', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  await spoilHeaders(app);
  await expect(app.page.getByRole('alert')).toHaveText(/header is damaged in every copy/);
  await expect(app.page.getByText(/^Restore a backup, or put/)).toBeVisible();
  await enter(app.page, /^Restore the backup of/);
  const dialog = app.page.getByRole('dialog', { name: 'Restore this backup?' });
  await expect(dialog.getByRole('button', { name: 'Keep the vault' })).toBeFocused();
  await tabTo(app.page, 'Type RESTORE');
  await app.page.keyboard.type('RESTORE');
  await tabTo(app.page, 'Password of the backup');
  await app.page.keyboard.type(passwordText);
  const locked = await app.replaced(() => app.page.keyboard.press('Enter'));
  await unlockByKeys(locked);
  await expect(tokens(locked)).toBeVisible();
  expect(app.complaints).toEqual([]);
});

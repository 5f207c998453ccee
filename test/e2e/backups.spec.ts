import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { enter, tabTo } from './keyboard.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

test('a backup is made, and restored by who knows its password and types RESTORE; then Rondo is locked', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  const newest = async () => expectOk(await app.call('backup.list', {})).backups[0]?.createdAt;
  await tokens(page).waitFor();
  // The day's own is made after the unlock, in its own time.
  await expect.poll(newest).toBeDefined();
  const daily = await newest();
  await enter(page, /^Settings/);
  await enter(page, 'Back up now');
  // Of one day the newest is kept.
  await expect.poll(newest).not.toBe(daily);
  await expect(page.getByRole('list', { name: 'Backups' }).getByRole('listitem')).toHaveCount(1);
  // What is done after it is not in it.
  const { id } = expectOk(await app.call('account.list', {})).accounts[0] ?? { id: '' };
  expectOk(await app.call('account.remove', { id }));

  await enter(page, /^Restore/);
  const dialog = page.getByRole('dialog', { name: 'Restore this backup?' });
  await expect(dialog.getByRole('button', { name: 'Keep the vault' })).toBeFocused();
  await expect(dialog.getByRole('button', { name: 'Restore the backup' })).toBeDisabled();
  await tabTo(page, 'Type RESTORE');
  await page.keyboard.type('RESTORE');
  await tabTo(page, 'Password of the backup');
  await page.keyboard.type('not this one');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').getByText(/wrong/).waitFor();
  await expect(dialog.getByLabel('Password of the backup')).toBeFocused();
  await page.keyboard.type(passwordText);
  const locked = await app.replaced(() => page.keyboard.press('Enter'));
  await expect(locked.getByRole('heading', { name: 'Rondo is locked' })).toBeVisible();
  await app.unlock();
  expect(expectOk(await app.call('account.list', {})).accounts.map((account) => account.id)).toEqual([id]);
  expect(app.complaints).toEqual([]);
});

import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { loseVault, spoilHeaders, unreadable } from './damage.ts';
import { enter, tabTo, unlockByKeys } from './keyboard.ts';
import { type OpenRondo, passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

// As keyboard.spec.ts: no click, and no focus that a key did not set.

async function restoreByKeys({ page, replaced }: OpenRondo, safe = 'Keep the vault'): Promise<void> {
  await enter(page, /^Restore the backup of/);
  const dialog = page.getByRole('dialog', { name: 'Restore this backup?' });
  await expect(dialog.getByRole('button', { name: safe })).toBeFocused();
  await tabTo(page, 'Type RESTORE');
  await page.keyboard.type('RESTORE');
  await tabTo(page, 'Password of the backup');
  await page.keyboard.type(passwordText);
  const locked = await replaced(() => page.keyboard.press('Enter'));
  await unlockByKeys(locked);
  await expect(tokens(locked)).toBeVisible();
}

test('a vault that does not open any more says what to do, and its backup is restored at the door', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  await spoilHeaders(app);
  await expect(app.page.getByRole('alert')).toHaveText(/header is damaged in every copy/);
  await expect(app.page.getByText(/^Restore a backup, or put/)).toBeVisible();
  await restoreByKeys(app);
  expect(app.complaints).toEqual([]);
});

test('a vault that opens and cannot be read leads to its backups', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  await unreadable(app);
  await expect(app.page.getByRole('heading', { name: 'Rondo cannot read what its vault holds' })).toBeVisible();
  await expect(app.page.getByText(/^The vault was not changed\./)).toBeVisible();
  await app.page.getByRole('button', { name: /^Restore the backup of/ }).waitFor();
  await restoreByKeys(app);
  expect(app.complaints).toEqual([]);
});

test('a vault that is gone while its backups are there is no first run, and is restored', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  await loseVault(app);
  await expect(app.page.getByText('The vault is gone, and its backups are still here')).toBeVisible();
  await expect(app.page.getByRole('heading', { name: 'Or choose a password for a new vault' })).toBeVisible();
  await restoreByKeys(app, 'Do not restore it');
  expect(app.complaints).toEqual([]);
});

test('a first run with no backup has nothing to restore', async ({ rondo }) => {
  const app = await rondo({ vault: 'none' });
  expect(expectOk(await app.call('backup.list', {})).backups).toEqual([]);
  await expect(app.page.getByRole('heading', { name: 'Choose a password for your vault' })).toBeVisible();
  await expect(app.page.getByText('Restore a backup')).toHaveCount(0);
});

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { enter, tabTo, unlockByKeys } from './keyboard.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

// As keyboard.spec.ts: no click, and no focus that a key did not set.

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
  // One that a restore would refuse is shown, and not offered.
  const unreadable = join(app.vaultDir, 'vault.rondo.backups', '2026-01-01T00-00-00.000Z.rondo');
  await writeFile(unreadable, blankHeaders(await readFile(join(app.vaultDir, 'vault.rondo'))));
  await enter(page, /^Settings/);
  await enter(page, 'Back up now');
  // Of one day the newest is kept.
  await expect.poll(newest).not.toBe(daily);
  await expect(page.getByRole('list', { name: 'Backups' }).getByRole('listitem')).toHaveText([
    /opened and checked when it was made.*Restore/,
    /its header is damaged$/,
  ]);
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
  await unlockByKeys(locked);
  expect(expectOk(await app.call('account.list', {})).accounts.map((account) => account.id)).toEqual([id]);
  expect(app.complaints).toEqual([]);
});

test('a recovery code is made, printed alone, opens the vault, and opens nothing once removed', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  await enter(app.page, /^Settings/);
  await enter(app.page, 'Make a recovery code');
  await expect(app.page.getByLabel('Your password')).toBeFocused();
  await app.page.keyboard.type('not this one');
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('dialog').getByRole('alert').getByText(/wrong/).waitFor();
  await expect(app.page.getByLabel('Your password')).toBeFocused();
  await app.page.keyboard.type(passwordText);
  await app.page.keyboard.press('Enter');
  const code = app.page.getByRole('group', { name: 'The recovery code' });
  await code.selectText();
  expect(await app.page.evaluate('String(getSelection())'), 'nor copied without a mark').toBe('');
  const text = String(await code.textContent());
  // On paper there is the code, and no name of a token, no account, no button.
  await app.page.emulateMedia({ media: 'print' });
  expect(await app.page.evaluate('document.body.innerText')).toContain(text);
  expect(await app.page.evaluate('document.body.innerText')).not.toMatch(/Sandbox|Inventory|Print|on paper/);
  await app.page.emulateMedia({ media: 'screen' });
  await enter(app.page, 'I have it on paper');
  await expect(app.page.getByRole('dialog')).toHaveCount(0);
  expect(await app.page.content()).not.toContain(text);

  const unlockBy = async (typed: string) => {
    const locked = await app.replaced(() => app.page.keyboard.press('Control+l'));
    await locked.getByRole('heading', { name: 'Rondo is locked' }).waitFor();
    await enter(locked, 'Use the recovery code instead');
    await expect(locked.getByLabel('Recovery code of this vault')).toBeFocused();
    await locked.keyboard.type(typed);
    await locked.keyboard.press('Enter');
  };
  await unlockBy(text.toUpperCase());
  await app.page.getByRole('heading', { name: 'Settings' }).waitFor();
  await enter(app.page, 'Remove the recovery code');
  await tabTo(app.page, 'Your password');
  await app.page.keyboard.type(passwordText);
  await app.page.keyboard.press('Enter');
  await app.page.getByText('The recovery code is removed.').waitFor();
  await expect(app.page.getByRole('button', { name: 'Make a recovery code' })).toBeFocused();
  await unlockBy(text);
  await app.page.getByRole('alert').waitFor();
  await enter(app.page, 'Use the password instead');
  await unlockByKeys(app.page);
  expect(app.complaints).toEqual([]);
});

test('the keychain is turned on, opens the vault, and is turned off', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const keychain = async () => expectOk(await app.call('keychain.read', {})).keychain.state;
  await app.desktop.haveKeychain();
  await tokens(app.page).waitFor();
  await enter(app.page, /^Settings/);
  await enter(app.page, 'Unlock with the keychain');
  await expect(app.page.getByLabel('Your password')).toBeFocused();
  await app.page.keyboard.type('not this one');
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('dialog').getByRole('alert').getByText(/wrong/).waitFor();
  await expect(app.page.getByLabel('Your password')).toBeFocused();
  expect(await keychain()).toBe('off');
  await app.page.keyboard.type(passwordText);
  await app.page.keyboard.press('Enter');
  await app.page.getByText('The keychain opens this vault from now on.').waitFor();
  await expect(app.page.getByRole('button', { name: 'Stop using it' })).toBeFocused();
  expect(await keychain()).toBe('on');

  const locked = await app.replaced(() => app.page.keyboard.press('Control+l'));
  await expect(locked.getByLabel('Password of this vault')).toBeFocused();
  await locked.getByRole('button', { name: 'Unlock with the keychain' }).waitFor();
  await enter(locked, 'Unlock with the keychain');
  await locked.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();

  await enter(locked, 'Stop using it');
  await expect(locked.getByLabel('Your password')).toBeFocused();
  await locked.keyboard.type(passwordText);
  await locked.keyboard.press('Enter');
  await locked.getByText('The keychain does not open this vault any more.').waitFor();
  await expect(locked.getByRole('button', { name: 'Unlock with the keychain' })).toBeFocused();
  expect(await keychain()).toBe('off');
  expect(app.complaints).toEqual([]);
});

function blankHeaders(bytes: Buffer): Buffer {
  for (let at = bytes.indexOf('RONDOHDR'); at !== -1; at = bytes.indexOf('RONDOHDR', at + 1)) bytes.fill(0, at, at + 8);
  return bytes;
}

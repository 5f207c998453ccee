import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { rail } from './screens/screen.ts';

test('the keychain opens the vault where there is one, and the password where it was reset', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { desktop } = app;
  await rail('Settings')(app.page);
  const part = keychainPart(app.page);
  await expect(part).toContainText('This system has no keychain');
  await expect(part.getByRole('button')).toHaveCount(0);

  await desktop.haveKeychain();
  await rail('Inventory')(app.page);
  await rail('Settings')(app.page);
  await part.getByRole('button', { name: 'Unlock with the keychain' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Unlock with the system keychain' });
  await dialog.getByLabel('Your password').fill('not this one');
  await app.page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('wrong');
  await dialog.getByLabel('Your password').fill(passwordText);
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByText('The keychain opens this vault from now on.')).toBeVisible();
  await expect(part).toContainText('On. The password opens it as well');

  const locked = await app.replaced(() => app.page.keyboard.press('Control+l'));
  const byKeychain = locked.getByRole('button', { name: 'Unlock with the keychain' });
  await expect(locked.getByLabel('Password of this vault')).toBeFocused();
  await byKeychain.click();
  await expect(locked.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();

  await desktop.resetKeychain();
  const reset = await app.replaced(() => locked.keyboard.press('Control+l'));
  await reset.getByRole('button', { name: 'Unlock with the keychain' }).click();
  await expect(reset.getByRole('alert')).toContainText('does not give the vault');
  await expect(reset.getByLabel('Password of this vault')).toBeFocused();
  await app.unlock();

  await desktop.changeKeychain();
  const moved = await app.replaced(() => app.page.keyboard.press('Control+l'));
  await expect(moved.getByText('This desktop uses another keychain than the one that keeps the key.')).toBeVisible();
  await expect(moved.getByRole('button', { name: 'Unlock with the keychain' })).toHaveCount(0);
  await app.unlock();
  await expect(keychainPart(app.page)).toContainText('Stop using it, then turn it on again.');

  await app.page.getByRole('button', { name: 'Stop using it' }).click();
  await app.page.getByLabel('Your password').fill(passwordText);
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByText('The keychain does not open this vault any more.')).toBeVisible();
  const off = await app.replaced(() => app.page.keyboard.press('Control+l'));
  await expect(off.getByLabel('Password of this vault')).toBeFocused();
  await expect(off.getByRole('button', { name: 'Unlock with the keychain' })).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

test('where an older copy stands in the place of the vault, the settings say that the keychain opens it no more', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const password = () => new TextEncoder().encode(passwordText);
  await app.desktop.haveKeychain();
  await rail('Settings')(app.page);
  expectOk(await app.call('backup.create', {}));
  expectOk(await app.call('keychain.remember', { password: password() }));
  await rail('Inventory')(app.page);
  await rail('Settings')(app.page);
  await expect(keychainPart(app.page)).toContainText('On. The password opens it as well');
  const recovery = partOf(app.page, 'Recovery code');
  await expect(recovery).toContainText('without the password only the system keychain opens this vault');

  await app.page
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click();
  const restore = app.page.getByRole('dialog', { name: 'Restore this backup?' });
  await restore.getByLabel('Type RESTORE').fill('RESTORE');
  await restore.getByLabel('Password of the backup').fill(passwordText);
  await app.replaced(() => restore.getByRole('button', { name: 'Restore the backup' }).click());
  await app.unlock();

  await expect(keychainPart(app.page)).toContainText('does not open this vault any more');
  await expect(partOf(app.page, 'Recovery code')).toContainText('without the password nothing opens this vault');
  await keychainPart(app.page).getByRole('button', { name: 'Set it up again' }).click();
  await app.page.getByLabel('Your password').fill(passwordText);
  await app.page.keyboard.press('Enter');
  await expect(keychainPart(app.page)).toContainText('On. The password opens it as well');
  const locked = await app.replaced(() => app.page.keyboard.press('Control+l'));
  await locked.getByRole('button', { name: 'Unlock with the keychain' }).click();
  await expect(locked.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('removing the recovery code says that the keychain opens the vault, where it does', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const password = () => new TextEncoder().encode(passwordText);
  await app.desktop.haveKeychain();
  expectOk(await app.call('keychain.remember', { password: password() }));
  expectOk(await app.call('vault.make-recovery-code', { password: password() }));
  await rail('Settings')(app.page);
  await app.page.getByRole('button', { name: 'Remove the recovery code' }).click();
  await expect(app.page.getByRole('dialog')).toContainText('and the system keychain where it keeps the key');
  await app.page.getByLabel('Your password').fill(passwordText);
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByText('The password opens this vault now, and the system keychain')).toBeVisible();
  expect(app.complaints).toEqual([]);
});

const keychainPart = (page: Page) => partOf(page, 'System keychain');

function partOf(page: Page, name: string) {
  return page.locator('section').filter({ has: page.getByRole('heading', { name }) });
}

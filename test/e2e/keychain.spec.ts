import { expect, type Page } from '@playwright/test';
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

function keychainPart(page: Page) {
  return page.locator('section').filter({ has: page.getByRole('heading', { name: 'System keychain' }) });
}

import { expect } from '@playwright/test';
import { expectOk } from '../../support/core-pieces.ts';
import { type OpenRondo, passwordText } from '../open-rondo.ts';
import { isThere, rail, type Screen } from './screen.ts';

/** The settings of a vault that the keychain opens as well. */
async function withKeychain({ page, call, desktop }: OpenRondo): Promise<void> {
  await desktop.haveKeychain();
  expectOk(await call('keychain.remember', { password: new TextEncoder().encode(passwordText) }));
  await rail('Settings')(page);
  await page.getByRole('button', { name: 'Stop using it' }).click();
}

/** As after new keys, or where an older copy stands in the vault's place: the keychain keeps what opens nothing. */
async function withOutdatedKeychain({ page, call, desktop }: OpenRondo): Promise<void> {
  const password = () => new TextEncoder().encode(passwordText);
  await desktop.haveKeychain();
  expectOk(await call('keychain.remember', { password: password() }));
  expectOk(await call('vault.remove-way', { password: password(), way: 'keychain' }));
  await rail('Settings')(page);
}

/** The settings of a vault that a recovery code opens as well. */
async function withRecoveryCode({ page }: OpenRondo): Promise<void> {
  await rail('Settings')(page);
  await page.getByRole('button', { name: 'Make a recovery code' }).click();
  await page.getByLabel('Your password').fill(passwordText);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'I have it on paper' }).click();
  await page.getByRole('button', { name: 'Remove the recovery code' }).click();
}

export const settingsScreens: readonly Screen[] = [
  { name: 'settings', vault: 'connected', open: rail('Settings'), shows: isThere('Settings') },
  {
    name: 'open field of choices',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('combobox', { name: 'Theme' }).click();
    },
    async shows(page) {
      await expect(page.getByRole('listbox', { name: 'Theme' }).getByRole('option')).toHaveCount(3);
    },
  },
  {
    name: 'changing the password',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Change the password' }).click();
      await page.getByLabel('New password', { exact: true }).fill('correct horse battery');
    },
    shows: isThere('Change the password'),
  },
  {
    name: 'restoring a backup',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Back up now' }).click();
      await page
        .getByRole('button', { name: /^Restore the backup of/ })
        .first()
        .click();
    },
    shows: isThere('Restore this backup?'),
  },
  {
    name: 'turning on the keychain',
    vault: 'connected',
    async open(page, { desktop }) {
      await desktop.haveKeychain();
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Unlock with the keychain' }).click();
    },
    shows: isThere('Unlock with the system keychain'),
  },
  {
    name: 'making a recovery code',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Make a recovery code' }).click();
    },
    shows: isThere('Make a recovery code'),
  },
  {
    name: 'recovery code',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Make a recovery code' }).click();
      await page.getByLabel('Your password').fill(passwordText);
      await page.keyboard.press('Enter');
      await page.getByRole('group', { name: 'The recovery code' }).waitFor();
    },
    async shows(page) {
      await expect(page.getByRole('group', { name: 'The recovery code' })).toHaveText(/^[a-z0-9 -]{20,}$/i);
    },
  },
  {
    name: 'adding a project',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Add a project' }).click();
    },
    shows: isThere('Add a project'),
  },
  {
    name: 'removing an account',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Remove Sandbox' }).click();
    },
    async shows(page) {
      await expect(
        page.getByText(/^Remove Sandbox: its tokens stay in the vault, as no longer watched\.$/),
      ).toBeVisible();
      await expect(page.getByRole('button', { name: 'Remove it' })).toBeVisible();
    },
  },
  {
    name: 'turning off the keychain',
    vault: 'connected',
    open: (_page, app) => withKeychain(app),
    shows: isThere('Stop using the system keychain?'),
  },
  {
    name: 'keychain that was turned off',
    vault: 'connected',
    async open(page, app) {
      await withKeychain(app);
      await page.getByLabel('Your password').fill(passwordText);
      await page.keyboard.press('Enter');
    },
    async shows(page) {
      await expect(page.getByRole('status').getByText('The keychain does not open this vault any more.')).toBeVisible();
      await expect(page.getByText('Off. The password opens the vault.')).toBeVisible();
    },
  },
  {
    name: 'keychain that keeps an outdated key',
    vault: 'connected',
    open: (_page, app) => withOutdatedKeychain(app),
    async shows(page) {
      await expect(page.getByText(/^What the keychain keeps does not open this vault any more/)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Set it up again' })).toBeVisible();
    },
  },
  {
    name: 'removing the recovery code where the keychain is on',
    vault: 'connected',
    async open(page, app) {
      await app.desktop.haveKeychain();
      expectOk(await app.call('keychain.remember', { password: new TextEncoder().encode(passwordText) }));
      await withRecoveryCode(app);
      await page.getByLabel('Your password').fill(passwordText);
    },
    shows: isThere('Remove the recovery code?'),
  },
  {
    name: 'removing the recovery code',
    vault: 'connected',
    open: (_page, app) => withRecoveryCode(app),
    shows: isThere('Remove the recovery code?'),
  },
  {
    name: 'recovery code that was removed',
    vault: 'connected',
    async open(page, app) {
      await withRecoveryCode(app);
      await page.getByLabel('Your password').fill(passwordText);
      await page.keyboard.press('Enter');
    },
    async shows(page) {
      await expect(page.getByRole('status').getByText('The recovery code is removed.')).toBeVisible();
      await expect(page.getByText('There is none: without the password nothing opens this vault.')).toBeVisible();
    },
  },
];

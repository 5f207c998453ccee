import { expect, type Locator, type Page } from '@playwright/test';
import type { AuditAction } from '../../shared/audit-actions.ts';
import { expectOk } from '../support/core-pieces.ts';
import { type OpenRondo, passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { rail, tokens, toRestore } from './screens/screen.ts';

// While the core derives a key from a password: here it rests as long as the test looks.

const bytes = () => new TextEncoder().encode(passwordText);

interface Case {
  /** Up to the open dialog. */
  readonly open: (app: OpenRondo) => Promise<unknown>;
  readonly fill: (dialog: Locator) => Promise<unknown>;
  readonly act: string;
  readonly busy: string;
  readonly safe: string;
  readonly fields: number;
  /** What it leaves in the log, once. */
  readonly leaves: AuditAction;
  readonly shows: (page: Page) => Locator;
}

const password = (dialog: Locator) => dialog.getByLabel('Your password').fill(passwordText);

const cases: Readonly<Record<string, Case>> = {
  'a change of the password': {
    open: ({ page }) => page.getByRole('button', { name: 'Change the password' }).click(),
    async fill(dialog) {
      await dialog.getByLabel('Current password').fill(passwordText);
      await dialog.getByLabel('New password', { exact: true }).fill('another password');
      await dialog.getByLabel('New password again').fill('another password');
    },
    act: 'Change it',
    busy: 'Changing it',
    safe: 'Cancel',
    fields: 3,
    leaves: 'vault.password-changed',
    shows: (page) => page.getByText('The vault has its new password.'),
  },
  'making a recovery code': {
    open: ({ page }) => page.getByRole('button', { name: 'Make a recovery code' }).click(),
    fill: password,
    act: 'Make a recovery code',
    busy: 'Making it',
    safe: 'Cancel',
    fields: 1,
    leaves: 'vault.recovery-added',
    shows: (page) => page.getByRole('group', { name: 'The recovery code' }),
  },
  'removing the recovery code': {
    async open({ page, call }) {
      expectOk(await call('vault.make-recovery-code', { password: bytes() })).recoveryCode.fill(0);
      await rail('Home')(page);
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Remove the recovery code' }).click();
    },
    fill: password,
    act: 'Remove it',
    busy: 'Removing it',
    safe: 'Cancel',
    fields: 1,
    leaves: 'vault.recovery-removed',
    shows: (page) => page.getByText('The recovery code is removed.'),
  },
  'turning on the keychain': {
    async open({ page, desktop }) {
      await desktop.haveKeychain();
      await rail('Home')(page);
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Unlock with the keychain' }).click();
    },
    fill: password,
    act: 'Turn on',
    busy: 'Turning it on',
    safe: 'Cancel',
    fields: 1,
    leaves: 'vault.keychain-added',
    shows: (page) => page.getByText('The keychain opens this vault from now on.'),
  },
  'turning off the keychain': {
    async open({ page, desktop, call }) {
      await desktop.haveKeychain();
      expectOk(await call('keychain.remember', { password: bytes() }));
      await rail('Home')(page);
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Stop using it' }).click();
    },
    fill: password,
    act: 'Stop using it',
    busy: 'Stopping it',
    safe: 'Cancel',
    fields: 1,
    leaves: 'vault.keychain-removed',
    shows: (page) => page.getByText('The keychain does not open this vault any more.'),
  },
};

/** Nothing sends it twice, changes what was sent, or closes it. */
async function expectHeld(page: Page, { act, busy, safe, fields }: Pick<Case, 'act' | 'busy' | 'safe' | 'fields'>) {
  const dialog = page.getByRole('dialog');
  const button = dialog.getByRole('button', { name: busy });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toBeFocused();
  await expect(dialog.getByRole('button', { name: act, exact: true })).toHaveCount(0);
  await expect(dialog.locator('input[readonly]')).toHaveCount(fields);
  await page.keyboard.press('Enter');
  await button.click({ force: true });
  await dialog.locator('input').first().press('Enter');
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: safe }).click({ force: true });
  await page.mouse.click(5, 300);
  await expect(button).toBeVisible();
}

for (const [name, one] of Object.entries(cases)) {
  test(`${name}: while the core works its dialog is busy, and stays until it is done`, async ({ rondo }) => {
    const app = await rondo({ vault: 'connected' });
    const { page, call, desktop, complaints } = app;
    await tokens(page).waitFor();
    await rail('Settings')(page);
    await one.open(app);
    const dialog = page.getByRole('dialog');
    await one.fill(dialog);
    await desktop.whileCoreRests(async () => {
      await dialog.getByRole('button', { name: one.act, exact: true }).press('Enter');
      await expectHeld(page, one);
    });
    await expect(one.shows(page)).toBeVisible();
    const { entries } = expectOk(await call('audit.list', {}));
    expect(entries.filter(({ action }) => action === one.leaves)).toHaveLength(1);
    expect(complaints).toEqual([]);
  });
}

test('restoring a backup: while the core works its dialog is busy, and stays until Rondo locks', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, call, desktop } = app;
  await tokens(page).waitFor();
  const dialog = await toRestore(app);
  const locked = await app.replaced(() =>
    desktop.whileCoreRests(async () => {
      await dialog.getByRole('button', { name: 'Restore the backup' }).press('Enter');
      await expectHeld(page, { act: 'Restore the backup', busy: 'Restoring', safe: 'Keep the vault', fields: 2 });
    }),
  );
  await expect(locked.getByRole('heading', { name: 'Rondo is locked' })).toBeVisible();
  await app.unlock();
  const { entries } = expectOk(await call('audit.list', {}));
  expect(entries.filter(({ action }) => action === 'backup.restored')).toHaveLength(1);
  expect(app.complaints).toEqual([]);
});

test('a password that is wrong: the dialog is itself again, and takes the right one', async ({ rondo }) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await rail('Settings')(page);
  await page.getByRole('button', { name: 'Make a recovery code' }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel('Your password');
  await field.fill('not this one');
  await desktop.whileCoreRests(async () => {
    await field.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Making it' })).toBeVisible();
    await expect(field).not.toBeEditable();
  });
  await expect(dialog.getByRole('alert')).toContainText('wrong');
  await expect(field).toBeFocused();
  await field.fill(passwordText);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'The recovery code' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(complaints).toEqual([]);
});

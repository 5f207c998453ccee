import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { damageOneToken } from './damage.ts';
import { type OpenRondo, passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { rail, tokens } from './screens/screen.ts';

// What keyboard-settings.spec.ts and keyboard-acts.spec.ts do by keys, by pointing and clicking.

const lockedByClick = (app: OpenRondo) =>
  app.replaced(() => app.page.getByRole('navigation').getByRole('button', { name: 'Lock now' }).click());

/** Types the password into the dialog that asks for it, and presses its button. */
async function confirmed(page: Page, act: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(passwordText);
  await dialog.getByRole('button', { name: act }).click();
}

async function unlockedBy(page: Page, label: string, secret: string): Promise<void> {
  await page.getByLabel(label).fill(secret);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
}

test('the keychain is turned on, opens the vault, and is turned off; a recovery code is made, and opens it', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const keychain = async () => expectOk(await app.call('keychain.read', {})).keychain.state;
  await app.desktop.haveKeychain();
  await rail('Settings')(app.page);
  await app.page.getByRole('button', { name: 'Unlock with the keychain' }).click();
  await confirmed(app.page, 'Turn on');
  await expect(app.page.getByText('The keychain opens this vault from now on.')).toBeVisible();
  expect(await keychain()).toBe('on');

  const locked = await lockedByClick(app);
  await locked.getByRole('button', { name: 'Unlock with the keychain' }).click();
  await locked.getByRole('button', { name: 'Stop using it' }).click();
  await confirmed(locked, 'Stop using it');
  await expect(locked.getByText('The keychain does not open this vault any more.')).toBeVisible();
  expect(await keychain()).toBe('off');

  await locked.getByRole('button', { name: 'Make a recovery code' }).click();
  await confirmed(locked, 'Make a recovery code');
  const code = String(await locked.getByRole('group', { name: 'The recovery code' }).textContent());
  await locked.getByRole('button', { name: 'I have it on paper' }).click();
  await expect(locked.getByRole('dialog')).toHaveCount(0);

  const again = await lockedByClick(app);
  await again.getByRole('button', { name: 'Use the recovery code instead' }).click();
  await unlockedBy(again, 'Recovery code of this vault', code);
  await expect(again.getByText('There is one. It is kept nowhere')).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('a damaged token is looked at and comes back by a repair; then a backup is made and restored', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  const labels = async () =>
    expectOk(await app.call('token.list', {}))
      .tokens.map((token) => token.label)
      .toSorted();
  const before = await labels();
  await damageOneToken(app);
  await app.page.getByRole('button', { name: 'See what is damaged' }).click();
  const damage = app.page.getByRole('dialog', { name: 'What is damaged' });
  await expect(damage.getByRole('listitem')).toHaveText(
    /^Token [0-9a-f]{12} does not open; comes back from the backup/,
  );
  await damage.getByLabel('Type REPAIR').fill('REPAIR');
  const repaired = await app.replaced(() => damage.getByRole('button', { name: 'Repair the vault' }).click());
  await unlockedBy(repaired, 'Password of this vault', passwordText);
  await tokens(repaired).waitFor();
  expect(await labels()).toEqual(before);

  const newest = async () => expectOk(await app.call('backup.list', {})).backups[0]?.createdAt;
  const daily = await newest();
  await rail('Settings')(repaired);
  await repaired.getByRole('button', { name: 'Back up now' }).click();
  await expect.poll(newest).not.toBe(daily);
  // What is done after it is not in it.
  const { id } = expectOk(await app.call('account.list', {})).accounts[0] ?? { id: '' };
  expectOk(await app.call('account.remove', { id }));
  await repaired
    .getByRole('list', { name: 'Backups' })
    .getByRole('button', { name: /^Restore/ })
    .first()
    .click();
  const restore = repaired.getByRole('dialog', { name: 'Restore this backup?' });
  await restore.getByLabel('Type RESTORE').fill('RESTORE');
  await restore.getByLabel('Password of the backup').fill(passwordText);
  const restored = await app.replaced(() => restore.getByRole('button', { name: 'Restore the backup' }).click());
  await unlockedBy(restored, 'Password of this vault', passwordText);
  await restored.getByRole('heading', { name: 'Rondo is locked' }).waitFor({ state: 'detached' });
  expect(expectOk(await app.call('account.list', {})).accounts.map((account) => account.id)).toEqual([id]);
  expect(app.complaints).toEqual([]);
});

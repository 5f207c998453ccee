import { expect, type Page } from '@playwright/test';
import { answerInBrowser } from '../support/browser.ts';
import { expectOk } from '../support/core-pieces.ts';
import { addressOpened } from './desktop.ts';
import { beforeAFrame } from './keyboard.ts';
import { type OpenRondo, passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { onToken, rail, tokens } from './screens/screen.ts';

// A dialog has the keys at once: also those that come before the page draws another frame. When it closes, the focus is
// where the person was in the page, however many dialogs took each other's place in between.

const dialog = (page: Page) => page.getByRole('dialog');
const inDialog = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true });
/** Each is a key that the page behind would act on. */
const letters = 'rnc?/';

/** No dialog is there any more, and the keys are the list's again. */
async function expectInList(page: Page): Promise<void> {
  await expect(dialog(page)).toHaveCount(0);
  await expect(tokens(page)).toBeFocused();
}

async function labels({ call }: OpenRondo): Promise<readonly string[]> {
  return expectOk(await call('token.list', { state: 'active' })).tokens.map(({ label }) => label);
}

test('N and a label at once; its value comes with Copy focused, and leaves the list focused', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'fastlane');
  await beforeAFrame(page, async () => {
    await page.keyboard.press('n');
    await page.keyboard.type(letters);
    await expect(page.getByLabel('Label')).toBeFocused();
    await expect(page.getByLabel('Label')).toHaveValue(letters);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: `Take the value of ${letters}` }).waitFor();
    await expect(inDialog(page, 'Copy')).toBeFocused();
  });
  expect(await labels(app)).toContain(letters);
  await page.keyboard.press('Escape');
  await expectInList(page);
  expect(app.complaints).toEqual([]);
});

test('Ctrl+K, words and Enter at once: the question that follows has the safe answer focused, the plan its own', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'fastlane');
  const before = await labels(app);
  for (const [words, first] of [
    ['delete fastlane', 'Keep token'],
    ['rotate fastlane', 'Rotate'],
  ] as const) {
    await beforeAFrame(page, async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
      await expect(inDialog(page, first)).toBeFocused();
      await page.keyboard.press('Escape');
      await expectInList(page);
    });
  }
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new project token');
  await page.keyboard.press('Enter');
  await page.keyboard.type(letters);
  await expect(page.getByLabel('Label')).toHaveValue(letters);
  await page.keyboard.press('Escape');
  await expect(tokens(page)).toBeFocused();
  expect(await labels(app)).toEqual(before);
  expect(app.complaints).toEqual([]);
});

test('Delete and Enter at once keep the token; what follows Delete, or the plan after it, stays in there', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'fastlane');
  const before = await labels(app);
  const word = page.getByLabel('Type DELETE to delete it');
  await beforeAFrame(page, async () => {
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await expectInList(page);
    await page.keyboard.press('Delete');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type(letters);
    await expect(word).toBeFocused();
    await expect(word).toHaveValue(letters);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(inDialog(page, 'Rotate')).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expectInList(page);
    await page.keyboard.press('r');
    await page.keyboard.press('n');
    await page.keyboard.press('Shift+Tab');
    await expect(inDialog(page, 'Cancel')).toBeFocused();
  });
  expect(await labels(app)).toEqual(before);
  expect(app.complaints).toEqual([]);
});

test('the dialogs of the settings have the first field at once, or the safe answer, and give the focus back', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await desktop.haveKeychain();
  expectOk(await app.call('backup.create', {}));
  await rail('Settings')(page);
  const cases: readonly (readonly [opener: string | RegExp, field: string])[] = [
    ['Change the password', 'Current password'],
    ['Make a recovery code', 'Your password'],
    ['Unlock with the keychain', 'Your password'],
    ['Add an account', 'Personal token'],
    ['Add a project', 'Project'],
  ];
  for (const [name, field] of cases) {
    const opener = page.getByRole('button', { name }).first();
    await opener.focus();
    await beforeAFrame(page, async () => {
      await page.keyboard.press('Enter');
      await page.keyboard.type(letters);
      await expect(dialog(page).getByLabel(field).and(page.locator('input'))).toHaveValue(letters);
      await page.keyboard.press('Escape');
      await expect(opener).toBeFocused();
    });
  }
  const restore = page.getByRole('button', { name: /^Restore the backup of/ }).first();
  await restore.focus();
  await beforeAFrame(page, async () => {
    await page.keyboard.press('Enter');
    await expect(inDialog(page, 'Keep the vault')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(restore).toBeFocused();
  });
  expect(app.complaints).toEqual([]);
});

test('a dialog of the settings whose place another takes gives the focus to the page only at the end', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await rail('Settings')(page);
  const make = page.getByRole('button', { name: 'Make a recovery code' });
  await make.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type(passwordText);
  await beforeAFrame(page, async () => {
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'The recovery code' }).waitFor();
    await expect(inDialog(page, 'Print')).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  });
  await expect(page.getByRole('button', { name: 'Make a new one' })).toBeFocused();

  const add = page.getByRole('button', { name: 'Add an account' });
  await add.focus();
  await page.keyboard.press('Enter');
  await dialog(page)
    .getByRole('radio', { name: /^Server/ })
    .click();
  await dialog(page).getByLabel('Address of your server').fill(app.sandbox.url);
  await inDialog(page, 'Sign in with CircleCI').focus();
  await beforeAFrame(page, async () => {
    await page.keyboard.press('Enter');
    await expect(inDialog(page, 'Cancel')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(add).toBeFocused();
  });
  expect(app.complaints).toEqual([]);
});

/** Opens its dialog from the message of the refused account, and is done with it. */
async function signedInAgain(app: OpenRondo, times: number): Promise<void> {
  const { page, sandbox } = app;
  await setFaults(sandbox, ['error=401@GET /api/v2/me']);
  await page.getByRole('button', { name: /^Synced/ }).click();
  const refused = page.getByText(/^Sandbox refused Rondo at/);
  await refused.waitFor();
  await setFaults(sandbox, []);
  await page.getByRole('button', { name: 'Sign in again to Sandbox' }).focus();
  await page.keyboard.press('Enter');
  await answerInBrowser(await addressOpened(app, times));
  await page.getByText(/^Signed in as/).waitFor();
  await expect(refused).toHaveCount(0);
  await inDialog(page, 'Done').focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
}

test('where the message is gone that a dialog was opened from, the page has the focus', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await rail('Home')(page);
  await signedInAgain(app, 0);
  await expect(page.getByRole('main')).toBeFocused();
  await rail('Inventory')(page);
  await signedInAgain(app, 1);
  await expect(tokens(page)).toBeFocused();
  expect(app.complaints).toEqual([]);
});

import { expect, type Locator, type Page } from '@playwright/test';
import { expectOk } from '../../support/core-pieces.ts';
import { type OpenRondo, passwordText, type RondoOptions } from '../open-rondo.ts';

/** A screen of the window: how to get there, and what says that it is there. */
export interface Screen {
  readonly name: string;
  readonly vault: RondoOptions['vault'];
  readonly variants?: NonNullable<RondoOptions['variants']>;
  /** What the window is made that large for; else it is as it opens. */
  readonly size?: { readonly width: number; readonly height: number };
  open(page: Page, rondo: OpenRondo): Promise<unknown>;
  shows(page: Page): Promise<void>;
  /** What its page complains of, where it shows that something failed. */
  readonly complaint?: RegExp;
}

export const tokens = (page: Page) => page.getByRole('treegrid', { name: 'Tokens' });

export const isThere = (name: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole('heading', { name })).toBeVisible();
};
export const rail = (name: string) => (page: Page) =>
  page.getByRole('navigation').getByRole('button', { name }).click();
export const press = (key: string) => async (page: Page) => {
  await tokens(page).focus();
  await page.keyboard.press(key);
};

/** Puts the cursor on a token that an act can be tried on, by keys alone. */
export async function onToken(page: Page, label: string): Promise<void> {
  await tokens(page).waitFor();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  // Where it had the focus already, the key was a letter.
  await page.keyboard.press('Control+a');
  await page.keyboard.type(label);
  await expect(
    tokens(page)
      .getByRole('row', { name: new RegExp(label) })
      .first(),
  ).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(tokens(page)).toBeFocused();
}

/** Its field has the focus: what is typed next goes there. */
export async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
}

/** Opens the plan of its rotation. */
export async function planOf(page: Page, label: string): Promise<void> {
  await onToken(page, label);
  await page.keyboard.press('r');
  // Behind the label of one whose value was seen stand its last four.
  await expect(page.getByRole('dialog', { name: new RegExp(`^Rotate ${label}( \\w{4})?\\?$`) })).toBeVisible();
}

/** `R`, Enter: as its plan stands. */
export async function startRotating(page: Page, label: string): Promise<void> {
  await planOf(page, label);
  await page.keyboard.press('Enter');
}

/** As far as its new value waits to be taken. */
export async function rotate(page: Page, label: string): Promise<void> {
  await startRotating(page, label);
  await expect(page.getByText('Waits for you')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
}

export async function rotateLeaked(page: Page, label: string): Promise<void> {
  await planOf(page, label);
  await page.getByRole('radio', { name: /^It leaked/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Rotate/ })
    .click();
  await page.getByRole('heading', { name: new RegExp(label) }).waitFor();
}

/** The old token goes a day after the new one was proved. */
export async function rotateLater(page: Page, label: string): Promise<void> {
  await planOf(page, label);
  await page.getByRole('radio', { name: /^After a time/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Rotate/ })
    .click();
  await expect(page.getByText('Waits for its time')).toBeVisible();
}

/** The dialog that restores a backup of the vault as it is now, filled in. */
export async function toRestore({ page, call }: OpenRondo): Promise<Locator> {
  expectOk(await call('backup.create', {}));
  await rail('Settings')(page);
  await page
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Restore this backup?' });
  await dialog.getByLabel('Password of the backup').fill(passwordText);
  await dialog.getByLabel('Type RESTORE to restore it').fill('RESTORE');
  return dialog;
}

/** Rondo is unlocked again afterwards. */
export async function restoreBackup(app: OpenRondo): Promise<void> {
  const dialog = await toRestore(app);
  await app.replaced(() => dialog.getByRole('button', { name: 'Restore the backup' }).click());
  await app.unlock();
}

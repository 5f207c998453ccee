import { expect, type Page } from '@playwright/test';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

// What the keyboard reaches in keyboard.spec.ts, by pointing and clicking; and what has no key of its own.

test('sort, group, fold and filter the list by clicks', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  const labels = () => tokens(page).locator('.rows-all .name').allTextContents();
  await page.getByRole('button', { name: 'By due date' }).click();
  await page.getByRole('menuitemradio', { name: 'By kind' }).click();
  await page.getByRole('button', { name: 'Due first' }).click();
  await page.getByRole('menuitemradio', { name: 'By label' }).click();
  await page.getByRole('button', { name: 'Kind', exact: true }).click();
  await page.getByRole('menuitemradio', { name: /^Project/ }).click();
  await expect(page.getByRole('status').getByText(/of 20 tokens/)).toBeVisible();
  const sorted = await labels();
  expect(sorted.length).toBeGreaterThan(3);
  expect(sorted.map((label) => label.toLowerCase())).toEqual(sorted.map((label) => label.toLowerCase()).toSorted());
  const open = tokens(page).getByRole('button', { expanded: true });
  await expect(open).toHaveCount(1);
  await open.click();
  await expect(open).toHaveCount(0);
  expect(await labels()).toEqual([]);
  await tokens(page).getByRole('button', { expanded: false }).click();
  await expect.poll(labels).toEqual(sorted);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByText('20 tokens', { exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('theme, idle time and the sheet of keys', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Theme' }).click();
  await page.getByRole('option', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('combobox', { name: /Lock when/ }).click();
  await page.getByRole('option', { name: '1 minute', exact: true }).click();
  await expect(page.getByText('locks after 1 min idle')).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const locked = await app.replaced(async () => {
    await desktop.beIdle(60);
    await desktop.advance(5_000);
  });
  await expect(locked.getByText(/nobody used it/)).toBeVisible();
  await expect(locked.locator('html'), 'kept for the locked window').toHaveAttribute('data-theme', 'dark');
});

const row = (page: Page, label: string) => tokens(page).getByRole('row', { name: new RegExp(label) });

test('create, take and forget; then delete, by clicks alone', async ({ rondo }) => {
  const { page, desktop, sandbox, complaints } = await rondo({ vault: 'connected' });
  const inSandbox = () => sandbox.tokens().filter(({ label }) => label === 'artifact-mirror').length;
  await row(page, 'fastlane').click();
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByLabel('Label').fill('artifact-mirror');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  const take = page.getByRole('dialog', { name: 'Take the value of artifact-mirror' });
  await take.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(take.getByText('On the clipboard')).toBeVisible();
  expect(await desktop.clipboard()).toMatch(/^CCIPRJ_/);
  await take.getByRole('button', { name: 'Clear now' }).click();
  await expect(take.getByText('Cleared from the clipboard')).toBeVisible();
  expect(await desktop.clipboard()).toBe('');
  await take.getByRole('button', { name: 'Reveal' }).click();
  await expect(take.getByRole('group', { name: 'The value' })).toHaveText(/^CCIPRJ_/);
  await take.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(take).toHaveCount(0);
  expect(inSandbox()).toBe(1);

  await page
    .getByRole('complementary', { name: /^Token artifact-mirror/ })
    .getByRole('button', { name: 'Delete' })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Delete artifact-mirror \w{4}\?$/ });
  await dialog.getByLabel('Type DELETE to delete it').fill('DELETE');
  await dialog.getByRole('button', { name: 'Delete token' }).click();
  await expect(dialog).toHaveCount(0);
  expect(inSandbox()).toBe(0);
  expect(complaints).toEqual([]);
});

test('a click outside a dialog means no', async ({ rondo }) => {
  const { page, sandbox, complaints } = await rondo({ vault: 'connected' });
  const before = sandbox.tokens().length;
  await row(page, 'fastlane').click();
  await page
    .getByRole('complementary', { name: /^Token fastlane/ })
    .getByRole('button', { name: 'Delete' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Delete fastlane?' });
  await dialog.getByLabel('Type DELETE to delete it').fill('DELETE');
  await page.mouse.click(20, 400);
  await expect(dialog).toHaveCount(0);
  expect(sandbox.tokens()).toHaveLength(before);
  expect(complaints).toEqual([]);
});

test('rotate, take, and the receipt as text; back leads to the list', async ({ rondo }) => {
  const { page, desktop, sandbox, complaints } = await rondo({ vault: 'connected' });
  await row(page, 'release-please').click();
  await page
    .getByRole('complementary', { name: /^Token release-please/ })
    .getByRole('button', { name: 'Rotate' })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  await expect(page.getByRole('heading', { name: 'Where it stands' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('On the clipboard')).toBeVisible();
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(page.getByRole('heading', { name: 'release-please is replaced' })).toBeVisible();
  // Its button is gone with the value: whoever pressed it is not left nowhere.
  await expect(page.getByText('The vault has forgotten the value.')).toBeVisible();
  await expect(page.getByText(/keeps its last four characters, and a fingerprint/)).toBeVisible();
  await expect(page.locator(':focus')).toContainText('The vault has forgotten the value.');
  expect(sandbox.tokens().filter(({ label }) => label === 'release-please')).toHaveLength(1);

  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await expect(page.getByRole('status').getByText('Copied')).toBeVisible();
  expect(await desktop.clipboard()).toMatch(/^Rondo receipt: release-please\n[\s\S]*\[x\] [\s\S]*Proved at both ends$/);
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(tokens(page)).toBeVisible();
  expect(complaints).toEqual([]);
});

test('search, choose several, and lock, by clicks', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await page.getByRole('searchbox').click();
  await page.getByRole('searchbox').pressSequentially('grafna');
  await expect(page.getByText('No token matches "grafna".')).toBeVisible();
  // The grid is kept as it was drawn: nobody may see, reach or hear it.
  await expect(tokens(page)).toBeHidden();
  await expect(page.getByRole('row')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show all tokens' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await page.getByRole('searchbox').fill('fastlane');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(page.getByRole('searchbox')).toBeFocused();
  await expect(page.getByText('20 tokens', { exact: true })).toBeVisible();
  for (const label of ['fastlane', 'chromatic']) {
    await row(page, label).hover();
    await row(page, label).getByRole('button').click();
  }
  await page.getByRole('button', { name: 'Delete 2' }).click();
  await page.getByRole('dialog', { name: 'Delete 2 tokens?' }).getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Choose none' }).click();
  await expect(page.getByRole('region', { name: /chosen/ })).toHaveCount(0);
  await row(page, 'chromatic').dblclick();
  await expect(page.getByRole('complementary', { name: 'Token chromatic' })).toBeFocused();
  // A menu closes when one clicks elsewhere, and chooses nothing by that.
  await page.getByRole('button', { name: 'Kind', exact: true }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.getByRole('heading', { name: 'Inventory' }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(page.getByText('20 tokens', { exact: true })).toBeVisible();

  const locked = await app.replaced(() =>
    page.getByRole('navigation').getByRole('button', { name: 'Lock now' }).click(),
  );
  await locked.getByLabel('Password of this vault').fill(passwordText);
  await locked.getByRole('button', { name: 'Unlock' }).click();
  await expect(tokens(locked)).toBeVisible();
  expect(app.complaints).toEqual([]);
});

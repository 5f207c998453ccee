import { expect, type Page } from '@playwright/test';
import { test } from './rondo-test.ts';
import { onToken, openPalette, rotate, tokens } from './screens/screen.ts';

// Whoever presses a button by keyboard is somewhere afterwards: on it, or on what stands where it was.

/** Enter on the button itself. */
async function pressed(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
}

async function narrowed(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Kind', exact: true }).click();
  await page.getByRole('menuitemradio', { name: /^Project/ }).click();
  await expect(page.getByRole('button', { name: 'Remove the filter Kind' })).toBeVisible();
}

test('a button that is busy keeps the focus until it has answered, and one that was refused as well', async ({
  rondo,
}) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await page.getByRole('navigation').getByRole('button', { name: 'Activity' }).click();
  await expect(page.getByRole('row').nth(2)).toBeVisible();
  await pressed(page, 'Check the chain');
  await expect(page.getByText(/^The chain is whole/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check the chain' })).toBeFocused();

  await openPalette(page);
  await page.keyboard.type('add an account');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add an account' });
  await dialog.getByRole('radio', { name: /^Server/ }).click();
  await dialog.getByLabel('Address of your server').fill('http://127.0.0.1:1');
  await dialog.getByLabel('Personal token').fill('nobody-knows-it');
  await pressed(page, 'Add the account');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Add the account' })).toBeFocused();
  expect(complaints).toEqual([]);
});

test('a button that goes leaves the focus with the list, the heading or the page', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await onToken(page, 'fastlane');
  await page.keyboard.press('Space');
  await pressed(page, 'Choose none');
  await expect(tokens(page)).toBeFocused();
  await narrowed(page);
  await pressed(page, 'Remove the filter Kind');
  await expect(tokens(page)).toBeFocused();
  await narrowed(page);
  await pressed(page, 'Clear filters');
  await expect(tokens(page)).toBeFocused();

  await narrowed(page);
  await page.getByRole('searchbox').fill('nothing is called this');
  await expect(page.getByText('No token matches')).toBeVisible();
  await pressed(page, 'Remove the filter Kind');
  await expect(page.getByRole('heading', { name: 'Inventory' })).toBeFocused();

  await openPalette(page);
  await page.keyboard.type('check every held value');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('No value is held here');
  await pressed(page, 'Put this message away');
  await expect(page.getByRole('main')).toBeFocused();
  expect(complaints).toEqual([]);
});

test('a value that is revealed while nobody sees the window is not done with', async ({ rondo }) => {
  const { page, call, complaints } = await rondo({ vault: 'connected' });
  await rotate(page, 'fastlane');
  const done = page.getByRole('button', { name: 'Done, forget it' });
  const hide = (hidden: boolean) =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} })`);
  await hide(true);
  await page.getByRole('button', { name: 'Reveal' }).click();
  // What is asked later is answered later, and two frames draw whatever came of it.
  await call('token.list', {});
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  await expect(done).toBeDisabled();
  await hide(false);
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(done).toBeEnabled();
  expect(complaints).toEqual([]);
});

test('what was said of the password is not said of the recovery code, and a key leads on from the way in', async ({
  rondo,
}) => {
  const { page, replaced, complaints } = await rondo({ vault: 'empty' });
  await expect(page.getByRole('heading', { name: 'How do you want to begin?' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  const door = await replaced(() => page.keyboard.press('Control+l'));
  await door.getByLabel('Password of this vault').fill('not the password');
  await door.keyboard.press('Enter');
  await expect(door.getByText('The password is wrong')).toBeVisible();
  await door.getByRole('button', { name: 'Use the recovery code instead' }).click();
  await expect(door.getByText('The password is wrong')).toHaveCount(0);
  await expect(door.getByRole('button', { name: 'Show the recovery code' })).toBeVisible();
  expect(complaints).toEqual([]);
});

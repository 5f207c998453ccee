import { expect, type Page, test } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { openWindow } from './open-window.ts';
import { onToken, passwordText, rotate, tokens } from './screens.ts';

// Everything in this file is done by keyboard alone: no click, and no focus that a key did not set.

/** Presses Tab until the element that has the focus is called this. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    const focused = await page.evaluate(() => {
      const element = Object(Reflect.get(Reflect.get(globalThis, 'document'), 'activeElement'));
      return Reflect.get(element, 'tagName') === 'BUTTON' ? String(Reflect.get(element, 'textContent')) : '';
    });
    if (typeof name === 'string' ? focused.includes(name) : name.test(focused)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}`);
}

test('a newcomer chooses a password, opens the sandbox and sees its tokens', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'none' });
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(passwordText);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('The same again')).toBeFocused();
  await page.keyboard.type(passwordText);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'How do you want to begin?' })).toBeVisible();
  await tabTo(page, 'Open the sandbox');
  await page.keyboard.press('Enter');
  await expect(tokens(page).getByRole('row', { name: /release-please/ })).toBeVisible();
  expect(window.complaints).toEqual([]);
});

test('two different passwords create nothing and say so', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'none' });
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(passwordText);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type(`${passwordText}r`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('The two passwords are not the same. Nothing was created.');
  expect(expectOk(await window.core.client('vault.status', {})).vault.exists).toBe(false);
});

test('create: the value is copied, then forgotten, and the focus is back on the list', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'connected' });
  await onToken(page, 'fastlane');
  await page.keyboard.press('n');
  await expect(page.getByLabel('Label')).toBeFocused();
  await page.keyboard.type('artifact-mirror');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Take the value of artifact-mirror' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Done, forget it' })).toBeDisabled();
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  expect(window.standIn.clipboardText()).toMatch(/^CCIPRJ_/);
  await tabTo(page, 'Done, forget it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(tokens(page)).toBeFocused();
  const { tokens: all } = expectOk(await window.core.client('token.list', { search: 'artifact-mirror' }));
  expect(all.map(({ hasValue }) => hasValue)).toEqual(['none']);
});

test('later: Esc keeps a new value sealed, and C brings its panel back', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'connected' });
  await tokens(page).waitFor();
  await page.keyboard.press('n');
  await page.keyboard.type('artifact-mirror');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /artifact-mirror/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const { tokens: all } = expectOk(await window.core.client('token.list', { search: 'artifact-mirror' }));
  expect(all.map(({ hasValue }) => hasValue)).toEqual(['sealed']);
  await page.keyboard.press('c');
  await expect(page.getByRole('dialog', { name: /artifact-mirror/ })).toBeVisible();
});

test('rotate, copy, forget: the old token goes only after the new value was taken', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'connected' });
  await rotate(page, 'release-please');
  const inSandbox = async () =>
    expectOk(await window.core.client('sandbox.state', {})).tokens.filter(({ label }) => label === 'release-please')
      .length;
  expect(await inSandbox()).toBe(2);
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  expect(await inSandbox()).toBe(2);
  await tabTo(page, 'Done, forget it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'release-please is replaced' })).toBeVisible();
  await expect(page.getByText('Proved at both ends')).toBeVisible();
  expect(await inSandbox()).toBe(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox')).toHaveValue('release-please');
});

test('a value that somebody else replaced on the clipboard is said to be replaced', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'connected' });
  await rotate(page, 'release-please');
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  window.standIn.replaceClipboard('something else');
  await expect(page.getByText('Something else is on the clipboard now')).toBeVisible();
});

test('delete: the safe button has the focus, and only DELETE arms the other', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'connected' });
  await onToken(page, 'chromatic');
  await page.keyboard.press('Enter');
  await tabTo(page, /^Delete$/);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete chromatic?' });
  await expect(dialog.getByRole('button', { name: 'Keep token' })).toBeFocused();
  await expect(dialog.getByText('It is the last working token of')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Delete token' })).toBeDisabled();
  await page.keyboard.press('Shift+Tab');
  await expect(dialog.getByLabel('Type DELETE to delete it')).toBeFocused();
  await page.keyboard.type('delete');
  await expect(dialog.getByRole('button', { name: 'Delete token' })).toBeDisabled();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('DELETE');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const { tokens: all } = expectOk(await window.core.client('token.list', { search: 'chromatic' }));
  expect(all.map(({ state }) => state)).toEqual(['revoked']);
});

test('a search never leaves an act on a token that is out of sight', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'connected' });
  await onToken(page, 'fastlane');
  await expect(page.getByRole('complementary', { name: 'Token fastlane' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('release-please');
  await expect(page.getByRole('complementary', { name: 'Token release-please' })).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('nothing like this');
  await expect(page.getByRole('complementary')).toHaveCount(0);
  expect(window.complaints).toEqual([]);
});

test('lock shows counts and no names; unlock brings back the place', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'connected' });
  await onToken(page, 'release-please');
  await page.keyboard.press('Control+l');
  await expect(page.getByText(/because you locked it/)).toBeVisible();
  await expect(page.getByText('due in 30 days')).toBeVisible();
  await expect(page.getByText('release-please')).toHaveCount(0);
  expect(await page.content()).not.toContain('release-please');
  await expect(page.getByLabel('Password of this vault')).toBeFocused();
  await page.keyboard.type(passwordText);
  await page.keyboard.press('Enter');
  await expect(tokens(page)).toBeVisible();
  expect(window.complaints).toEqual([]);
});

test('after three wrong passwords the pause and its reason are said', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'locked' });
  for (let tries = 1; tries <= 3; tries += 1) {
    await expect(page.getByLabel('Password of this vault')).toBeFocused();
    await page.keyboard.type(`wrong ${tries}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByRole('button', { name: /^(Unlock|Again)/ })).toBeVisible();
  }
  await expect(page.getByText(/^3 wrong passwords\. .*key derivation/)).toBeVisible();
  expect(window.complaints).toEqual([]);
});

test('the palette rotates a token by its verb and a part of its name', async ({ page }) => {
  await using window = await openWindow(page, { vault: 'connected' });
  await tokens(page).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('rot rel');
  await expect(page.getByRole('option', { name: /Rotate release-please/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Rotate release-please?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(window.complaints).toEqual([]);
});

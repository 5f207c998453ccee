import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { enter, tabTo } from './keyboard.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { onToken, openPalette, rotate, tokens } from './screens/screen.ts';

// Everything in this file is done by keyboard alone: no click, and no focus that a key did not set.

test('a newcomer chooses a password, opens the sandbox and sees its tokens', async ({ rondo }) => {
  const app = await rondo({ vault: 'none' });
  const { page } = app;
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
  expect(app.complaints).toEqual([]);
});

test('two different passwords create nothing and say so', async ({ rondo }) => {
  const app = await rondo({ vault: 'none' });
  const { page } = app;
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(passwordText);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type(`${passwordText}r`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('The two passwords are not the same. Nothing was created.');
  expect(expectOk(await app.call('vault.status', {})).vault.exists).toBe(false);
});

test('create: the value is copied, then forgotten, and the focus is back on the list', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'fastlane');
  await page.keyboard.press('n');
  await expect(page.getByLabel('Label')).toBeFocused();
  await page.keyboard.type('artifact-mirror');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Take the value of artifact-mirror' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Done, forget it' })).toBeDisabled();
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  expect(await app.desktop.clipboard()).toMatch(/^CCIPRJ_/);
  await tabTo(page, 'Done, forget it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(tokens(page)).toBeFocused();
  const { tokens: all } = expectOk(await app.call('token.list', { search: 'artifact-mirror' }));
  expect(all.map(({ hasValue }) => hasValue)).toEqual(['none']);
});

test('later: Esc keeps a new value sealed, and C brings its panel back', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await tokens(page).waitFor();
  await page.keyboard.press('n');
  await expect(page.getByLabel('Label')).toBeFocused();
  await page.keyboard.type('artifact-mirror');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /artifact-mirror/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const { tokens: all } = expectOk(await app.call('token.list', { search: 'artifact-mirror' }));
  expect(all.map(({ hasValue }) => hasValue)).toEqual(['sealed']);
  await page.keyboard.press('c');
  await expect(page.getByRole('dialog', { name: /artifact-mirror/ })).toBeVisible();
});

test('rotate, copy, forget: the old token goes only after the new value was taken', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await rotate(page, 'release-please');
  const inSandbox = () => app.sandbox.tokens().filter(({ label }) => label === 'release-please').length;
  expect(inSandbox()).toBe(2);
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  expect(inSandbox()).toBe(2);
  await tabTo(page, 'Done, forget it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'release-please is replaced' })).toBeVisible();
  await expect(page.getByText('Proved at both ends')).toBeVisible();
  expect(inSandbox()).toBe(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox')).toHaveValue('release-please');
});

test('a value that somebody else replaced on the clipboard is said to be replaced', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await rotate(page, 'release-please');
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  await app.desktop.copy('something else');
  // That is found out when the value would be cleared: looking every second would be spying on what else is copied.
  await app.desktop.advance(30_000);
  await expect(page.getByText('Something else is on the clipboard now')).toBeVisible();
});

test('delete: the safe button has the focus, and only DELETE arms the other', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'chromatic');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /^Token chromatic/ })).toBeFocused();
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
  const { tokens: all } = expectOk(await app.call('token.list', { search: 'chromatic' }));
  expect(all.map(({ state }) => state)).toEqual(['revoked']);
});

test('a search never leaves an act on a token that is out of sight', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'fastlane');
  await expect(page.getByRole('complementary', { name: 'Token fastlane' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('release-please');
  await expect(page.getByRole('complementary', { name: 'Token release-please' })).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('nothing like this');
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await page.keyboard.press('Tab');
  for (const key of ['r', 'c', 'Delete']) await page.keyboard.press(key);
  // Each of them would have opened its dialog before this one.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('a group folds and unfolds, and no key acts on a token while its head has the cursor', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await onToken(page, 'fastlane');
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(tokens(page)).toBeFocused();
  const pane = page.getByRole('complementary');
  await expect(pane).toHaveCount(1);
  const folded = tokens(page).getByRole('button', { expanded: false });
  await page.keyboard.press('ArrowLeft');
  await expect(pane).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  await expect(folded).toHaveCount(1);
  for (const key of ['r', 'c', 'Delete']) await page.keyboard.press(key);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tokens(page)).toBeFocused();
  // Whoever asks for a token that is folded away is shown that one, and no other.
  await openPalette(page);
  await page.keyboard.type('fastlane');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Token fastlane' })).toBeVisible();
  await expect(folded).toHaveCount(0);
  await tabTo(page, /^Tokens$/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(folded).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(folded).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(pane).toHaveCount(1);
  expect(complaints).toEqual([]);
});

test('lock shows counts and no names; unlock brings back the place', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'release-please');
  const locked = await app.replaced(() => page.keyboard.press('Control+l'));
  await expect(locked.getByText(/because you locked it/)).toBeVisible();
  await expect(locked.getByText('due in 30 days')).toBeVisible();
  await expect(locked.getByText('release-please')).toHaveCount(0);
  expect(await locked.content()).not.toContain('release-please');
  await expect(locked.getByLabel('Password of this vault')).toBeFocused();
  await locked.keyboard.type(passwordText);
  await locked.keyboard.press('Enter');
  await tokens(locked).waitFor();
  await expect(tokens(locked)).toBeFocused();
  await expect(locked.getByRole('complementary', { name: 'Token release-please' })).toBeVisible();
  await expect(tokens(locked).getByRole('row', { name: /release-please/ })).toHaveAttribute('aria-current', 'true');

  await rotate(locked, 'release-please');
  await locked.getByText('Waits for you').waitFor();
  const again = await app.replaced(() => app.desktop.announce('lock-screen'));
  await expect(again.getByLabel('Password of this vault')).toBeFocused();
  await again.keyboard.type(passwordText);
  await again.keyboard.press('Enter');
  await again.getByRole('heading', { name: 'Rondo is locked' }).waitFor({ state: 'detached' });
  await expect(again.getByRole('heading', { name: 'Rotating release-please' })).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('after three wrong passwords the pause and its reason are said', async ({ rondo }) => {
  const app = await rondo({ vault: 'locked' });
  const { page } = app;
  for (let tries = 1; tries <= 3; tries += 1) {
    await expect(page.getByLabel('Password of this vault')).toBeFocused();
    await page.keyboard.type(`wrong ${tries}`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^(Unlock|Again)/ }).waitFor();
    await expect(page.getByRole('alert')).toBeVisible();
  }
  await expect(page.getByText(/^3 wrong passwords\. .*key derivation/)).toBeVisible();
  // A lock brings a fresh page, and not a fresh start for whoever tries.
  const fresh = await app.replaced(() => app.desktop.announce('lock-screen'));
  await expect(fresh.getByText(/because the screen was locked/)).toBeVisible();
  await expect(fresh.getByText(/^3 wrong passwords\./)).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('the palette rotates a token by its verb and a part of its name', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await tokens(page).waitFor();
  await openPalette(page);
  // The foot says what Enter does with the line that is marked.
  const foot = page.getByRole('dialog').locator('.keys');
  await expect(foot).toContainText('EnterFill in a new token');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(foot).toContainText('EnterSync now');
  await page.keyboard.type('del rel');
  await expect(foot).toContainText('EnterAsk before it is deleted');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('rot rel');
  await expect(page.getByRole('option', { name: /Rotate release-please/ })).toBeVisible();
  await expect(foot).toContainText('EnterOpen the plan');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Rotate release-please?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

test('the palette says that it opens the rotation of a token, where one runs, and goes there', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await rotate(page, 'release-please');
  await openPalette(page);
  await page.keyboard.type('go to inv');
  await page.keyboard.press('Enter');
  await tokens(page).waitFor();
  await openPalette(page);
  await page.keyboard.type('rot rel');
  await expect(page.getByRole('dialog').locator('.keys')).toContainText('EnterOpen the rotation');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Rotating release-please' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('the palette never takes a form away, and whoever goes somewhere by it starts there', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await page.keyboard.press('n');
  await expect(page.getByLabel('Label')).toBeFocused();
  await page.keyboard.type('half a label');
  await page.keyboard.press('Control+k');
  await expect(page.getByLabel('Label')).toHaveValue('half a label');
  await page.keyboard.press('Escape');
  await openPalette(page);
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
  // The skip link changes the address, and the page is still ours.
  await enter(page, /skip/i);
  expect(await page.evaluate(`rondo.call('vault.status', {}).then(({ ok }) => ok)`)).toBe(true);
  expect(complaints).toEqual([]);
});

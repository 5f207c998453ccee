import { expect } from '@playwright/test';
import { systemClock } from '../../main/platform/clock.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { expectOk } from '../support/core-pieces.ts';
import { enter, tabTo } from './keyboard.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { onToken, planOf, tokens } from './screens/screen.ts';

// As keyboard.spec.ts: no click, and no focus that a key did not set.

test('a newcomer pastes a token of a server and sees what it may see', async ({ rondo }) => {
  const sandbox = await startSandbox({ port: 0, faults: [], clock: systemClock });
  try {
    const { page, complaints } = await rondo({ vault: 'empty' });
    await page.getByRole('heading', { name: 'How do you want to begin?' }).waitFor();
    await enter(page, 'Paste a token');
    await page.getByRole('dialog', { name: 'Add an account' }).waitFor();
    await expect(page.getByLabel('Personal token'), 'pasted at once by whoever is on the cloud').toBeFocused();
    await tabTo(page, 'Cloud');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'Address of your server');
    await page.keyboard.type(sandbox.url);
    await tabTo(page, 'Personal token');
    await page.keyboard.insertText(sandbox.personalToken);
    await page.keyboard.press('Enter');
    await expect(tokens(page).getByRole('row', { name: /release-please/ })).toBeVisible();
    await expect(tokens(page)).toBeFocused();
    expect(complaints).toEqual([]);
  } finally {
    await sandbox.close();
  }
});

test('settings: a choice opens, moves, is taken or left by keys, and the focus stays on its field', async ({
  rondo,
}) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await enter(page, /^Settings/);
  await tabTo(page, 'Theme');
  const theme = page.getByRole('combobox', { name: 'Theme' });
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { name: 'As the system' }).or(page.getByRole('option').first())).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(theme).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'Dark' })).toBeFocused();
  await page.keyboard.press('l');
  await expect(page.getByRole('option', { name: 'Light' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(theme).toBeFocused();
  await expect(page.locator('html'), 'Esc chose nothing').toHaveAttribute('data-theme', 'dark');
  await enter(page, 'Lock when nobody');
  await expect(page.getByRole('option', { selected: true })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('change the password', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await tokens(page).waitFor();
  await enter(page, /^Settings/);
  await enter(page, 'Change the password');
  await expect(page.getByLabel('Current password')).toBeFocused();
  await page.keyboard.type(passwordText);
  await tabTo(page, /^New password$/);
  await page.keyboard.type('quite another');
  await tabTo(page, 'New password again');
  await page.keyboard.type('quite another');
  await page.keyboard.press('Enter');
  await page.getByText('The vault has its new password.').waitFor();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Change the password' })).toBeFocused();
  expect(app.complaints).toEqual([]);
});

test('stop watching a project, and add it again', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  const watched = async () =>
    expectOk(await app.call('project.list', {})).projects.filter(({ watched: how }) => how !== 'no').length;
  await tokens(page).waitFor();
  const before = await watched();
  await enter(page, /^Settings/);
  await enter(page, /gh\/tidewater\/web/);
  await expect.poll(watched).toBe(before - 1);
  await enter(page, 'Add a project');
  await expect(page.getByRole('dialog', { name: 'Add a project' }).getByRole('textbox')).toBeFocused();
  await page.keyboard.type('web');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('gh/tidewater/web');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(watched).toBe(before);
  expect(app.complaints).toEqual([]);
});

test('activity: check the chain, filter what happened', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await enter(page, /^Activity/);
  await enter(page, 'Check the chain');
  await expect(page.getByText(/^The chain is whole/)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('account added');
  await expect(page.getByRole('cell', { name: 'Account added' })).toBeVisible();
  await page.keyboard.type(' nowhere');
  await expect(page.getByRole('cell')).toHaveCount(0);
  await enter(page, 'Clear search');
  await expect(page.getByRole('cell', { name: 'Account added' })).toBeVisible();
  await expect(page.getByRole('searchbox')).toBeFocused();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  expect(complaints).toEqual([]);
});

test('a rotation that stopped is resumed, another one given up', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  const refuse = () => setFaults(sandbox, ['error=403@POST /api']);
  const rotateLeaked = async (label: string) => {
    await planOf(page, label);
    await tabTo(page, 'When taken');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('radio', { name: /^It leaked/ })).toBeChecked();
    await enter(page, /^Rotate/);
    await expect(page.getByRole('heading', { name: new RegExp(label) })).toBeFocused();
    // It runs until it is refused: what is offered then is not there for the first rounds of Tab.
    await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  };
  await refuse();
  await rotateLeaked('fastlane');
  await enter(page, "Open CircleCI's page");
  await expect(page.getByText('The page is open in your browser.')).toBeVisible();
  expect(await app.desktop.opened()).toEqual([
    expect.stringMatching(/\/settings\/project\/github\/tidewater\/mobile\/api$/),
  ]);
  await setFaults(sandbox, []);
  await enter(page, 'Resume');
  await expect(page.getByRole('heading', { name: 'fastlane is replaced' })).toBeFocused();

  await page.keyboard.press('Escape');
  await refuse();
  await rotateLeaked('chromatic');
  await enter(page, 'Give up');
  await expect(page.getByRole('button', { name: 'Keep it open' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('It was given up.').first()).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('several are chosen by Space, all by Ctrl+A, none by Esc; and no text of the page is', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  const selected = () => page.evaluate('String(getSelection())');
  await expect(tokens(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await enter(page, 'Rotate 2');
  await expect(page.getByRole('dialog', { name: 'Rotate 2 tokens?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: /chosen/ })).toHaveCount(0);
  await page.keyboard.press('Control+a');
  expect(await selected()).toBe('');
  await tabTo(page, 'Tokens');
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('region', { name: '20 tokens chosen' })).toBeVisible();
  expect(await selected()).toBe('');
  await page.keyboard.press('/');
  await page.keyboard.type('deploy');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('searchbox')).toHaveValue('');
  expect(complaints).toEqual([]);
});

test('a new value is revealed and hidden', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await onToken(page, 'fastlane');
  await page.keyboard.press('n');
  await expect(page.getByLabel('Label')).toBeFocused();
  await page.keyboard.type('artifact-mirror');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
  await enter(page, 'Reveal');
  await expect(page.getByRole('group', { name: 'The value' })).toHaveText(/^CCIPRJ_/);
  await enter(page, 'Hide');
  await expect(page.getByRole('group', { name: 'The value' })).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('with Caps Lock on the letters mean the same, and with Shift they mean nothing', async ({ rondo }) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await onToken(page, 'release-please');
  await page.keyboard.press('Shift+N');
  await page.keyboard.press('Shift+R');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // A capital without Shift is what Caps Lock sends.
  await page.keyboard.press('N');
  await expect(page.getByRole('dialog', { name: 'New project token' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('R');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
  await page.keyboard.press('C');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  expect(await desktop.clipboard()).toMatch(/^CCIP/);
  expect(complaints).toEqual([]);
});

import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { enter, tabTo } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { onToken, rotate, tokens } from './screens/screen.ts';

// As keyboard.spec.ts: no click, and no focus that a key did not set. Here a button is pressed that its own act takes away:
// the focus is beside it afterwards, and never nowhere.

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

test('settings: a project is not watched any more; an account is kept, then removed', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  const watched = async () =>
    expectOk(await app.call('project.list', {}))
      .projects.filter((project) => project.watched !== 'no')
      .map(({ slug }) => slug);
  await tokens(page).waitFor();
  const [slug = '', ...others] = await watched();
  const before = expectOk(await app.call('token.list', {})).tokens.length;
  const there = sandbox.tokens().length;
  await enter(page, /^Settings/);
  await enter(page, `Stop watching ${slug}`);
  await expect(page.getByRole('button', { name: `Stop watching ${slug}` })).toHaveCount(0);
  await expect(heading(page, 'Projects')).toBeFocused();
  expect(await watched()).toEqual(others);

  const remove = page.getByRole('button', { name: 'Remove Sandbox' });
  const accounts = async () => expectOk(await app.call('account.list', {})).accounts.map(({ name }) => name);
  await enter(page, 'Remove Sandbox');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(remove).toBeFocused();
  expect(await accounts()).toEqual(['Sandbox']);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Remove it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('No account yet.')).toBeVisible();
  await expect(heading(page, 'Accounts')).toBeFocused();
  expect(await accounts()).toEqual([]);
  expect(expectOk(await app.call('token.list', {})).tokens, 'they stay, as last seen').toHaveLength(before);
  expect(sandbox.tokens(), 'nothing is deleted at CircleCI').toHaveLength(there);
  expect(app.complaints).toEqual([]);
});

test('the clipboard is cleared from the panel: its note has the focus, and Enter held down does not copy again', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await onToken(page, 'fastlane');
  await page.keyboard.press('n');
  await expect(page.getByLabel('Label')).toBeFocused();
  await page.keyboard.type('artifact-mirror');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Take the value of artifact-mirror' });
  await expect(panel.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
  for (const _press of ['one', 'and again']) {
    await enter(page, /^Copy/);
    await expect(panel.getByText('On the clipboard')).toBeVisible();
    await enter(page, 'Clear now');
    await expect(panel.locator(':focus')).toContainText('Cleared from the clipboard');
    await page.keyboard.press('Enter');
    await expect(panel.locator(':focus')).toContainText('Cleared from the clipboard');
    expect(await desktop.clipboard()).toBe('');
  }
  expect(app.complaints).toEqual([]);
});

test('the clipboard is cleared from the bar after its panel is gone, and the page has the focus', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await rotate(page, 'release-please');
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  await enter(page, 'Done, forget it');
  await expect(page.getByText('The vault has forgotten the value.')).toBeVisible();
  const value = await desktop.clipboard();
  expect(value).toMatch(/^CCIP/);
  await enter(page, /^Home/);
  await expect(page.getByRole('banner').getByText(/^Copied value clears in 0:[0-9]{2}$/)).toBeVisible();
  await tabTo(page, 'Clear clipboard');
  expect(await desktop.clipboard(), 'as long as it is said').toBe(value);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').getByText('The value is cleared from the clipboard.')).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page.getByRole('banner').getByText(/^Copied value/)).toHaveCount(0);
  expect(await desktop.clipboard()).toBe('');
  expect(app.complaints).toEqual([]);
});

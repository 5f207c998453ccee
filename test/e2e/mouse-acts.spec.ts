import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import type { OpenRondo } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { rail, tokens } from './screens/screen.ts';

// As mouse.spec.ts: by pointing and clicking.

const row = (page: Page, label: string) => tokens(page).getByRole('row', { name: new RegExp(label) });

/** The ids that the sandbox has of this label. */
const alive = ({ sandbox }: OpenRondo, label: string) =>
  sandbox
    .tokens()
    .filter((token) => token.label === label)
    .map(({ id }) => id);

test('who is about to delete one token rotates it instead', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  const [old] = alive(app, 'fastlane');
  await row(page, 'fastlane').click();
  await page
    .getByRole('complementary', { name: /^Token fastlane/ })
    .getByRole('button', { name: 'Delete' })
    .click();
  await page.getByRole('dialog', { name: 'Delete fastlane?' }).getByRole('button', { name: 'Rotate instead' }).click();
  const plan = page.getByRole('dialog', { name: 'Rotate fastlane?' });
  await expect(page.getByRole('dialog')).toHaveCount(1);
  expect(alive(app, 'fastlane'), 'nothing was done yet').toEqual([old]);
  await plan.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(page.getByText('Waits for you')).toBeVisible();
  expect(alive(app, 'fastlane'), 'the new one beside the old').toHaveLength(2);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(page.getByRole('heading', { name: 'fastlane is replaced' })).toBeVisible();
  expect(alive(app, 'fastlane')).toHaveLength(1);
  expect(alive(app, 'fastlane')).not.toContain(old);
  expect(app.complaints).toEqual([]);
});

test('who is about to delete several rotates them instead, by one job', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  for (const label of ['fastlane', 'chromatic']) {
    await row(page, label).hover();
    await row(page, label).getByRole('button').click();
  }
  await page.getByRole('button', { name: 'Delete 2' }).click();
  await page.getByRole('dialog', { name: 'Delete 2 tokens?' }).getByRole('button', { name: 'Rotate instead' }).click();
  const plan = page.getByRole('dialog', { name: 'Rotate 2 tokens?' });
  await plan.getByRole('button', { name: /^Rotate/ }).click();
  await expect(page.getByText('2 waits for you')).toBeVisible();
  for (const label of ['fastlane', 'chromatic']) expect(alive(app, label)).toHaveLength(2);
  const { jobs } = expectOk(await app.call('job.list', {}));
  expect(jobs.map(({ counts }) => counts)).toMatchObject([{ waiting: 2 }]);
  expect(app.complaints).toEqual([]);
});

test('a personal token is deleted: confirmed, and nothing is typed', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  const others = sandbox.tokens().filter(({ label }) => label !== 'release-please').length;
  await row(page, 'release-please').click();
  await page
    .getByRole('complementary', { name: /^Token release-please/ })
    .getByRole('button', { name: 'Delete' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Delete release-please?' });
  await expect(dialog.getByRole('textbox')).toHaveCount(0);
  expect(alive(app, 'release-please')).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Delete token' }).click();
  await expect(dialog).toHaveCount(0);
  expect(alive(app, 'release-please')).toEqual([]);
  expect(sandbox.tokens(), 'and no other').toHaveLength(others);
  const { tokens: found } = expectOk(await app.call('token.list', { search: 'release-please' }));
  expect(found.map(({ state }) => state)).toEqual(['revoked']);
  await expect(row(page, 'release-please'), 'a deleted one is out of the list').toHaveCount(0);
  await page.getByRole('button', { name: /^Gone ones/ }).click();
  await page.getByRole('searchbox').fill('release-please');
  await expect(row(page, 'release-please')).toContainText('Deleted');
  expect(app.complaints).toEqual([]);
});

test('an account is kept, then removed, and its tokens stay', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  const accounts = async () => expectOk(await app.call('account.list', {})).accounts.length;
  const there = sandbox.tokens().map(({ id }) => id);
  const before = expectOk(await app.call('token.list', {})).tokens.length;
  await rail('Settings')(page);
  await page.getByRole('button', { name: 'Remove Sandbox' }).click();
  await expect(page.getByText(/^Remove Sandbox: its tokens stay in the vault/)).toBeVisible();
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect(await accounts()).toBe(1);
  await page.getByRole('button', { name: 'Remove Sandbox' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText('No account yet.')).toBeVisible();
  expect(await accounts()).toBe(0);
  expect(expectOk(await app.call('token.list', {})).tokens).toHaveLength(before);
  expect(sandbox.tokens().map(({ id }) => id)).toEqual(there);
  await rail('Inventory')(page);
  await expect(row(page, 'fastlane')).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('a filter is set and taken away by its own chip; the badge of a Status token is copied, and cleared', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop, sandbox } = app;
  const order = { project: 'gh/tidewater/web', scope: 'status', label: 'for-the-readme', keep: false } as const;
  expectOk(await app.call('token.create-project', order));
  await page.getByRole('button', { name: 'Value', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Sealed' }).click();
  await expect(page.getByText('1 of 21 tokens')).toBeVisible();
  await expect(tokens(page).locator('.rows-all .name')).toHaveText([/^for-the-readme/]);
  await row(page, 'for-the-readme').click();
  await page.getByRole('button', { name: 'Remove the filter Value' }).click();
  await expect(page.getByText('21 tokens', { exact: true })).toBeVisible();
  await page.getByRole('complementary').getByRole('button', { name: 'Take the value' }).click();
  const take = page.getByRole('dialog', { name: 'Take the value of for-the-readme' });
  await take.getByRole('button', { name: 'Copy as badge' }).click();
  await expect(take.getByText('On the clipboard')).toBeVisible();
  const value = sandbox.tokens().find(({ label }) => label === order.label)?.value ?? '';
  expect(await desktop.clipboard()).toBe(
    `[![CircleCI](${sandbox.url}/${order.project}.svg?style=svg&circle-token=${value})](${sandbox.url}/${order.project})`,
  );
  await take.getByRole('button', { name: 'Clear now' }).click();
  await expect(take.getByText('Cleared from the clipboard')).toBeVisible();
  expect(await desktop.clipboard()).toBe('');
  const { tokens: held } = expectOk(await app.call('token.list', { search: order.label }));
  expect(
    held.map(({ hasValue }) => hasValue),
    'cleared is not forgotten',
  ).toEqual(['sealed']);
  expect(app.complaints).toEqual([]);
});

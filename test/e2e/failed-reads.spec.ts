import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { unreadable } from './damage.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { answerIncident } from './screens/job.ts';
import { onToken, rail, tokens } from './screens/screen.ts';

// What cannot be read is never taken for nothing: its place says so, and is read again from there.

async function readAgain(page: Page): Promise<void> {
  const again = page.getByRole('main').getByRole('button', { name: 'Try again' });
  await expect(page.getByRole('main').getByRole('alert')).toContainText('A part of the vault is damaged');
  await again.press('Enter');
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  await expect(again).toHaveCount(0);
}

test('the activity', async ({ rondo }) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await desktop.failCalls(['audit.list']);
  await rail('Activity')(page);
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Check the chain' })).toBeDisabled();
  await desktop.failCalls([]);
  await readAgain(page);
  await expect(page.getByRole('cell', { name: 'Account added' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Activity' })).toBeFocused();
  expect(complaints).toEqual([]);
});

test('the list of jobs', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await answerIncident(app.page);
  const page = await app.replaced(() => app.page.keyboard.press('Control+l'));
  // Before: where the window stood when it was locked may be read as soon as it is unlocked.
  await app.desktop.failCalls(['job.list']);
  await app.unlock();
  await rail('Rotations')(page);
  const jobs = page.getByRole('list', { name: 'Jobs' });
  // One that the lock cut off may stand below it already: the core tells of it as it goes on.
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await app.desktop.failCalls([]);
  await readAgain(page);
  await expect(jobs).toContainText('Laptop lost: maya-mbp');
  await expect(page.getByRole('heading', { name: 'Rotations' })).toBeFocused();
  expect(app.complaints).toEqual([]);
});

test('a job: that it is not in the vault is not said of one that could not be read', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await answerIncident(app.page);
  const page = await app.replaced(() => app.page.keyboard.press('Control+l'));
  await app.desktop.failCalls(['job.show']);
  await app.unlock();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(page.getByText('This job is not in the vault.')).toHaveCount(0);
  await app.desktop.failCalls([]);
  await readAgain(page);
  await expect(page.getByRole('heading', { name: 'Laptop lost: maya-mbp' })).toBeFocused();
  expect(app.complaints).toEqual([]);
});

test('the recovery code: none is offered to be made while nobody knows whether there is one', async ({ rondo }) => {
  const { page, call, desktop, complaints } = await rondo({ vault: 'connected' });
  const password = new TextEncoder().encode(passwordText);
  expectOk(await call('vault.make-recovery-code', { password })).recoveryCode.fill(0);
  await desktop.failCalls(['vault.ways']);
  await rail('Settings')(page);
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make a recovery code' })).toHaveCount(0);
  await desktop.failCalls([]);
  await readAgain(page);
  await expect(page.getByRole('button', { name: 'Remove the recovery code' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Recovery code' })).toBeFocused();
  expect(complaints).toEqual([]);
});

test('the keychain: whether it opens the vault is asked again from where it could not be found out', async ({
  rondo,
}) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await desktop.breakKeychain();
  await rail('Settings')(page);
  const part = page.locator('section').filter({ has: page.getByRole('heading', { name: 'System keychain' }) });
  await expect(part.getByRole('alert')).toContainText('Whether the keychain opens the vault could not be found out');
  await expect(part.getByRole('button')).toHaveText('Try again');
  await desktop.haveKeychain();
  await part.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(part.getByRole('button', { name: 'Unlock with the keychain' })).toBeVisible();
  await expect(part.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'System keychain' })).toBeFocused();
  expect(complaints).toEqual([]);
});

test("a token's history", async ({ rondo }) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await desktop.failCalls(['token.show']);
  await onToken(page, 'fastlane');
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await desktop.failCalls([]);
  await readAgain(page);
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: /fastlane/ })).toBeFocused();
  expect(complaints).toEqual([]);
});

test('the backups, on a first run: that none is there is not known, and a vault can be made', async ({ rondo }) => {
  const app = await rondo({ vault: 'none' });
  await app.desktop.failCalls(['backup.list']);
  // A fresh page asks again.
  const page = await app.replaced(() => app.call('vault.lock', {}));
  await expect(page.getByRole('alert')).toContainText('A part of the vault is damaged');
  await expect(page.getByRole('heading', { name: 'Choose a password for your vault' })).toBeVisible();
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  expect(app.complaints).toEqual([]);
});

test('the backups of a vault that cannot be read: in their place stands why, and not that there are none', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  await app.desktop.failCalls(['backup.list']);
  await unreadable(app);
  const backups = app.page.getByRole('region', { name: 'Restore a backup' });
  await expect(backups.getByRole('alert')).toContainText('A part of the vault is damaged');
  await expect(backups.getByText('No backup yet.')).toHaveCount(0);
  await expect(backups.getByRole('list')).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

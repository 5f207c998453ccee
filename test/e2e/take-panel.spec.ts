import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import type { OpenRondo } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { onToken, rail, rotate } from './screens/screen.ts';

// What the panel says of a value, and what it does about keys, follows what the vault has.

test('what was taken of a rotation that stopped: a day later its panel says so, and gives it once more', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  await rotate(app.page, 'release-please');
  await setFaults(app.sandbox, ['error=403@DELETE /api']);
  await app.page.keyboard.press('c');
  await app.page.getByRole('button', { name: 'Done, forget it' }).click();
  const held = (page: Page) => page.getByText('The vault holds it until this rotation ends.');
  await expect(held(app.page)).toBeVisible();
  // CircleCI has refused to delete the old one.
  await expect(app.page.getByText(/did not delete the token/)).toBeVisible();
  const value = await app.desktop.clipboard();
  await app.desktop.copy("somebody's own text");
  await app.replaced(() => app.page.keyboard.press('Control+l'));
  await app.unlock();
  const { page, desktop } = app;
  await rail('Rotations')(page);
  await page.getByRole('button', { name: 'Open the rotation of release-please' }).click();
  await expect(held(page)).toBeVisible();
  await expect(page.getByText('The old token is still there, until this goes on.')).toBeVisible();
  const untrue = page.getByText(/Sealed until you take it|loses nothing|keep it sealed/);
  await expect(untrue).toHaveCount(0);
  await page.getByRole('button', { name: 'Take it again' }).press('Enter');
  await expect(page.getByText(/^You have taken it already\./)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Copy/ }).first()).toBeFocused();
  await page.keyboard.press('c');
  await expect.poll(() => desktop.clipboard()).toBe(value);
  await expect(untrue).toHaveCount(0);
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(held(page)).toBeVisible();

  // Also where it is offered as any token's.
  await rail('Inventory')(page);
  await onToken(page, value.slice(-4));
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: /^Take the value of release-please/ });
  await expect(dialog.getByText(/^You have taken it already\./)).toBeVisible();
  await expect(untrue).toHaveCount(0);
});

/** A token whose value waits to be taken, under the cursor of the list. */
async function onSealed({ page, call }: OpenRondo) {
  const order = { project: 'gh/tidewater/web', scope: 'read-only', label: 'artifact-mirror', keep: false } as const;
  const { token } = expectOk(await call('token.create-project', order));
  await onToken(page, order.label);
  return token;
}

const untrue = /Sealed until you take it|Still held here|loses nothing|keep it sealed/;

test('a value that somebody else takes meanwhile is offered no more, and what is shown of it stays', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, call, desktop } = app;
  const token = await onSealed(app);
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  const shown = dialog.getByRole('group', { name: 'The value' });
  await dialog.getByRole('button', { name: 'Reveal' }).click();
  await expect(shown).toBeVisible();
  expectOk(await call('token.taken', { id: token.id }));
  await expect(dialog.getByText('The vault does not hold this value any more.')).toBeVisible();
  await expect(dialog.getByText('It was taken meanwhile.')).toBeVisible();
  await expect(shown, 'perhaps the last who has it').toHaveText(/^CCIPRJ_/);
  await expect(dialog.getByText(untrue)).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: /Copy|Reveal|Done/ })).toHaveCount(0);
  // What was meant for Copy or Hide does not end the last sight of it.
  for (const key of ['c', 'Enter', 'Space']) await page.keyboard.press(key);
  await expect(shown).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await desktop.clipboard()).toBe('');
  expect(app.complaints).toEqual([]);
});

test('nor one whose token somebody else deletes', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, call } = app;
  const token = await onSealed(app);
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
  expectOk(await call('token.delete', { ids: [token.id], confirm: 'DELETE' }));
  await expect(dialog.getByText('Its token was deleted meanwhile.')).toBeVisible();
  await expect(dialog.getByText(untrue)).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

/** Nothing was copied, and nothing can be said to be done. */
async function expectUntaken({ page, desktop }: OpenRondo): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Take the value/ });
  await expect(dialog.getByRole('button', { name: 'Done, forget it' })).toBeDisabled();
  // What the keys asked for before has been answered then.
  await dialog.getByRole('button', { name: 'Reveal' }).click();
  await expect(dialog.getByRole('group', { name: 'The value' })).toBeVisible();
  await expect(dialog.getByText('On the clipboard')).toHaveCount(0);
  expect(await desktop.clipboard()).toBe('');
}

async function hold(page: Page, key: string): Promise<void> {
  for (const _time of [1, 2, 3]) await page.keyboard.down(key);
}

test('Enter that is still held from creating a token does not copy its value', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await onToken(page, 'fastlane');
  await page.keyboard.press('n');
  await page.getByLabel('Label').fill('artifact-mirror');
  await page.keyboard.down('Enter');
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
  await hold(page, 'Enter');
  await page.keyboard.up('Enter');
  await expectUntaken(app);
  await page.getByRole('button', { name: 'Copy', exact: true }).press('Enter');
  await expect.poll(() => desktop.clipboard()).toMatch(/^CCIPRJ_/);
});

test('C that is still held from opening the panel does not copy', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await onSealed(app);
  await page.keyboard.down('c');
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
  await hold(page, 'c');
  await page.keyboard.up('c');
  await expectUntaken(app);
  await page.keyboard.press('c');
  await expect.poll(() => desktop.clipboard()).toMatch(/^CCIPRJ_/);
});

import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { openPalette, rail, rotate, tokens } from './screens/screen.ts';

// Flows that the keyboard's specs end by Enter, each to its end by pointing and clicking.

test('a vault is made, and the sandbox opened', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'none' });
  await page.getByLabel('Password', { exact: true }).fill(passwordText);
  await page.getByLabel('The same again').fill(passwordText);
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await page.getByRole('button', { name: 'Open the sandbox' }).click();
  await expect(tokens(page).getByRole('row', { name: /release-please/ })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('an entry of the palette is clicked', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await openPalette(page);
  await page.getByRole('option', { name: /Settings/ }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('a project is not watched any more, and added again', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, call, complaints } = app;
  const slug = 'gh/tidewater/web';
  const isWatched = async () =>
    expectOk(await call('project.list', {})).projects.some(
      (project) => project.slug === slug && project.watched !== 'no',
    );
  await rail('Settings')(page);
  await page.getByRole('button', { name: `Stop watching ${slug}` }).click();
  await expect.poll(isWatched).toBe(false);
  await page.getByRole('button', { name: 'Add a project' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a project' });
  await dialog.getByRole('textbox').fill(slug);
  await dialog.getByRole('button', { name: 'Add the project' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await isWatched()).toBe(true);
  expect(complaints).toEqual([]);
});

test('the password is changed, and the new one opens the vault', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, complaints } = app;
  await rail('Settings')(page);
  await page.getByRole('button', { name: 'Change the password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill(passwordText);
  await dialog.getByLabel('New password', { exact: true }).fill('quite another');
  await dialog.getByLabel('New password again').fill('quite another');
  await dialog.getByRole('button', { name: /^Change/ }).click();
  await expect(page.getByText('The vault has its new password.')).toBeVisible();
  await expect(dialog).toHaveCount(0);

  const locked = await app.replaced(() =>
    page.getByRole('navigation').getByRole('button', { name: 'Lock now' }).click(),
  );
  await locked.getByLabel('Password of this vault').fill('quite another');
  await locked.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(locked.getByRole('heading', { name: 'Settings' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('the clipboard is cleared from the bar', async ({ rondo }) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await rotate(page, 'release-please');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(page.getByText('The vault has forgotten the value.')).toBeVisible();
  await rail('Home')(page);
  expect(await desktop.clipboard()).toMatch(/^CCIP/);
  await page.getByRole('banner').getByRole('button', { name: 'Clear clipboard' }).click();
  await expect(page.getByRole('status').getByText('The value is cleared from the clipboard.')).toBeVisible();
  expect(await desktop.clipboard()).toBe('');
  expect(complaints).toEqual([]);
});

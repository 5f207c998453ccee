import { expect } from '@playwright/test';
import { isOpenRotation } from '../../shared/open-rotations.ts';
import { expectOk } from '../support/core-pieces.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { paste, rotateByHand, tokenNamed } from './screens/guided.ts';
import { onToken, planOf, rail, startRotating } from './screens/screen.ts';

// What the page says and takes while the core has not answered yet, and of what became otherwise meanwhile.

const label = 'fastlane';

test('a rotation is not given up before it was said what that leaves behind', async ({ rondo }) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await rotateByHand(page, label);
  const dialog = page.getByRole('dialog');
  const giveUp = dialog.getByRole('button', { name: 'Give up' });
  await desktop.whileCoreRests(async () => {
    await page.getByRole('button', { name: 'Give up' }).click();
    await expect(dialog.getByText('Asking the vault what would be left behind.')).toBeVisible();
    await expect(giveUp).toBeDisabled();
  });
  await expect(dialog.getByText(/this rotation stays as it stands now/)).toBeVisible();
  await expect(giveUp).toBeEnabled();

  await desktop.failCalls(['rotation.abandon']);
  await giveUp.click();
  await expect(dialog.getByRole('alert')).toContainText('what is damaged.');
  await expect(dialog.getByText(/this rotation stays as it stands now/), 'is true all the same').toBeVisible();
  await desktop.failCalls([]);
  await giveUp.click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('It was given up.').first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('the question closes where its rotation has ended meanwhile', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await rotateByHand(page, label);
  await page.getByRole('button', { name: 'Give up' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/this rotation stays as it stands now/)).toBeVisible();
  const { rotations } = expectOk(await app.call('rotation.list', {}));
  const open = rotations.find(isOpenRotation);
  if (open === undefined) throw new Error('no rotation is open');
  // As by somebody at the command line.
  expectOk(await app.call('rotation.abandon', { id: open.id, confirm: 'ABANDON' }));
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('It was given up.').first()).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('Esc that is held closes the question, and leaves the rotation behind it', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'connected' });
  await rotateByHand(page, label);
  await page.getByRole('button', { name: 'Give up' }).click();
  await expect(page.getByRole('button', { name: 'Keep it open' })).toBeFocused();
  await page.keyboard.down('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  for (const _time of [1, 2, 3]) await page.keyboard.down('Escape');
  await page.keyboard.up('Escape');
  await expect(page.getByRole('heading', { name: `Rotating ${label}` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('treegrid', { name: 'Tokens' })).toBeVisible();
});

test('a value that does not hold is to be pasted again, also where nobody is any more', async ({ rondo }) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await rotateByHand(page, label);
  await paste(page, 'no-token');
  await expect(page.getByRole('alert')).toContainText('This window has forgotten it: paste it again');
  await desktop.whileCoreRests(async () => {
    await paste(page, 'no-token');
    await expect(page.getByText('Asking CircleCI')).toBeVisible();
    await rail('Home')(page);
  });
  const note = page.getByRole('region', { name: 'Messages' }).getByRole('alert');
  await expect(note).toContainText('does not have the shape of a CircleCI token');
  await expect(note).toContainText(`The rotation of ${label} waits as before.`);
  await expect(note).toContainText('paste it there again');
  expect(complaints).toEqual([]);
});

test('a rotation that begins is not shown as the one before it, which failed', async ({ rondo }) => {
  const { page, sandbox, desktop, complaints } = await rondo({ vault: 'connected' });
  await setFaults(sandbox, ['error=500@POST /api/v1.1/project']);
  await startRotating(page, label);
  await expect(page.getByRole('heading', { name: `${label} was not replaced` })).toBeVisible();
  await setFaults(sandbox, []);
  await page.getByRole('button', { name: 'Rotate again' }).press('Enter');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true })).toBeFocused();
  await desktop.whileCoreRests(async () => {
    await page.keyboard.press('Enter');
    await expect(page.getByText('Asking CircleCI')).toBeVisible();
    await expect(page.getByRole('heading', { name: `Rotating ${label}` })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Rotate again' })).toHaveCount(0);
  });
  await expect(page.getByRole('heading', { name: `Rotating ${label}` })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a plan whose token somebody else deletes still says which one, and rotates nothing', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, call, complaints } = app;
  const { id } = await tokenNamed(app, label);
  await planOf(page, label);
  expectOk(await call('token.delete', { ids: [id], confirm: 'DELETE' }));
  const dialog = page.getByRole('dialog', { name: `Rotate ${label}?` });
  await expect(dialog.getByText(/^This token cannot be rotated any more/)).toBeVisible();
  const rotate = dialog.getByRole('button', { name: 'Rotate', exact: true });
  await expect(rotate).toBeDisabled();
  await expect(rotate).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Label of the new one').press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(expectOk(await call('rotation.list', {})).rotations).toEqual([]);
  expect(complaints).toEqual([]);
});

test('while a token is deleted nothing leads to rotating it', async ({ rondo }) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await onToken(page, label);
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Type DELETE/).fill('DELETE');
  const act = dialog.getByRole('button', { name: /^Delete/ });
  await expect(act).toBeEnabled();
  await desktop.whileCoreRests(async () => {
    await act.click();
    await expect(dialog.getByRole('button', { name: 'Deleting' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Rotate instead' }).click({ force: true });
    await expect(dialog.getByRole('button', { name: 'Deleting' })).toBeVisible();
  });
  await expect(dialog).toHaveCount(0);
  expect(complaints).toEqual([]);
});

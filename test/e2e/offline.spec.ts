import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import type { OpenRondo } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { onToken, startRotating, tokens } from './screens/screen.ts';

// CircleCI is not there: what a person asked for is not done, that is said, and everything is as it was.

/** Takes CircleCI away. `expectAsBefore`: neither the vault nor CircleCI has anything else than it had then. */
async function cutOff({ page, sandbox, call }: OpenRondo) {
  await tokens(page).waitFor();
  const kept = async () => expectOk(await call('token.list', {})).tokens;
  const before = await kept();
  const there = sandbox.tokens();
  await sandbox.close();
  return {
    async expectAsBefore() {
      expect(await kept()).toEqual(before);
      expect(sandbox.tokens()).toEqual(there);
    },
  };
}

test('a token that is to be created: what was typed stays, and nothing was made', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  const { expectAsBefore } = await cutOff(app);
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Label').fill('artifact-mirror');
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const alert = dialog.getByRole('alert');
  await expect(alert).toContainText(/not reached/);
  await expect(alert).toContainText('Nothing was changed');
  await expect(dialog.getByLabel('Label')).toHaveValue('artifact-mirror');
  await expect(dialog.getByRole('button', { name: 'Create token' })).toBeEnabled();
  await expectAsBefore();
  expect(app.complaints).toEqual([]);
});

test('a token that is to be deleted: the question stays, and the token is there', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  const { expectAsBefore } = await cutOff(app);
  await onToken(page, 'release-please');
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete release-please?' });
  await dialog.getByRole('button', { name: 'Delete token' }).click();
  await expect(dialog.getByRole('alert')).toContainText(/not reached/);
  await expect(dialog.getByRole('button', { name: 'Delete token' })).toBeEnabled();
  await expectAsBefore();
  await dialog.getByRole('button', { name: 'Keep token' }).click();
  await expect(tokens(page).getByRole('row', { name: /release-please/ })).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('a token that is to be rotated: it was not replaced, and is as it was', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  const { expectAsBefore } = await cutOff(app);
  await startRotating(page, 'fastlane');
  await expect(page.getByRole('heading', { name: 'fastlane was not replaced' })).toBeVisible();
  await expect(page.getByText(/not reached/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rotate again' })).toBeVisible();
  await expectAsBefore();
  expect(expectOk(await app.call('rotation.list', {})).rotations).toMatchObject([{ state: 'failed' }]);
  expect(app.complaints).toEqual([]);
});

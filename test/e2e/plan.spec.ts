import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { test } from './rondo-test.ts';
import { onToken, planOf } from './screens/screen.ts';

test('the new token gets the label that was typed for it, and none that is empty', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'fastlane');
  await page.keyboard.press('r');
  const label = page.getByRole('textbox', { name: 'Label of the new one' });
  await expect(label).toHaveValue('fastlane');
  await expect(page.getByText('A new token with the same label and rights is created.')).toBeVisible();
  await label.fill(' ');
  await label.press('Enter');
  await expect(page.getByRole('button', { name: 'Rotate', exact: true })).toBeDisabled();
  await label.fill('fastlane-2027');
  await expect(page.getByText('A new token with the new label and the same rights is created.')).toBeVisible();
  await label.press('Enter');
  await expect(page.getByRole('button', { name: 'Copy' })).toBeVisible();
  const { tokens } = expectOk(await app.call('token.list', {}));
  const [replacement, ...others] = tokens.filter((token) => token.label === 'fastlane-2027');
  expect(others).toEqual([]);
  expect(tokens.find(({ id }) => id === replacement?.rotatedFrom)?.label).toBe('fastlane');
  expect(app.complaints).toEqual([]);
});

for (const when of ['It leaked', 'At once']) {
  test(`${when}: Enter in the field of the label begins nothing, and the button does`, async ({ rondo }) => {
    const app = await rondo({ vault: 'connected' });
    const { page, sandbox } = app;
    await planOf(page, 'fastlane');
    await page.getByRole('radio', { name: new RegExp(`^${when}`) }).click();
    const before = sandbox.tokens();
    const label = page.getByRole('textbox', { name: 'Label of the new one' });
    const rotate = page.getByRole('button', { name: 'Rotate', exact: true });
    const enterInLabel = async () => {
      await label.press('Enter');
      // Asked for behind that key, so a rotation that it began would be there.
      expect(expectOk(await app.call('rotation.list', {})).rotations).toEqual([]);
      await expect(rotate).toBeEnabled();
      expect(sandbox.tokens()).toEqual(before);
    };
    await label.fill('fastlane-2027');
    await enterInLabel();
    await page.getByRole('checkbox', { name: /^I do it by hand/ }).click();
    await enterInLabel();
    await rotate.press('Enter');
    await expect(page.getByRole('heading', { name: 'Rotating fastlane' })).toBeVisible();
    expect(app.complaints).toEqual([]);
  });
}

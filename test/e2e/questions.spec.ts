import { expect, type Page } from '@playwright/test';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { rotateLeaked } from './screens/screen.ts';

/** Each key that opens or leaves something does neither while this question is there; Esc is its no, and nothing else. */
async function expectAlone(page: Page, name: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog');
  await expect(page.getByRole('dialog', { name })).toBeVisible();
  for (const key of ['n', 'r', 'c', '?', '/', 'Control+k']) {
    await page.keyboard.press(key);
    await expect(dialog, key).toHaveCount(1);
    await expect(page.getByRole('dialog', { name }), key).toBeVisible();
  }
  // Behind a dialog no heading has a role.
  const screen = String(await page.locator('h1').first().textContent());
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('h1').first()).toHaveText(screen);
}

test('no key reaches past the question whether to give up a rotation', async ({ rondo }) => {
  const { page, sandbox } = await rondo({ vault: 'connected' });
  await setFaults(sandbox, ['error=403@POST /api']);
  await rotateLeaked(page, 'fastlane');
  await page.getByRole('button', { name: 'Give up' }).click();
  await expectAlone(page, /^Give up rotating fastlane/);
});

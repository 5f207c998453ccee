import { expect, type Locator, type Page } from '@playwright/test';
import type { RunningSandbox } from '../../main/sandbox/sandbox.ts';
import { test } from './rondo-test.ts';
import { setFaults, untilAsked } from './sandbox-by-hand.ts';
import { makeKept } from './screens/acts.ts';
import { onToken, rotate, tokens } from './screens/screen.ts';

// Where the focus is while an act runs, and after one that takes its own button away or was refused.

test('"Take it again" brings the panel back, with Copy focused', async ({ rondo }) => {
  const { page, sandbox, complaints } = await rondo({ vault: 'connected' });
  await rotate(page, 'release-please');
  await setFaults(sandbox, ['error=403@DELETE /api']);
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  const again = page.getByRole('button', { name: 'Take it again' });
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(again).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Copy/ }).first()).toBeFocused();
  expect(complaints).toEqual([]);
});

test('giving up what merely waits leaves nobody nowhere: the heading that says so has the focus', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await rotate(page, 'release-please');
  const giveUp = page.getByRole('button', { name: 'Give up' });
  await giveUp.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Keep it open' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(giveUp).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Give up' }).click();
  await expect(page.getByRole('heading', { name: 'Rotating release-please was given up' })).toBeFocused();
  expect(complaints).toEqual([]);
});

test('a receipt that the clipboard refuses stands there as text, focused and selected', async ({ rondo }) => {
  const { page, desktop, complaints } = await rondo({ vault: 'connected' });
  await rotate(page, 'release-please');
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(page.getByRole('heading', { name: 'release-please is replaced' })).toBeVisible();
  await expect(page.locator('.attention'), 'there is nothing to mend').toHaveCount(0);
  await desktop.refuseCopies();
  await page.getByRole('button', { name: 'Copy as text' }).focus();
  await page.keyboard.press('Enter');
  const receipt = page.getByRole('textbox', { name: 'This system did not allow it.' });
  await expect(receipt).toBeFocused();
  await expect(receipt).toHaveValue(/^Rondo receipt: release-please\n/);
  expect(await page.evaluate('document.getSelection().toString()')).toMatch(/^Rondo receipt: release-please\n/);
  expect(complaints).toEqual([]);
});

interface Asking {
  readonly page: Page;
  readonly sandbox: RunningSandbox;
  /** Says that it is busy, once it has been pressed. */
  readonly button: Locator;
  readonly method: string;
}

/** Enter on it, and once more and a click while it is busy: it keeps the focus. */
async function expectBusy({ page, sandbox, button, method }: Asking): Promise<void> {
  await page.keyboard.press('Enter');
  await untilAsked(sandbox, method, '/token');
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).not.toHaveAttribute('disabled');
  await page.keyboard.press('Enter');
  await button.click({ force: true });
  await expect(button).toBeFocused();
}

test('the button of a dialog is busy while CircleCI creates, and while it deletes', async ({ rondo }) => {
  const { page, sandbox, complaints } = await rondo({ vault: 'connected' });
  await setFaults(sandbox, ['hang=POST /api/v1.1/project']);
  await onToken(page, 'fastlane');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Label').fill('artifact-mirror');
  await dialog.getByRole('button', { name: 'Create token' }).focus();
  await expectBusy({ page, sandbox, button: dialog.getByRole('button', { name: 'Creating' }), method: 'POST' });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await setFaults(sandbox, ['hang=DELETE /api/v1.1/project']);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog.getByLabel('Type DELETE to delete it').fill('DELETE');
  await dialog.getByRole('button', { name: 'Delete token' }).focus();
  await expectBusy({ page, sandbox, button: dialog.getByRole('button', { name: 'Deleting' }), method: 'DELETE' });
  expect(complaints).toEqual([]);
});

test('the pane of another token comes under whoever went on into it already, and the focus stays in it', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, complaints } = app;
  const { label } = await makeKept(app);
  const pane = page.getByRole('complementary');
  // An act that every token has, and one that the next token does not have.
  for (const act of ['Rotate', 'Take the value']) {
    await tokens(page).getByText(label, { exact: true }).click();
    await page.getByRole('complementary', { name: `Token ${label}` }).waitFor();
    // Within a frame, as quick hands do: the pane follows the cursor after it.
    await page.evaluate(`(() => {
      const key = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true });
      document.querySelector('[role="treegrid"]').dispatchEvent(key);
      [...document.querySelectorAll('aside button')].find((button) => button.textContent.includes('${act}')).focus();
    })()`);
    await expect(pane).not.toHaveAttribute('aria-label', new RegExp(`^Token ${label}`));
    await expect
      .poll(() => page.evaluate('document.querySelector("aside").contains(document.activeElement)'))
      .toBe(true);
  }
  expect(complaints).toEqual([]);
});

import { expect, type Page } from '@playwright/test';
import { test } from './rondo-test.ts';
import { setFaults, untilAsked } from './sandbox-by-hand.ts';
import { answerIncident, openIncident } from './screens/job.ts';
import { onToken, rail, rotate, rotateLeaked, tokens } from './screens/screen.ts';

// Each asks for much by hand and by CircleCI, beside another test's app.
test.beforeEach(() => test.slow());

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

test('no key reaches past the last question of an incident', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'connected' });
  await openIncident(page);
  await page.getByRole('button', { name: /^Rotate [0-9]+$/ }).click();
  await expectAlone(page, /^Rotate/);
});

test('no key reaches past the question whether to stop a job', async ({ rondo }) => {
  const { page, sandbox } = await rondo({ vault: 'connected' });
  await setFaults(sandbox, ['latency=2000']);
  await answerIncident(page);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expectAlone(page, /^Stop /);
});

test('what ends while another dialog is open leaves that one, and the rotation goes on behind it', async ({
  rondo,
}) => {
  const { page, sandbox } = await rondo({ vault: 'connected' });
  await rotate(page, 'release-please');
  await rail('Inventory')(page);
  await onToken(page, 'release-please');
  const fresh = sandbox.tokens().findLast(({ label }) => label === 'release-please');
  await tokens(page)
    .getByRole('row')
    .filter({ hasText: fresh?.value.slice(-4) ?? 'made' })
    .click();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Take the value of release-please' });
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog.getByText('On the clipboard')).toBeVisible();
  // CircleCI takes its time to prove the new one again and to delete the old one.
  await setFaults(sandbox, ['latency=500']);
  await dialog.getByRole('button', { name: 'Done, forget it' }).click();
  await untilAsked(sandbox, 'DELETE', '/token');
  await expect(page.getByRole('dialog'), 'nobody waits for CircleCI').toHaveCount(0);
  await page.keyboard.press('n');
  const create = page.getByRole('dialog', { name: 'New project token' });
  await expect(create).toBeVisible();
  await setFaults(sandbox, []);
  await expect
    .poll(() => sandbox.tokens().filter(({ label }) => label === 'release-please'), { timeout: 30_000 })
    .toHaveLength(1);
  await expect(create).toBeVisible();
});

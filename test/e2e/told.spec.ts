import { expect } from '@playwright/test';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { makeKept } from './screens/acts.ts';
import { onToken, tokens } from './screens/screen.ts';

// What a screen reader is told without being asked.

test('a copy is told once, with what becomes of it, and its countdown is not', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, (await makeKept(app)).label);
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click();
  const told = page.getByRole('dialog').getByRole('status').filter({ hasText: 'Copied' });
  await expect(told).toHaveText('Copied. Rondo clears it within 30 seconds. Histories are asked to skip it.');
  const said = await told.locator('span').elementHandle();
  const isTheSame = () => said?.evaluate((element) => Object(element).isConnected);
  const countdown = page.getByRole('dialog').getByText(/^Clears itself/);
  await expect(countdown).not.toHaveText(String(await countdown.textContent()));
  expect(await isTheSame()).toBe(true);
  await expect(told).toHaveText('Copied. Rondo clears it within 30 seconds. Histories are asked to skip it.');
  // Another copy is news again.
  await page.getByRole('dialog').getByRole('button', { name: 'Copy again' }).click();
  await expect.poll(isTheSame).toBe(false);
  await expect(told).toBeAttached();
  expect(app.complaints).toEqual([]);
});

test('a sync that reached nobody is told, and one that was refused', async ({ rondo }) => {
  const { page, sandbox, complaints } = await rondo({ vault: 'connected' });
  await setFaults(sandbox, ['error=401@GET /api/v2/me']);
  await page.getByRole('button', { name: /^Synced/ }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Sandbox refused Rondo' })).toBeVisible();
  await sandbox.close();
  await page.getByRole('button', { name: /^Synced/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Sandbox has been offline since' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('the row of a group tells whether it is folded', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await onToken(page, 'fastlane');
  await page.keyboard.press('ArrowLeft');
  const active = async () => page.locator(`#${await tokens(page).getAttribute('aria-activedescendant')}`);
  const head = await active();
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(head).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(await active()).toHaveAttribute('aria-level', '2');
  expect(complaints).toEqual([]);
});

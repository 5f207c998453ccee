import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { enter, tabTo } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { onToken, tokens } from './screens/screen.ts';

// As keyboard.spec.ts: no click, and no focus that a key did not set.

for (const key of ['Delete', 'Backspace']) {
  test(`${key} asks about the token under the cursor, and the safe answer has the focus`, async ({ rondo }) => {
    const app = await rondo({ vault: 'connected' });
    const { page, sandbox } = app;
    const before = sandbox.tokens();
    await onToken(page, 'chromatic');
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name: 'Delete chromatic?' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Keep token' })).toBeFocused();
    // Pressed once more it is no answer.
    await page.keyboard.press(key);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(tokens(page)).toBeFocused();
    // In a field it is a letter's end.
    await page.keyboard.press('/');
    await page.keyboard.press(key);
    await expect(page.getByRole('searchbox')).toHaveValue('');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(sandbox.tokens()).toEqual(before);
    expect(app.complaints).toEqual([]);
  });
}

test('after a deletion the cursor is on the neighbour, and the keys go on there', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await tokens(page).waitFor();
  const underCursor = () => tokens(page).getAttribute('aria-activedescendant');
  await expect(tokens(page)).toBeFocused();
  for (let row = 0; row < 6; row += 1) await page.keyboard.press('ArrowDown');
  const next = await underCursor();
  await page.keyboard.press('ArrowUp');
  const deleted = await underCursor();
  expect(deleted).not.toBe(next);
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: /^Keep token/ })).toBeFocused();
  await tabTo(page, /^Type DELETE/);
  await page.keyboard.type('DELETE');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(tokens(page)).toHaveAttribute('aria-activedescendant', next ?? '');
  await expect(tokens(page)).toBeFocused();
  await expect(page.locator(`#${deleted}`)).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

test('Delete asks about all that are chosen, and about none that is past', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await onToken(page, 'grafana-exporter');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('Delete');
  const both = page.getByRole('dialog', { name: 'Delete 2 tokens?' });
  await expect(both).toBeVisible();
  await tabTo(page, /^Type DELETE/);
  await page.keyboard.type('DELETE');
  await page.keyboard.press('Enter');
  await expect(both).toHaveCount(0);
  const { tokens: all } = expectOk(await app.call('token.list', { search: 'grafana-exporter' }));
  expect(all.map(({ state }) => state)).toEqual(['revoked', 'revoked']);

  await enter(page, /^Gone ones/);
  await onToken(page, 'grafana-exporter');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Space');
  await page.keyboard.press('Delete');
  // Either would have opened its dialog before this one.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(app.complaints).toEqual([]);
});

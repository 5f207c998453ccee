import { expect } from '@playwright/test';
import { byHand } from '../support/by-hand.ts';
import { expectOk } from '../support/core-pieces.ts';
import type { OpenRondo } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { makeKept } from './screens/acts.ts';
import { onToken, openPalette, tokens } from './screens/screen.ts';

/** When each of the sandbox's tokens was used last, but for the one that Rondo is signed in by. */
const uses = ({ sandbox }: OpenRondo) =>
  new Map(
    sandbox
      .tokens()
      .flatMap(({ id, value, lastUsedAt }) => (value === sandbox.personalToken ? [] : [[id, lastUsedAt]])),
  );

test('one token is checked: CircleCI is asked by its value, and says when it is refused; the value stays', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  const { id } = await makeKept(app);
  await onToken(page, 'coverage');
  const pane = page.getByRole('complementary', { name: /^Token coverage/ });
  const made = sandbox.tokens().find(({ label }) => label === 'coverage');
  const before = uses(app);
  await pane.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(pane.getByRole('status')).toContainText('CircleCI says that it works.');
  const after = uses(app);
  expect(
    [...after.keys()].filter((one) => after.get(one) !== before.get(one)),
    'asked by its own value',
  ).toEqual([made?.id]);

  await byHand(sandbox).remove(made?.id ?? '');
  await pane.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(pane.getByRole('alert')).toContainText('CircleCI refuses it.');
  await expect(pane.getByRole('alert')).toContainText('probably deleted since the last sync');
  const { token } = expectOk(await app.call('token.show', { id }));
  expect(token, 'asking changes nothing of it').toMatchObject({ hasValue: 'kept', state: 'active' });
  // Nobody can ask by a value that is not there.
  await onToken(page, 'fastlane');
  const other = page.getByRole('complementary', { name: /^Token fastlane/ });
  await expect(other.getByRole('button', { name: 'Check', exact: true })).toBeDisabled();
  expect(app.complaints).toEqual([]);
});

test('every held value is checked from the palette, by keys alone, and no other', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  for (const label of ['coverage-one', 'coverage-two']) await makeKept(app, label);
  await byHand(sandbox).remove(sandbox.tokens().find(({ label }) => label === 'coverage-two')?.id ?? '');
  const works = sandbox.tokens().find(({ label }) => label === 'coverage-one')?.id;
  const before = uses(app);
  await tokens(page).waitFor();
  await openPalette(page);
  await page.keyboard.type('check every');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await onToken(page, 'coverage-one');
  await expect(page.getByRole('complementary').getByText('CircleCI says that it works.')).toBeVisible();
  await onToken(page, 'coverage-two');
  await expect(page.getByRole('complementary').getByText('CircleCI refuses it.')).toBeVisible();
  const after = uses(app);
  expect([...after.keys()].filter((one) => after.get(one) !== before.get(one))).toEqual([works]);
  const { tokens: all } = expectOk(await app.call('token.list', {}));
  const held = all.filter(({ hasValue }) => hasValue !== 'none').map(({ label }) => label);
  expect(held.toSorted(), 'a refused one is held as before').toEqual(['coverage-one', 'coverage-two']);
  expect(app.complaints).toEqual([]);
});

test('what CircleCI said is said with its time, and of no token that went since', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  await makeKept(app);
  await onToken(page, 'coverage');
  const pane = page.getByRole('complementary', { name: /^Token coverage/ });
  await pane.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(pane.getByRole('status')).toContainText(/Asked at \d\d:\d\d\.$/);
  await byHand(sandbox).remove(sandbox.tokens().find(({ label }) => label === 'coverage')?.id ?? '');
  await page.getByRole('button', { name: /^Gone ones/ }).click();
  await page.getByRole('button', { name: /^Synced/ }).click();
  await expect(tokens(page).getByRole('row', { name: /coverage.*Gone/ })).toBeVisible();
  await onToken(page, 'coverage');
  await expect(pane.getByText(/not listed since/i)).toBeVisible();
  await expect(pane.getByText('CircleCI says that it works.')).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

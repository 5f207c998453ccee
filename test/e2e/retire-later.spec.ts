import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { enter, tabTo } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { planOf, rail, rotateLater } from './screens/screen.ts';

const dayMs = 86_400_000;

test('by mouse: the old token goes a day later, which nobody has to wait for', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await rotateLater(page, 'fastlane');
  const [rotation] = expectOk(await app.call('rotation.list', {})).rotations;
  expect(rotation).toMatchObject({ state: 'waiting', retire: '1d' });
  const proved = rotation?.steps.find(({ name }) => name === 'prove-new')?.at ?? '';
  const dueInMs = Date.parse(rotation?.retireDueAt ?? '') - Date.parse(proved);
  expect(dueInMs).toBeGreaterThanOrEqual(dayMs);
  expect(dueInMs).toBeLessThan(dayMs + 60_000);
  await expect(
    page.getByText(/^Old and new both work\. The old one is deleted on \w+ \d+ \w+ \d+, \d+:\d+/),
  ).toBeVisible();
  await expect(page.getByRole('term').filter({ hasText: 'Old one due' })).toBeVisible();
  await expect(page.getByText('The old token is deleted as soon as you are done here')).toHaveCount(0);
  await rail('Rotations')(page);
  await expect(page.getByRole('cell', { name: 'Waits for its time' })).toBeVisible();
  await expect(page.getByText('0 of 1 replaced'), 'it waits for nobody').toBeVisible();
  await rail('Home')(page);
  await expect(page.getByRole('heading', { name: /rotation waits/ })).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

test('by keyboard alone: an hour', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await planOf(page, 'fastlane');
  await tabTo(page, 'When taken');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^After a time/ })).toBeChecked();
  await enter(page, /Old one works for/);
  // The list takes the keys once the chosen one has the focus.
  await expect(page.getByRole('option', { name: '1 day' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('option', { name: '1 hour' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'works for 1 hour more' })).toBeVisible();
  await enter(page, /^Rotate/);
  await expect(page.getByText('Waits for its time')).toBeVisible();
  expect(expectOk(await app.call('rotation.list', {})).rotations).toMatchObject([{ retire: '1h' }]);
});

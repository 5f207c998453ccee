import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { test } from './rondo-test.ts';
import { onToken, openPalette, rail, tokens } from './screens/screen.ts';

const slugOfIds = /circleci\/\S+/;

test('several of one label are told apart before they are deleted or rotated', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  const amount = 4;
  await onToken(page, 'deploy-bot');
  await expect(page.getByText(`${amount} of 20 tokens`)).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  const deletion = page.getByRole('dialog', { name: `Delete ${amount} tokens?` });
  const told = deletion.getByText(/CircleCI cannot bring them back/);
  await expect(told).toContainText('deploy-bot (api)');
  await expect(told).toContainText('deploy-bot (web)');
  const names = ((await told.textContent()) ?? '').replace(/\. CircleCI.*/, '').split(/, (?=deploy-bot)/);
  expect(new Set(names).size, names.join('; ')).toBe(amount);
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: `Rotate ${amount} tokens?` })).toContainText('deploy-bot (api)');
  expect(complaints).toEqual([]);
});

test('a question about one names its last characters, its project, its account and its age', async ({ rondo }) => {
  const { page, call, complaints } = await rondo({ vault: 'connected' });
  const order = { project: 'gh/tidewater/web', scope: 'status', label: 'deploy-bot', keep: false } as const;
  const { token } = expectOk(await call('token.create-project', order));
  await onToken(page, token.tail ?? 'no tail');
  for (const [key, name] of [
    ['Delete', `Delete deploy-bot ${token.tail}?`],
    ['r', `Rotate deploy-bot ${token.tail}?`],
    ['c', `Take the value of deploy-bot ${token.tail}`],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name })).toContainText(/web, Sandbox, made \d+ \w+ 20\d\d/);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(complaints).toEqual([]);
});

test('two projects of one name are two choices, and one whose slug holds ids has its name', async ({ rondo }) => {
  const { page, call, complaints } = await rondo({ vault: 'connected' });
  expectOk(await call('project.add', { slugs: ['gh/other/web'] }));
  await expect(
    tokens(page)
      .getByRole('row', { name: /tidewater\/web/ })
      .first(),
  ).toBeVisible();
  await expect(tokens(page).getByRole('row', { name: /nightly-reindex search/ })).toBeVisible();
  await page.getByRole('searchbox').fill('nightly search');
  await expect(tokens(page).getByRole('row', { name: /nightly-reindex search/ })).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await tokens(page).focus();
  await page.keyboard.press('n');
  await page.getByRole('dialog').getByRole('combobox', { name: 'Project' }).click();
  for (const name of ['tidewater/web Sandbox', 'other/web Sandbox', 'search Sandbox', 'billing Sandbox'])
    await expect(page.getByRole('option', { name, exact: true })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await openPalette(page);
  await page.keyboard.type('web');
  await expect(page.getByRole('option', { name: 'New token in tidewater/web' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'New token in other/web' })).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('search');
  await expect(page.getByRole('option', { name: /^search/ })).toContainText(slugOfIds);
  await page.keyboard.press('Escape');
  await rail('Settings')(page);
  const named = page.getByRole('listitem').filter({ has: page.getByText('search', { exact: true }) });
  await expect(named).toContainText(slugOfIds);
  await expect(named.getByRole('button', { name: /search, circleci\/\S+$/ })).toBeVisible();
  expect(complaints).toEqual([]);
});

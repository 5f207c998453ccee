import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { test } from './rondo-test.ts';
import { rail, tokens } from './screens/screen.ts';

test('home says how many more need somebody, and leads to the first of them', async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected', tokens: 400 });
  await tokens(page).waitFor();
  // A year on, whatever expires has expired.
  await page.clock.setFixedTime(Date.now() + 366 * 86_400_000);
  await rail('Home')(page);
  const shown = page.getByRole('list', { name: 'Needs you' }).getByRole('listitem');
  // Five of them, and the way to the others.
  await expect(shown).toHaveCount(6);
  const link = page.getByRole('button', { name: /^and \d+ more$/ });
  const more = Number(((await link.textContent()) ?? '').replaceAll(/\D/g, ''));
  const all = Number(((await page.getByRole('heading', { level: 1 }).textContent()) ?? '').replaceAll(/\D/g, ''));
  expect(more).toBe(all - 5);
  await link.click();
  await expect(tokens(page).getByRole('row', { name: /^Needs you now/ })).toContainText(`${all} tokens`);
  const sixth = tokens(page)
    .getByRole('row')
    .nth(1 + 1 + 5);
  await expect(sixth).toHaveAttribute('aria-current', 'true');
  expect(complaints).toEqual([]);
});

test('home with room for all that need somebody offers no more of them', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  await rail('Home')(page);
  await expect(page.getByRole('heading', { name: 'Two tokens need you today' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^and \d+ more$/ })).toHaveCount(0);
});

test('home leads from the values that nobody took to their tokens, whatever the list showed before', async ({
  rondo,
}) => {
  const { page, call, complaints } = await rondo({ vault: 'connected' });
  await tokens(page).waitFor();
  expectOk(
    await call('token.create-project', { project: 'gh/tidewater/web', scope: 'admin', label: 'renovate', keep: false }),
  );
  // What is folded is not seen either.
  const open = tokens(page).getByRole('button', { expanded: true });
  while ((await open.count()) > 0) await open.first().click();
  await page.getByRole('searchbox').fill('hackday');
  await rail('Home')(page);
  await expect(page.getByText('1 value is still sealed.')).toBeVisible();
  await page.getByRole('button', { name: 'Show sealed ones' }).click();
  await expect(page.getByText('1 of 21 tokens')).toBeVisible();
  await expect(tokens(page).getByRole('row', { name: /renovate/ })).toBeVisible();
  expect(complaints).toEqual([]);
});

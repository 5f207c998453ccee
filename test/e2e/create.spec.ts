import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { enter, tabTo } from './keyboard.ts';
import type { OpenRondo } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

// What each answer of the two forms asks of CircleCI, read back from the sandbox.

const dayMs = 86_400_000;

/** To the same day a year later: one more where a leap day lies between. */
function daysOfThisYear(): number {
  const later = new Date();
  later.setUTCFullYear(later.getUTCFullYear() + 1);
  return Math.round((later.getTime() - Date.now()) / dayMs);
}

/** The one that CircleCI has under this label, and what Rondo keeps of it. */
async function made({ call, sandbox }: OpenRondo, label: string) {
  const [atCircleci, ...others] = sandbox.tokens().filter((token) => token.label === label);
  expect(others).toEqual([]);
  const kept = expectOk(await call('token.list', { search: label })).tokens.find((token) => token.label === label);
  const { createdAt = '', expiresAt } = kept ?? {};
  return {
    kind: atCircleci?.kind,
    project: atCircleci?.project,
    scope: atCircleci?.scope,
    days: expiresAt === undefined ? 'never' : Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / dayMs),
    hasValue: kept?.hasValue,
  };
}

async function putAway(page: Page, button: 'Done, forget it' | 'Done, keep it'): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: button }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

for (const [access, scope, expiry, days] of [
  ['Read', 'read', 'after 30 days', 30],
  ['Write', 'write', 'after a year', 365],
  ['Admin', 'admin', 'after 180 days', 180],
  // What a host gives to whom says neither: the sandbox all that there is, for as long as it grants any.
  ['Full', 'admin', 'as CircleCI decides', daysOfThisYear()],
] as const) {
  test(`a personal token that may ${access}, ${expiry}, by clicks`, async ({ rondo }) => {
    const app = await rondo({ vault: 'connected' });
    const { page } = app;
    await page.getByRole('button', { name: 'New token' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Personal', exact: true }).click();
    await form.getByLabel('Token name').fill('artifact-mirror');
    await form.getByRole('radio', { name: new RegExp(`^${access}`) }).click();
    await form.getByRole('combobox', { name: 'Expires' }).click();
    await page.getByRole('option', { name: expiry }).click();
    await form.getByRole('button', { name: 'Create token' }).click();
    await page.getByRole('dialog', { name: 'Take the value of artifact-mirror' }).waitFor();
    expect(await made(app, 'artifact-mirror')).toEqual({
      kind: 'personal',
      project: undefined,
      scope,
      days,
      hasValue: 'sealed',
    });
    await putAway(page, 'Done, forget it');
    expect(app.complaints).toEqual([]);
  });
}

for (const [name, scope] of [
  ['Status', 'status'],
  ['Admin', 'all'],
] as const) {
  test(`a project token that may ${name}, kept, by clicks`, async ({ rondo }) => {
    const app = await rondo({ vault: 'connected' });
    const { page } = app;
    await page.getByRole('button', { name: 'New token' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Project' }).click();
    await page.getByRole('option', { name: /^mobile/ }).click();
    await form.getByLabel('Label').fill('artifact-mirror');
    await form.getByRole('radio', { name: new RegExp(`^${name}`) }).click();
    await form.getByRole('checkbox', { name: /^Keep the value/ }).click();
    await form.getByRole('button', { name: 'Create token' }).click();
    await page.getByRole('dialog', { name: 'Take the value of artifact-mirror' }).waitFor();
    await putAway(page, 'Done, keep it');
    expect(await made(app, 'artifact-mirror')).toEqual({
      kind: 'project',
      project: 'gh/tidewater/mobile',
      scope,
      days: 'never',
      hasValue: 'kept',
    });
    expect(app.complaints).toEqual([]);
  });
}

test('a personal token that may write and dies after a month is made and kept by keyboard alone', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await tokens(page).waitFor();
  await page.keyboard.press('n');
  await expect(page.getByLabel('Label')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, /^Personal$/);
  await page.keyboard.press('Space');
  await tabTo(page, 'Token name');
  await page.keyboard.type('artifact-mirror');
  await tabTo(page, /^Read/);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Write/ })).toBeChecked();
  await tabTo(page, 'Expires');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('option', { name: 'after 90 days' })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await tabTo(page, /^Keep the value/);
  await page.keyboard.press('Space');
  await enter(page, 'Create token');
  await page.getByRole('dialog', { name: 'Take the value of artifact-mirror' }).waitFor();
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  await enter(page, 'Done, keep it');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(tokens(page)).toBeFocused();
  expect(await made(app, 'artifact-mirror')).toEqual({
    kind: 'personal',
    project: undefined,
    scope: 'write',
    days: 30,
    hasValue: 'kept',
  });
  expect(app.complaints).toEqual([]);
});

test('without a label nothing is asked for, and the form says why aloud', async ({ rondo }) => {
  const { page, sandbox, complaints } = await rondo({ vault: 'connected' });
  const before = sandbox.tokens();
  await tokens(page).waitFor();
  await page.keyboard.press('n');
  await expect(page.getByLabel('Label')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(/^Give it a label/);
  expect(sandbox.tokens()).toEqual(before);
  expect(complaints).toEqual([]);
});

test('while a token is made, its form shows what was asked for and takes nothing more', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await page.getByRole('button', { name: 'New token' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Label').fill('artifact-mirror');
  const project = form.getByRole('combobox', { name: 'Project' });
  const before = String(await project.textContent());
  await desktop.whileCoreRests(async () => {
    await form.getByRole('button', { name: 'Create token' }).click();
    await expect(form.getByRole('button', { name: 'Creating' })).toBeVisible();
    await expect(project).toHaveAttribute('aria-readonly', 'true');
    await project.click();
    for (const key of ['ArrowDown', 'End', 'Enter']) await project.press(key);
    await expect(page.getByRole('listbox')).toHaveCount(0);
    await expect(project).toHaveText(before);
    // It is not to be pressed, and is pressed all the same.
    await form.getByRole('button', { name: 'Personal', exact: true }).click({ force: true });
    await form.getByRole('button', { name: 'Personal', exact: true }).press('Enter');
    await expect(page.getByRole('heading', { name: 'New project token' })).toBeVisible();
  });
  await page.getByRole('dialog', { name: 'Take the value of artifact-mirror' }).waitFor();
  expect(await made(app, 'artifact-mirror')).toMatchObject({
    kind: 'project',
    project: 'bb/tidewater-finance/billing',
  });
  expect(app.complaints).toEqual([]);
});

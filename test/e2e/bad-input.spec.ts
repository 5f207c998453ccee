import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { test } from './rondo-test.ts';

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('Personal token').fill(text);
  await page.keyboard.press('Enter');
}

test('a pasted token is taken with whatever came along with it, and what is none is refused in words', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an account' });
  const open = async () => {
    await page.getByRole('button', { name: 'Add an account' }).click();
    await dialog.getByRole('radio', { name: /server/i }).click();
    await dialog.getByLabel('Address of your server').fill(sandbox.url);
  };

  await open();
  const project = sandbox.tokens().find(({ kind }) => kind === 'project')?.value ?? '';
  for (const [text, says] of [
    ['', /no token|Paste/],
    ['  \t ', /no token/],
    ['two words', /one word/],
    [project, /project token/],
    ['ghp_16C7e42F292c6912E7710c838347Ae178B4a', /shape/],
    ['x'.repeat(70_000), /longer|shape|bytes/],
  ] as const) {
    await paste(page, text);
    await expect(dialog.getByRole('alert')).toContainText(says);
    if (text.length > 12) expect(await dialog.textContent()).not.toContain(text.slice(0, 40));
  }
  await page.keyboard.press('Escape');

  const value = sandbox.personalToken;
  for (const text of [
    ` ${value} `,
    `"${value}"`,
    `Circle-Token: ${value}`,
    `'circle-token: "${value}"'`,
    `\r\n\t${value}\n`,
    `Circle-Token:\n"${value}"\n`,
  ]) {
    await open();
    await paste(page, text);
    await expect(dialog, text.replace(value, 'VALUE')).toHaveCount(0);
  }
  const { accounts } = expectOk(await app.call('account.list', {}));
  expect(accounts, 'the same identity is one account').toHaveLength(1);
});

const long = 'pässwörd 🔑 漢字 '.repeat(700).slice(0, 10_000);

for (const [name, chosen, typed] of [
  ['of 10 000 characters', long, long],
  ['in the other form of its letters', 'Ångström Å'.normalize('NFC'), 'Ångström Å'.normalize('NFD')],
  ['in letters that only look other', 'ﬁne ½ ＷＩＤＥ', 'fine 1⁄2 WIDE'],
] as const) {
  test(`a password ${name} opens what it locked`, async ({ rondo }) => {
    const app = await rondo({ vault: 'none' });
    await app.page.getByLabel('Password', { exact: true }).fill(chosen);
    await app.page.getByLabel('The same again').fill(typed);
    await app.page.keyboard.press('Enter');
    await app.page.getByRole('button', { name: 'Look around first' }).click();
    const locked = await app.replaced(() => app.page.keyboard.press('Control+l'));
    await locked.getByLabel('Password of this vault').fill(`${chosen}?`);
    await locked.keyboard.press('Enter');
    await expect(locked.getByRole('alert')).toContainText('wrong');
    await locked.getByLabel('Password of this vault').fill(typed);
    await locked.keyboard.press('Enter');
    await expect(locked.getByRole('heading', { name: 'Rondo is locked' })).toHaveCount(0);
    await expect(locked.getByRole('heading', { name: 'How do you want to begin?' })).toBeVisible();
    expect(app.complaints).toEqual([]);
  });
}

test('an empty password is no wrong one: nothing is tried, and nobody has to wait', async ({ rondo }) => {
  const app = await rondo({ vault: 'locked' });
  const { page } = app;
  await expect(page.getByLabel('Password of this vault')).toBeFocused();
  for (let times = 0; times < 4; times += 1) {
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText('The password is empty. Nothing was tried.');
    await expect(page.getByRole('button', { name: /^Unlock/ })).toHaveAttribute('aria-disabled', 'false');
  }
  expect(expectOk(await app.call('window.read', {})).door).toMatchObject({ wrongTries: 0 });
  await page.keyboard.type('a');
  await expect(page.getByRole('alert'), 'it is empty no more').toHaveCount(0);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Use the recovery code instead' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByLabel('Recovery code of this vault').press('Enter');
  await expect(page.getByRole('alert')).toHaveText('The recovery code is empty. Nothing was tried.');
  await page.getByRole('button', { name: 'Use the password instead' }).click();
  await app.unlock();
  expect(app.complaints).toEqual([]);
});

test("a project's slug may end as in the address of its page; what is none is refused in words", async ({ rondo }) => {
  const { page, complaints } = await rondo({ vault: 'connected' });
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Add a project' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a project' });
  for (const text of ['gh/tidewater', 'gh/tide water/web', 'gh//web', 'https://circleci.com/gh/tidewater/web']) {
    await dialog.getByLabel('Project', { exact: true }).fill(text);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toHaveText('A project is three parts without spaces, like gh/acme/web.');
  }
  await dialog.getByLabel('Project', { exact: true }).fill(' gh/tidewater/web/ ');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  expect(complaints).toEqual([]);
});

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import { formsOf } from '../support/readable-forms.ts';
import { enter } from './keyboard.ts';
import { type OpenRondo, passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { onToken, rail, tokens } from './screens/screen.ts';
import { endApp } from './started-window.ts';

/*
 * Everything that the app and its browser write goes into one folder of the test's own: the vault, the app's data, the
 * browser's profile with its crash reports, and temporary files. No file of it may hold what was typed, shown or copied.
 */

const label = 'canary-label-Grüße-61f0';
const planted = 'planted-so-that-the-search-finds-it';

/** Which needle stands in which file, in any form that can be read. */
async function findIn(dir: string, needles: Readonly<Record<string, string>>): Promise<string[]> {
  const sought = Object.entries(needles).map(([name, text]) => ({ name, forms: formsOf(text) }));
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile())
    .map(async ({ name: file, parentPath }) => {
      const path = join(parentPath, file);
      // A browser takes files away while one looks.
      const content = Buffer.concat([Buffer.from(file), await readFile(path).catch(() => Buffer.alloc(0))]);
      const those = sought.filter(({ forms }) => forms.some((form) => content.includes(form)));
      return those.map(({ name }) => `${name} in ${path.slice(dir.length + 1)}`);
    });
  return (await Promise.all(found)).flat();
}

/** The browser writes late. What it wrote of the page since then is there when what the page has it keep now is. */
async function untilBrowserWrote({ page }: OpenRondo, dir: string): Promise<void> {
  await page.evaluate(`localStorage.setItem('control', '${planted}')`);
  const ofBrowser = (found: string) => !found.endsWith(' in planted');
  await expect
    .poll(async () => (await findIn(dir, { planted })).filter(ofBrowser), { timeout: 30_000 })
    .not.toEqual([]);
}

/** Makes a token, copies its value, and leaves that on the screen. Resolves with the value. */
async function createCopyReveal({ page, desktop }: OpenRondo): Promise<string> {
  await onToken(page, 'fastlane');
  await page.keyboard.press('n');
  await page.getByLabel('Label').pressSequentially(label);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: new RegExp(label) }).waitFor();
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(page.getByRole('group', { name: 'The value' })).toBeVisible();
  const value = await desktop.clipboard();
  expect(value).toMatch(/^CCIP/);
  return value;
}

test('no file holds a password, a value or a label: unlocked and revealed, locked, or after quitting', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'locked' });
  const { page } = app;
  const dir = dirname(app.vaultDir);
  await writeFile(join(dir, 'planted'), `#${Buffer.from(planted).toString('base64')}#`);

  await page.getByLabel('Password of this vault').pressSequentially(passwordText);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Rondo is locked' }).waitFor({ state: 'detached' });
  const value = await createCopyReveal(app);
  const needles = { password: passwordText, value, signIn: app.sandbox.personalToken, label };
  await untilBrowserWrote(app, dir);
  expect(await findIn(dir, needles), 'unlocked').toEqual([]);

  const fresh = await app.replaced(() => page.keyboard.press('Control+l'));
  await fresh.getByRole('heading', { name: 'Rondo is locked' }).waitFor();
  expect(await findIn(dir, needles), 'locked').toEqual([]);

  await endApp(app.process);
  expect(await findIn(dir, needles), 'after quitting').toEqual([]);
  expect(await findIn(dir, { planted }), 'the search still finds what is there').toContain('planted in planted');
});

test('no file holds a value or a label after the page that showed it crashed', async ({ rondo }) => {
  // Two windows and two waits for what a browser writes late, beside another test's app.
  test.slow();
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  const dir = dirname(app.vaultDir);
  const value = await createCopyReveal(app);

  const session = await page.context().newCDPSession(page);
  // A page that crashed answers nobody.
  const fresh = await app.replaced(async () => void session.send('Page.crash').catch(() => {}));
  await expect(fresh.getByText(/crashed/)).toBeVisible();
  await untilBrowserWrote(app, dir);
  const needles = { password: passwordText, value, signIn: app.sandbox.personalToken, label };
  expect(await findIn(dir, needles), 'crashed').toEqual([]);
  await endApp(app.process);
  expect(await findIn(dir, needles), 'after quitting').toEqual([]);
});

test('no file holds a pasted token, a new password, a recovery code or what was searched for', async ({ rondo }) => {
  // Three dialogs that derive keys or wait for CircleCI, beside another test's app.
  test.slow();
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  const dir = dirname(app.vaultDir);
  const [typedToken, newPassword] = ['CCIPAT_typed_91c2e05d7f', 'a-new-password-91c2'];
  const searched = 'canary-search-Grüße-91c2';
  await tokens(page).waitFor();
  await rail('Settings')(page);
  await enter(page, 'Make a recovery code');
  await page.keyboard.type(passwordText);
  await page.keyboard.press('Enter');
  const code = String(await page.getByRole('group', { name: 'The recovery code' }).textContent());
  await enter(page, 'I have it on paper');

  await page.getByRole('button', { name: 'Change the password' }).click();
  const change = page.getByRole('dialog', { name: 'Change the password' });
  for (const field of [change.getByLabel('New password', { exact: true }), change.getByLabel('New password again')])
    await field.pressSequentially(newPassword);
  await change.getByLabel('Current password').pressSequentially(passwordText);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The vault has its new password.')).toBeVisible();

  await rail('Activity')(page);
  const search = page.getByRole('searchbox');
  await search.pressSequentially(searched);
  await expect(page.getByText(`matches "${searched}"`)).toBeVisible();
  for (const [name, value] of [
    ['autocomplete', 'off'],
    ['spellcheck', 'false'],
  ] as const)
    await expect(search).toHaveAttribute(name, value);
  await rail('Settings')(page);
  await page.getByRole('button', { name: /^Add an account/ }).click();
  await page.getByRole('dialog').locator('input[type="password"]').pressSequentially(typedToken);
  // Sent nowhere: it is taken back.
  await page.keyboard.press('Escape');
  await untilBrowserWrote(app, dir);
  const needles = { typedToken, newPassword, searched, code };
  expect(await findIn(dir, needles), 'unlocked').toEqual([]);
  await endApp(app.process);
  expect(await findIn(dir, needles), 'after quitting').toEqual([]);
});

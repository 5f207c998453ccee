import { expect } from '@playwright/test';
import { enter, tabTo } from './keyboard.ts';
import { passwordText } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { rail, tokens } from './screens/screen.ts';

test('a recovery code is made, printed alone, opens the vault, and opens nothing once removed', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  await enter(app.page, /^Settings/);
  await enter(app.page, 'Make a recovery code');
  await expect(app.page.getByLabel('Your password')).toBeFocused();
  await app.page.keyboard.type('not this one');
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('dialog').getByRole('alert').getByText(/wrong/).waitFor();
  await expect(app.page.getByLabel('Your password')).toBeFocused();
  await app.page.keyboard.type(passwordText);
  await app.page.keyboard.press('Enter');
  const code = app.page.getByRole('group', { name: 'The recovery code' });
  await code.waitFor();
  const text = String(await code.textContent());
  // On paper there is the code, and no name of a token, no account, no button.
  await app.page.emulateMedia({ media: 'print' });
  expect(await app.page.evaluate('document.body.innerText')).toContain(text);
  expect(await app.page.evaluate('document.body.innerText')).not.toMatch(/Sandbox|Inventory|Print|on paper/);
  await app.page.emulateMedia({ media: 'screen' });
  await enter(app.page, 'I have it on paper');
  await expect(app.page.getByRole('dialog')).toHaveCount(0);
  expect(await app.page.content()).not.toContain(text);

  const unlockBy = async (typed: string) => {
    const locked = await app.replaced(() => app.page.keyboard.press('Control+l'));
    await locked.getByRole('heading', { name: 'Rondo is locked' }).waitFor();
    await enter(locked, 'Use the recovery code instead');
    await expect(locked.getByLabel('Recovery code of this vault')).toBeFocused();
    await locked.keyboard.type(typed);
    await locked.keyboard.press('Enter');
  };
  await unlockBy(text.toUpperCase());
  await app.page.getByRole('heading', { name: 'Settings' }).waitFor();
  await enter(app.page, 'Remove the recovery code');
  await tabTo(app.page, 'Your password');
  await app.page.keyboard.type(passwordText);
  await app.page.keyboard.press('Enter');
  await app.page.getByText('The recovery code is removed.').waitFor();
  await unlockBy(text);
  await app.page.getByRole('alert').waitFor();
  await enter(app.page, 'Use the password instead');
  await app.page.keyboard.type(passwordText);
  await app.page.keyboard.press('Enter');
  await rail('Inventory')(app.page);
  expect(app.complaints).toEqual([]);
});

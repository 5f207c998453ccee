import { expect } from '@playwright/test';
import { addressOpened } from './desktop.ts';
import { askServer, authorityField as field, serverWithOwnAuthority } from './own-authority.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

test('a server that is not trusted: its certificate is asked for, bad ones are said there, and the right one is taken', async ({
  rondo,
}) => {
  await using server = await serverWithOwnAuthority();
  const { page, call, complaints } = await rondo({ vault: 'empty' });
  const { dialog, add } = await askServer(page, server);
  await expect(field(page)).toHaveCount(0);
  await add.click();
  await expect(dialog.getByRole('alert')).toContainText('its certificate is not trusted');
  await expect(field(page)).toBeVisible();
  expect(server.between.asked).toEqual([]);
  const token = dialog.getByLabel('Personal token');
  await expect(token, 'a value is in the page until it is sent').toHaveValue('');
  await expect(token).toHaveAccessibleDescription(/paste it again/);

  const bad = field(page).and(page.locator('[aria-invalid=true]'));
  for (const [text, says] of [
    ['MIIB but no certificate', 'That is no certificate in PEM'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'The certificate authority could not be read.'],
  ] as const) {
    await field(page).fill(text);
    await expect(bad).toHaveCount(0);
    await token.fill(server.personalToken);
    await expect(token).not.toHaveAccessibleDescription(/paste it again/);
    await add.click();
    await expect(bad).toBeFocused();
    await expect(bad).toHaveAccessibleDescription(new RegExp(says));
    await expect(dialog.getByRole('alert')).toHaveCount(1);
  }

  await field(page).fill(`subject=CN=Rondo test authority\n${server.caPem}`);
  await token.fill(server.personalToken);
  await add.click();
  await expect(tokens(page)).toBeVisible();
  expect(await call('account.list', {})).toMatchObject({ value: { accounts: [{ host: server.between.url }] } });
  expect(complaints).toEqual([]);
});

test('who knows that the server has its own authority says so first, by keyboard, and signs in with the browser', async ({
  rondo,
}) => {
  await using server = await serverWithOwnAuthority();
  server.between.twist = async (_asked, ask) => {
    const { body, ...said } = await ask();
    return { ...said, body: body.replaceAll(/http:\/\/127\.0\.0\.1:[0-9]+/g, server.between.url) };
  };
  const app = await rondo({ vault: 'empty' });
  const { page } = app;
  const { dialog } = await askServer(page, server);
  await dialog.getByRole('button', { name: 'It has its own certificate authority' }).press('Enter');
  await expect(field(page)).toBeFocused();
  await page.keyboard.insertText(server.caPem);
  await dialog.getByRole('button', { name: 'Sign in with CircleCI' }).click();
  await expect(page.getByText('Waiting for you in the browser')).toBeVisible();
  expect(await addressOpened(app)).toContain(server.between.url);
  expect(app.complaints).toEqual([]);
});

test('a sign-in that fails for want of the certificate leads to where it is given', async ({ rondo }) => {
  await using server = await serverWithOwnAuthority();
  const { page, complaints } = await rondo({ vault: 'empty' });
  const { dialog } = await askServer(page, server);
  await dialog.getByRole('button', { name: 'Sign in with CircleCI' }).click();
  const failed = page.getByRole('dialog', { name: 'Sign in with CircleCI' });
  await expect(failed.getByRole('alert')).toContainText('its certificate is not trusted');
  await failed.getByRole('button', { name: 'Give its certificate' }).click();
  await expect(field(page)).toBeFocused();
  await expect(dialog.getByLabel('Address of your server')).toHaveValue(server.between.url);

  await field(page).fill('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----');
  await dialog.getByRole('button', { name: 'Sign in with CircleCI' }).click();
  await failed.getByRole('button', { name: 'Give its certificate' }).click();
  await expect(field(page)).toHaveAccessibleDescription(/could not be read/);
  await expect(field(page)).toHaveValue(/AAAA/);
  expect(complaints).toEqual([]);
});

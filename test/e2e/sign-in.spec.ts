import { expect, type Page } from '@playwright/test';
import { systemClock } from '../../main/platform/clock.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { answerInBrowser } from '../support/browser.ts';
import { addressOpened } from './desktop.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';

const dialogOf = (page: Page) => page.getByRole('dialog', { name: /^Sign(ed)? in/ });

test('from the first window over the browser to the tokens, without a value on any page', async ({ rondo }) => {
  const sandbox = await startSandbox({ port: 0, faults: [], clock: systemClock });
  await using open = new AsyncDisposableStack();
  open.defer(() => sandbox.close());
  const app = await rondo({ vault: 'empty' });
  const { page } = app;
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Paste a token' }).click();
  await page.getByRole('radio', { name: /Server 4.x/ }).click();
  await page.getByLabel('Address of your server').fill(sandbox.url);
  await page.getByRole('button', { name: 'Sign in with CircleCI' }).click();
  await expect(dialogOf(page).getByText('Waiting for you in the browser')).toBeVisible();

  const address = await addressOpened(app);
  expect(address.startsWith(`${sandbox.url}/oauth/authorize?`)).toBe(true);
  await page.getByRole('button', { name: 'Copy its address' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await app.desktop.clipboard()).toBe(address);
  await page.getByRole('button', { name: 'Open the page again' }).click();
  expect(await addressOpened(app, 1)).toBe(address);

  expect(await answerInBrowser(address)).toContain('Go back to Rondo');
  const tokens = page.getByRole('treegrid', { name: 'Tokens' });
  await expect(tokens.getByRole('row', { name: /Rondo/ }).first()).toBeVisible();
  await expect(dialogOf(page)).toHaveCount(0);
  const value = sandbox.tokens().find(({ label }) => label === 'Rondo')?.value ?? 'none was made';
  expect(await page.content()).not.toContain(value);
  expect(app.complaints).toEqual([]);
});

test('signing in again: denied, then allowed, and a read-only one says what is left', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const again = page.getByRole('button', { name: /^Sign in again to/ });
  await again.click();
  await answerInBrowser(await addressOpened(app), { decision: 'deny' });
  await expect(page.getByRole('alert')).toContainText('You did not allow it');
  await page.getByRole('button', { name: 'Try again' }).click();
  const read = { decision: 'allow', access: 'read' } as const;
  await answerInBrowser(await addressOpened(app, 1), read);
  await expect(dialogOf(page).getByText('Signed in as maya-okafor')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(/signed in with the browser until/)).toBeVisible();

  await again.click();
  await answerInBrowser(await addressOpened(app, 2), read);
  await expect(dialogOf(page).getByText(/was not deleted and works until it expires/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toHaveCount(0);
  expect(sandbox.tokens().filter(({ label }) => label === 'Rondo')).toHaveLength(2);
  expect(app.complaints).toEqual([]);
});

test('where CircleCI refuses an account, its message has the way back in', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  await setFaults(sandbox, ['error=401@GET /api/v2/me']);
  await page.getByRole('button', { name: /^Synced/ }).click();
  const refused = page.getByText(/^Sandbox refused Rondo at/);
  await expect(refused).toBeVisible();
  await setFaults(sandbox, []);
  await page.getByRole('button', { name: 'Sign in again to Sandbox' }).click();
  await answerInBrowser(await addressOpened(app));
  await expect(dialogOf(page).getByText('Signed in as maya-okafor')).toBeVisible();
  await expect(refused).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

test('closing means no: the port is closed, nothing has changed, and a host without sign-ins says the other way', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  const before = await app.call('account.list', {});
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const again = page.getByRole('button', { name: /^Sign in again to/ });
  await again.click();
  const address = await addressOpened(app);
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toHaveCount(0);
  await expect.poll(() => answerInBrowser(address).catch(() => 'nobody listens')).toBe('nobody listens');
  expect(await app.call('account.list', {})).toEqual(before);

  await setFaults(sandbox, ['error=404@GET /.well-known']);
  await again.click();
  await expect(page.getByRole('alert')).toContainText('does not say where one signs in');
  await page.getByRole('button', { name: 'Paste a token instead' }).click();
  await expect(page.getByRole('dialog', { name: 'Add an account' })).toBeVisible();
  expect(app.complaints).toEqual([]);
});

test('locking ends it at once, and the page cannot open an address of its own', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: /^Sign in again to/ }).click();
  const address = await addressOpened(app);
  for (const input of [
    '{ page: "sign-in", signIn: "https://evil.example" }',
    '{ page: "sign-in", url: "https://evil.example" }',
    `{ page: "sign-in", signIn: "${'0'.repeat(32)}" }`,
  ]) {
    expect(await page.evaluate(`rondo.call('page.open', ${input}).then(({ ok }) => ok)`)).toBe(false);
  }
  expect(await app.desktop.opened()).toEqual([address]);
  await app.replaced(() => page.keyboard.press('Control+l'));
  await expect(answerInBrowser(address)).rejects.toThrow('fetch failed');
  expect(app.complaints).toEqual([]);
});

import { expect } from '@playwright/test';
import { systemClock } from '../../main/platform/clock.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { answerInBrowser } from '../support/browser.ts';
import { expectOk } from '../support/core-pieces.ts';
import { damageOneToken } from './damage.ts';
import { addressOpened } from './desktop.ts';
import { enter, tabTo, unlockByKeys } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { openPalette, tokens } from './screens/screen.ts';

// As keyboard.spec.ts: no click, and no focus that a key did not set.

test('a damaged token is told, everything else is shown, and the backup gives it back to who types REPAIR', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  await tokens(app.page).waitFor();
  const before = expectOk(await app.call('token.list', {})).tokens.length;
  const label = await damageOneToken(app);
  const { page } = app;
  await expect(page.getByText('1 part of the vault could not be read as it should be.')).toBeVisible();
  expect(expectOk(await app.call('token.list', {})).tokens).toHaveLength(before - 1);

  await enter(page, 'See what is damaged');
  const dialog = page.getByRole('dialog', { name: 'What is damaged' });
  await expect(dialog.getByRole('button', { name: 'Leave it as it is' })).toBeFocused();
  await expect(dialog.getByRole('listitem')).toHaveText(
    /^Token [0-9a-f]{12} does not open; comes back from the backup/,
  );
  const act = dialog.getByRole('button', { name: 'Repair the vault' });
  await expect(act).toBeDisabled();
  await tabTo(page, 'Type REPAIR');
  await page.keyboard.type('REPAIR');
  await expect(act).toBeEnabled();
  await unlockByKeys(await app.replaced(() => page.keyboard.press('Enter')));
  const after = expectOk(await app.call('token.list', {})).tokens;
  expect(after).toHaveLength(before);
  expect(after.map((token) => token.label)).toContain(label);
  await expect(app.page.getByText(/could not be read as it should be/)).toHaveCount(0);
  expect(app.complaints).toEqual([]);
});

test('signing in from the first window, and again: denied, then allowed', async ({ rondo }) => {
  const sandbox = await startSandbox({ port: 0, faults: [], clock: systemClock });
  await using open = new AsyncDisposableStack();
  open.defer(() => sandbox.close());
  const app = await rondo({ vault: 'empty' });
  const { page } = app;
  const signedIn = () => sandbox.tokens().filter(({ label }) => label === 'Rondo').length;
  const dialog = page.getByRole('dialog', { name: /^Sign(ed)? in/ });
  await enter(page, 'Paste a token');
  await page.getByRole('dialog', { name: 'Add an account' }).waitFor();
  await tabTo(page, 'Cloud');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, 'Address of your server');
  await page.keyboard.type(sandbox.url);
  await enter(page, 'Sign in with CircleCI');
  await dialog.getByText('Waiting for you in the browser').waitFor();
  const address = await addressOpened(app);
  await enter(page, 'Copy its address');
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await app.desktop.clipboard()).toBe(address);
  await answerInBrowser(address);
  await expect(tokens(page).getByRole('row', { name: /Rondo/ }).first()).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(tokens(page)).toBeFocused();
  expect(signedIn()).toBe(1);

  await enter(page, /^Settings/);
  await enter(page, /^Sign in again to/);
  await answerInBrowser(await addressOpened(app, 1), { decision: 'deny' });
  await expect(page.getByRole('alert')).toContainText('You did not allow it');
  expect(signedIn()).toBe(1);
  await enter(page, 'Try again');
  await dialog.getByText('Waiting for you in the browser').waitFor();
  await expect(dialog.and(page.locator(':focus-within'))).toBeVisible();
  await answerInBrowser(await addressOpened(app, 2));
  await dialog.getByText(/^Signed in as/).waitFor();
  await enter(page, 'Done');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Sign in again to/ })).toBeFocused();
  expect(app.complaints).toEqual([]);
});

test('a job is paused, gone on with, stopped, and gone on with to its end', async ({ rondo }) => {
  // CircleCI answers when the test lets it, so that the job is under way for as long as the keys take.
  let answers = Promise.withResolvers<void>();
  const app = await rondo({ vault: 'connected', sandboxClock: { ...systemClock, sleep: () => answers.promise } });
  const { page, sandbox } = app;
  const alive = () => sandbox.tokens().filter(({ project }) => project?.endsWith('/web'));
  const before = new Set(alive().map(({ id }) => id));
  const restsAs = async (state: 'paused' | 'stopped') => {
    answers.resolve();
    const job = async () => expectOk(await app.call('job.list', {})).jobs[0];
    await expect.poll(job).toMatchObject({ state, counts: { running: 0 } });
    answers = Promise.withResolvers();
    expect(alive(), 'nothing is missing while it rests').toHaveLength(before.size);
  };
  const title = page.getByRole('heading', { name: 'Laptop lost' });
  await tokens(page).waitFor();
  await openPalette(page);
  await page.keyboard.type('incident');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Incident' })).toBeFocused();
  await tabTo(page, 'What happened');
  await page.keyboard.type('Laptop lost');
  await tabTo(page, /^Project/);
  await page.keyboard.press('ArrowDown');
  // The list takes the keys once the chosen one has the focus.
  await expect(page.getByRole('option', { selected: true })).toBeFocused();
  await page.keyboard.press('w');
  await expect(page.getByRole('option', { name: 'web', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Rotate ${before.size}`, exact: true }).waitFor();
  await setFaults(sandbox, ['latency=1']);
  await enter(page, /^Rotate [0-9]+$/);
  await expect(page.getByRole('button', { name: 'Keep them as they are' })).toBeFocused();
  await enter(page, /^Rotate [0-9]+$/);
  await expect(title).toBeFocused();

  await enter(page, 'Pause');
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await expect(title).toBeFocused();
  await restsAs('paused');
  await enter(page, 'Go on');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await expect(title).toBeFocused();

  await enter(page, 'Stop');
  await expect(page.getByRole('button', { name: 'Keep it going' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('It was stopped').first().waitFor();
  await expect(title).toBeFocused();
  await restsAs('stopped');

  await setFaults(sandbox, []);
  await enter(page, 'Go on');
  await expect(page.getByRole('img', { name: `${before.size} of ${before.size} replaced` })).toBeVisible();
  expect(alive().filter(({ id }) => before.has(id))).toEqual([]);
  expect(app.complaints).toEqual([]);
});

import { expect } from '@playwright/test';
import { byHand } from '../support/by-hand.ts';
import { expectOk } from '../support/core-pieces.ts';
import { enter, tabTo } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { makeAlike, paste, planWithoutRoute, rotateByHand, tokenNamed } from './screens/guided.ts';
import { planOf, rail, startRotating } from './screens/screen.ts';

const label = 'fastlane';
const deleted = 'I have deleted the old one';

test('by mouse: each act on its page, what is wrong in words, and a lock in between', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const old = await tokenNamed(app, label);
  const before = new Set(app.sandbox.tokens().map(({ id }) => id));
  await rotateByHand(app.page, label, 'At once');
  await app.page.getByRole('button', { name: "Open CircleCI's page" }).click();
  await expect(app.page.getByText('The page is open in your browser.')).toBeVisible();
  expect(await app.desktop.opened()).toEqual([
    expect.stringMatching(/\/settings\/project\/github\/tidewater\/mobile\/api$/),
  ]);

  const said = app.page.getByRole('alert');
  await paste(app.page, 'no-token');
  await expect(said, 'its shape').toContainText('does not have the shape of a CircleCI token. Nothing was changed.');
  await paste(app.page, app.sandbox.personalToken);
  await expect(said, 'its kind').toContainText('is a personal token, not a project one');
  await expect(app.page.getByLabel("The new token's value")).toBeFocused();
  await paste(app.page, app.sandbox.tokens().find(({ id }) => id === old.remoteId)?.value ?? '');
  await expect(said, 'the old one').toContainText('The vault knows that value already');

  await rail('Rotations')(app.page);
  await expect(app.page.getByText('1 rotation waits for you')).toBeVisible();
  await expect(app.page.getByRole('cell', { name: /^Create the new token on CircleCI's page/ })).toBeVisible();
  await app.page.getByRole('button', { name: `Open the rotation of ${label}` }).click();
  await app.replaced(() => app.page.keyboard.press('Control+l'));
  await app.unlock();
  const { page } = app;
  const fresh = await makeAlike(app, old);
  await paste(page, fresh.value);
  await page.getByRole('button', { name: deleted }).click();
  await expect(page.getByRole('alert')).toContainText('CircleCI still lists the old token');
  expect(await page.content()).not.toContain(fresh.value);
  await byHand(app.sandbox).remove(old.remoteId ?? '');
  await page.getByRole('button', { name: deleted }).click();
  await expect(page.getByRole('heading', { name: `${label} is replaced` })).toBeVisible();
  await expect(page.getByText('Proved at both ends')).toBeVisible();
  const now = app.sandbox.tokens().map(({ id }) => id);
  expect(now.filter((id) => !before.has(id))).toEqual([fresh.id]);
  expect([...before].filter((id) => !now.includes(id))).toEqual([old.remoteId]);
  expect(app.complaints).toEqual([]);
});

test('by keyboard alone: the old token goes after the new one was taken', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  const old = await tokenNamed(app, label);
  await planOf(page, label);
  await tabTo(page, /^I do it by hand/);
  await page.keyboard.press('Space');
  await enter(page, /^Rotate/);
  await expect(page.getByRole('heading', { name: `Rotating ${label}` })).toBeFocused();
  await enter(page, "Open CircleCI's page");
  await expect(page.getByText('The page is open in your browser.')).toBeVisible();
  await tabTo(page, "The new token's value");
  await page.keyboard.insertText((await makeAlike(app, old)).value);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Waits until you have taken the new value/)).toBeVisible();
  // The rotation is told of before the token that has the value.
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  await enter(page, 'Done, forget it');
  await expect(page.getByRole('button', { name: deleted })).toBeVisible();
  await byHand(app.sandbox).remove(old.remoteId ?? '');
  await enter(page, deleted);
  await expect(page.getByRole('heading', { name: `${label} is replaced` })).toBeFocused();
  expect(app.complaints).toEqual([]);
});

test('where the host has no route it is chosen by itself, and said why', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page } = app;
  await planWithoutRoute(page, app);
  await expect(page.getByRole('checkbox', { name: /^I do it by hand/ })).toBeChecked();
  await expect(page.getByText('Sandbox has no route to create project tokens.')).toBeVisible();
});

test('a refusal is told, answered by hand, and remembered by the next plan', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  const old = await tokenNamed(app, label);
  await setFaults(sandbox, ['error=403@POST /api', 'error=403@DELETE /api']);
  await startRotating(page, label);
  await page.getByLabel("The new token's value").waitFor();
  await expect(page.getByText(/did not create a token of .* \(403: /).first()).toBeVisible();
  expect(expectOk(await app.call('rotation.list', { state: 'waiting' })).rotations).toMatchObject([
    { token: old.id, byHand: ['create'] },
  ]);
  await page.getByRole('button', { name: 'Give up' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give up' }).click();
  await expect(page.getByText('It was given up.').first()).toBeVisible();
  await rail('Inventory')(page);
  await planOf(page, label);
  await expect(page.getByRole('checkbox', { name: /^I do it by hand/ })).toBeChecked();
  await expect(
    page.getByText(/^As Sandbox, Rondo was refused there when it last tried to create a project token\./),
  ).toBeVisible();
});

test('a deletion that no list proved in that moment is looked for once more when somebody says that it is gone', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  const old = await tokenNamed(app, label);
  await planOf(page, label);
  await page.getByRole('radio', { name: /^When taken/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Rotate/ })
    .click();
  await expect(page.getByText(/Waits until you have taken the new value/)).toBeVisible();
  // The first list proves the new token once more; those after it would prove that the old one is gone.
  await setFaults(
    sandbox,
    [2, 3, 4].map((turn) => `error=403@GET /api/v1.1/project/${old.project}/token#${turn}`),
  );
  // The rotation is told of before the token that has the value.
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  await enter(page, 'Done, forget it');
  await expect(page.getByText(/Look whether this page still has it/)).toBeVisible();
  await page.getByRole('button', { name: 'The old one is gone' }).click();
  await expect(page.getByRole('heading', { name: `${label} is replaced` })).toBeVisible();
  // A list that was had before is believed before a person is.
  await expect(page.getByRole('list', { name: 'Steps' })).toContainText(
    `The list of ${old.project}: complete, without it`,
  );
  await expect(page.getByText('the person who looked on its page')).toHaveCount(0);
});

test('an organization with single sign-on is authorized before the old token goes', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected', variants: ['sso'] });
  const { page, sandbox } = app;
  const old = await tokenNamed(app, 'circleci-cli');
  await planOf(page, 'circleci-cli');
  await page.getByRole('radio', { name: /^At once/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Rotate/ })
    .click();
  const authorized = page.getByRole('button', { name: 'I have authorized it' });
  await authorized.click();
  await expect(page.getByRole('alert')).toContainText('kept out of gh/tidewater');
  expect(
    sandbox.tokens().some(({ id }) => id === old.remoteId),
    'the old one is there',
  ).toBe(true);
  const fresh = expectOk(await app.call('token.list', {})).tokens.find(({ rotatedFrom }) => rotatedFrom === old.id);
  await byHand(sandbox).authorize(fresh?.remoteId ?? '', 'gh/tidewater');
  await authorized.click();
  await expect(page.getByRole('heading', { name: 'circleci-cli is replaced' })).toBeVisible();
});

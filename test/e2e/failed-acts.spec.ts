import { expect } from '@playwright/test';
import { systemClock } from '../../main/platform/clock.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { personalValue } from '../support/circleci-client.ts';
import { expectOk } from '../support/core-pieces.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { rotateByHand } from './screens/guided.ts';
import { onToken, rotate, startRotating, tokens } from './screens/screen.ts';

// What failed, or was given up, is said where the person is, and stands in the way of nothing.

test('a rotation that was given up: the same token is rotated again, to its end', async ({ rondo }) => {
  const { page, sandbox, call, complaints } = await rondo({ vault: 'connected' });
  const label = 'fastlane';
  const [before] = sandbox.tokens().filter((token) => token.label === label);
  await rotateByHand(page, label);
  await page.getByRole('button', { name: 'Give up' }).click();
  const dialog = page.getByRole('dialog', { name: `Give up rotating ${label}?` });
  await dialog.getByRole('button', { name: 'Give up' }).click();
  await expect(dialog).toHaveCount(0);
  const states = async () => expectOk(await call('rotation.list', {})).rotations.map(({ state }) => state);
  expect(await states()).toEqual(['abandoned']);

  await page.getByRole('button', { name: 'Back' }).click();
  await rotate(page, label);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(page.getByRole('heading', { name: `${label} is replaced` })).toBeVisible();
  expect((await states()).toSorted()).toEqual(['abandoned', 'done']);
  const after = sandbox.tokens().filter((token) => token.label === label);
  expect(after).toHaveLength(1);
  expect(after[0]?.id).not.toBe(before?.id);
  expect(complaints).toEqual([]);
});

test('a rotation that failed: what it never came to is not to come, and it is rotated again from there', async ({
  rondo,
}) => {
  const { page, sandbox, complaints } = await rondo({ vault: 'connected' });
  await setFaults(sandbox, ['error=500@POST /api/v1.1/project']);
  await startRotating(page, 'fastlane');
  await expect(page.getByRole('heading', { name: 'fastlane was not replaced' })).toBeVisible();
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem');
  await expect(steps.filter({ hasText: 'Not done.' })).toHaveText([
    /^Prove new/,
    /^Deliver/,
    /^Retire old/,
    /^Prove old/,
  ]);
  await expect(page.getByRole('button', { name: 'Do it by hand' })).toHaveCount(0);
  await setFaults(sandbox, []);
  await page.getByRole('button', { name: 'Rotate again' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Rotate fastlane?' });
  await expect(dialog.getByRole('checkbox', { name: /^I do it by hand/ })).not.toBeChecked();
  await expect(dialog.getByRole('button', { name: 'Rotate', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Rotating fastlane' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
  await expect(page.getByText('Not done.')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(tokens(page)).toBeVisible();
  // The newer one has the token now.
  await page.getByRole('navigation').getByRole('button', { name: 'Rotations' }).click();
  await page.getByRole('row', { name: 'Failed' }).getByRole('button').click();
  await expect(page.getByRole('heading', { name: 'fastlane was not replaced' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rotate again' })).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('a rotation that CircleCI refused: by hand comes first, and its plan is by hand already', async ({ rondo }) => {
  const { page, sandbox, complaints } = await rondo({ vault: 'connected' });
  await setFaults(sandbox, ['error=409@POST /api/v1.1/project']);
  await startRotating(page, 'fastlane');
  await expect(page.getByRole('button', { name: 'Rotate again' })).toBeVisible();
  await page.getByRole('button', { name: 'Do it by hand' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rotate fastlane?' });
  await expect(dialog.getByRole('checkbox', { name: /^I do it by hand/ })).toBeChecked();
  await dialog.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(page.getByRole('button', { name: "Open CircleCI's page" })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a rotation whose account CircleCI does not know any more: its sign-in comes first', async ({ rondo }) => {
  const { page, sandbox, complaints } = await rondo({ vault: 'connected' });
  await setFaults(sandbox, ['error=401@GET /api/v2/me']);
  await startRotating(page, 'fastlane');
  await expect(page.getByRole('button', { name: 'Rotate again' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Do it by hand' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Accounts in the settings' }).click();
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('what fails after its dialog was closed is told on the first screen as well', async ({ rondo }) => {
  const answers = Promise.withResolvers<void>();
  const clock = { ...systemClock, sleep: () => answers.promise };
  const sandbox = await startSandbox({ port: 0, faults: ['latency=1'], clock });
  await using open = new AsyncDisposableStack();
  open.defer(() => sandbox.close());
  const { page, complaints } = await rondo({ vault: 'empty' });
  await page.getByRole('button', { name: 'Paste a token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an account' });
  await dialog.getByRole('radio', { name: /^Server/ }).click();
  await dialog.getByLabel('Address of your server').fill(sandbox.url);
  await dialog.getByLabel('Personal token').fill(personalValue);
  await dialog.getByRole('button', { name: 'Add the account' }).click();
  await expect(dialog.getByRole('button', { name: 'Asking CircleCI' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  answers.resolve();
  await expect(page.getByRole('heading', { name: 'How do you want to begin?' })).toBeVisible();
  const note = page.getByRole('region', { name: 'Messages' }).getByRole('alert');
  await expect(note).toBeVisible();
  await note.getByRole('button', { name: 'Put this message away' }).click();
  await expect(note).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('of several tokens one is not deleted: it is named', async ({ rondo }) => {
  const { page, sandbox, call, complaints } = await rondo({ vault: 'connected' });
  const { tokens: all } = expectOk(await call('token.list', {}));
  const ofProject = all.find(({ kind, label }) => kind === 'project' && label === 'fastlane');
  const personal = all.find(({ kind, dueAt }) => kind === 'personal' && dueAt !== undefined);
  expect([ofProject, personal]).not.toContain(undefined);
  await setFaults(sandbox, ['error=403@DELETE /api/v1.1/project']);
  for (const label of [ofProject?.label ?? '', personal?.label ?? '']) {
    await onToken(page, label);
    await page.keyboard.press('Space');
  }
  // Both are in sight again.
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete 2' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 2 tokens?' });
  await dialog.getByLabel('Type DELETE to delete them').fill('DELETE');
  await dialog.getByRole('button', { name: 'Delete 2 tokens' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Not deleted: fastlane. ');
  await dialog.getByRole('button', { name: 'Keep tokens' }).click();
  await expect(page.getByRole('button', { name: 'Delete 1' })).toBeVisible();
  expect(complaints).toEqual([]);
});

import { expect } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import { tabTo } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { answerIncident, openIncident } from './screens/job.ts';
import { rail, tokens } from './screens/screen.ts';

const alive = (sandbox: { tokens(): readonly { id: string; project?: string }[] }, project: string) =>
  sandbox.tokens().filter((token) => token.project?.endsWith(`/${project}`));

test('an incident is answered by keyboard alone: every token of the choice is another one afterwards', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  await openIncident(page);
  await tabTo(page, /^Rotate [0-9]+$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Keep them as they are' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(expectOk(await app.call('job.list', {})).jobs, 'Esc means no').toEqual([]);

  await tabTo(page, /^Only those whose value/);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Rotate 1', exact: true })).toBeVisible();
  const before = new Set(sandbox.tokens().map(({ id }) => id));
  await tabTo(page, /^Rotate 1$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Keep them as they are' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Rotate 1' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('img', { name: '1 of 1 replaced' })).toBeVisible();
  const fresh = sandbox.tokens().filter(({ id }) => !before.has(id));
  expect(fresh, "Rondo's own sign-in token").toHaveLength(1);
  expect(app.complaints).toEqual([]);
});

test('an incident rotates what was shown, and nothing while the choice is not understood', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'connected' });
  await openIncident(page);
  await page.getByRole('checkbox').check();
  const rotate = page.getByRole('button', { name: 'Rotate 1', exact: true });
  await expect(rotate).toBeEnabled();
  const table = page.getByRole('table', { name: 'What would be replaced' });
  const before = page.getByLabel('Created before');
  await before.fill('2026-1');
  await expect(rotate, 'what was found stays in sight, and cannot be rotated').toBeDisabled();
  await before.fill('');
  await expect(rotate).toBeEnabled();
  await page.getByRole('checkbox').uncheck();
  await expect(table).toContainText(/Last used on [A-Z][a-z]{2} \d/);
  await expect(table).not.toContainText(/\d{4}-\d{2}-\d{2}/);
  await before.fill('1 Jan 2015');
  await expect(page.getByRole('status')).toHaveText('No token matches');
});

test('an incident by a date says of how many CircleCI does not tell how old they are', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'connected', variants: ['no-times'] });
  await openIncident(page);
  await page.getByLabel('Created before').fill('1 Jan 2015');
  await expect(page.getByRole('status')).toHaveText(/^13 tokens/);
  await expect(page.getByText('13 tokens whose age CircleCI does not tell are among them.')).toBeVisible();
});

test('a job is paused, gone on with, and its report copied', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox, desktop } = app;
  const before = new Set(alive(sandbox, 'web').map(({ id }) => id));
  await setFaults(sandbox, ['latency=2000']);
  await answerIncident(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();
  await expect.poll(async () => expectOk(await app.call('job.list', {})).jobs[0]?.counts.running).toBe(0);
  expect(alive(sandbox, 'web'), 'nothing is missing while it rests').toHaveLength(before.size);
  await setFaults(sandbox, []);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('img', { name: '4 of 4 replaced' })).toBeVisible();
  expect(alive(sandbox, 'web').filter(({ id }) => before.has(id))).toEqual([]);
  await page.getByRole('button', { name: 'Copy the report' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await desktop.clipboard()).toContain('# Laptop lost: maya-mbp');
});

test('a job that is stopped is asked about first, is listed, and leaves the rest alone', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  await setFaults(sandbox, ['latency=2000']);
  await answerIncident(page);
  await page.getByRole('button', { name: 'Stop' }).click();
  const dialog = page.getByRole('dialog', { name: /^Stop / });
  await expect(dialog.getByRole('button', { name: 'Keep it going' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'It was stopped' })).toBeVisible();
  await expect.poll(async () => expectOk(await app.call('job.list', {})).jobs[0]?.counts.running).toBe(0);
  await rail('Rotations')(page);
  await expect(page.getByRole('button', { name: 'Open the job Laptop lost: maya-mbp' })).toBeVisible();
});

test('several tokens that are chosen in the list are rotated by one job', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, sandbox } = app;
  await tokens(page).waitFor();
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill('grafana-exporter');
  await page.keyboard.press('Enter');
  await expect(tokens(page)).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: 'Rotate 2 tokens?' })).toBeVisible();
  await expect(page.getByText(/Left alone for 10 minutes, Rondo locks/)).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Rotate 2' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '2 tokens' })).toBeVisible();
  await expect(page.getByText('2 waits for you')).toBeVisible();
  await expect(page.getByRole('img', { name: '4 of 6 steps' })).toHaveCount(2);
  expect(sandbox.tokens().filter(({ label }) => label === 'grafana-exporter')).toHaveLength(4);
});

import { expect, type Page } from '@playwright/test';
import { systemClock } from '../../main/platform/clock.ts';
import { expectOk } from '../support/core-pieces.ts';
import { enter } from './keyboard.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { answerIncident } from './screens/job.ts';
import { rail, tokens } from './screens/screen.ts';

// What stopped goes on by a button, once; and stops when it is asked to, whatever was pressed before.

const ways = {
  'a click': (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click(),
  'a double click': (page: Page, name: string) => page.getByRole('button', { name, exact: true }).dblclick(),
  keys: enter,
};

for (const [way, press] of Object.entries(ways)) {
  test(`a job tries again what failed, by ${way}`, async ({ rondo }) => {
    const app = await rondo({ vault: 'connected' });
    const { page, sandbox } = app;
    await setFaults(sandbox, ['error=409@POST /api#1']);
    await answerIncident(page);
    await page.getByRole('button', { name: 'Try 1 again' }).waitFor();
    await setFaults(sandbox, []);
    await press(page, 'Try 1 again');
    await expect(page.getByRole('img', { name: '4 of 4 replaced' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Try/ })).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Messages' }).getByRole('alert')).toHaveCount(0);
    if (way === 'keys') await expect(page.getByRole('heading', { name: 'Laptop lost: maya-mbp' })).toBeFocused();
    expect(app.complaints).toEqual([]);
  });

  test(`all rotations that stopped go on, by ${way}`, async ({ rondo }) => {
    const app = await rondo({ vault: 'connected' });
    const { page, sandbox, call } = app;
    await tokens(page).waitFor();
    const labels = ['fastlane', 'chromatic'];
    const old = sandbox.tokens().filter(({ label }) => labels.includes(label));
    const { tokens: all } = expectOk(await call('token.list', {}));
    const ids = all.filter(({ remoteId }) => old.some(({ id }) => id === remoteId)).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    await setFaults(sandbox, ['error=409@DELETE /api']);
    expectOk(await call('rotation.start', { ids, retire: 'now', keep: true, dryRun: false }));
    const states = async () => expectOk(await call('rotation.list', {})).rotations.map(({ state }) => state);
    expect(await states()).toEqual(['needs-attention', 'needs-attention']);
    await setFaults(sandbox, []);
    await rail('Rotations')(page);
    await press(page, 'Resume all that stopped');
    await expect.poll(states).toEqual(['done', 'done']);
    await expect(page.getByRole('button', { name: 'Resume all that stopped' })).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Messages' }).getByRole('alert')).toHaveCount(0);
    if (way === 'keys') await expect(page.getByRole('heading', { name: 'Rotations' })).toBeFocused();
    const now = sandbox.tokens().filter(({ label }) => labels.includes(label));
    expect(now).toHaveLength(2);
    expect(now.filter(({ id }) => old.some((before) => before.id === id))).toEqual([]);
    expect(app.complaints).toEqual([]);
  });
}

test('a job that is stopped while it waits to go on stays stopped', async ({ rondo }) => {
  // CircleCI answers when the test lets it: until then the steps that run do not end.
  const answers = Promise.withResolvers<void>();
  const app = await rondo({ vault: 'connected', sandboxClock: { ...systemClock, sleep: () => answers.promise } });
  const { page, sandbox } = app;
  await setFaults(sandbox, ['latency=1']);
  await answerIncident(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  const goOn = page.getByRole('button', { name: 'Go on' });
  await goOn.click();
  await expect(goOn).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  const said = page.getByRole('status').filter({ hasText: 'It was stopped' });
  await expect(said).toBeVisible();
  await expect(goOn, 'it is not answered yet').toHaveAttribute('aria-disabled', 'true');
  answers.resolve();
  await expect(goOn).not.toHaveAttribute('aria-disabled');
  await expect(said).toBeVisible();
  expect(expectOk(await app.call('job.list', {})).jobs).toMatchObject([{ state: 'stopped', counts: { done: 0 } }]);
  expect(app.complaints).toEqual([]);
});

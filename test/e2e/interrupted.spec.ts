import { expect, type Page } from '@playwright/test';
import { systemClock } from '../../main/platform/clock.ts';
import { clockTime, dayAndTime } from '../../renderer/text/dates.ts';
import { expectOk } from '../support/core-pieces.ts';
import type { OpenRondo } from './open-rondo.ts';
import { corePids, processTree } from './process-tree.ts';
import { test } from './rondo-test.ts';
import { setFaults, untilAsked } from './sandbox-by-hand.ts';
import { rail, restoreBackup, rotate } from './screens/screen.ts';

const label = 'fastlane';

async function startRotation({ page }: OpenRondo): Promise<void> {
  await page.getByRole('searchbox').fill(label);
  await page
    .getByRole('treegrid', { name: 'Tokens' })
    .getByRole('row', { name: new RegExp(label) })
    .first()
    .click();
  await page.keyboard.press('r');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Rotate/ })
    .click();
}

async function resume(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Rotations/ })
    .click();
  const row = page.getByRole('row', { name: new RegExp(label) });
  await row.getByRole('button').click();
  await page.getByRole('button', { name: 'Resume' }).click();
}

const named = (rondo: OpenRondo) => rondo.sandbox.tokens().filter((token) => token.label === label);

test('the window is killed while CircleCI creates: afterwards one button goes on, and nothing exists twice', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const before = named(app);
  expect(before).toHaveLength(1);
  // The token is made, and its answer is still on its way.
  await setFaults(app.sandbox, ['hang=POST /api/v1.1/project']);
  await startRotation(app);
  await untilAsked(app.sandbox, 'POST', '/token');
  app.process.kill('SIGKILL');
  await app.restart();
  await setFaults(app.sandbox, []);
  await app.unlock();

  await resume(app.page);
  await app.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await app.page.getByText('On the clipboard').waitFor();
  const value = await app.desktop.clipboard();
  await app.page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(app.page.getByRole('heading', { name: `${label} is replaced` })).toBeVisible();
  expect(named(app).map((token) => token.value)).toEqual([value]);
  expect(named(app)[0]?.id).not.toBe(before[0]?.id);
});

test('locked while a rotation runs: its step is written down, and it goes on after the next unlock', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  await setFaults(app.sandbox, ['latency=300']);
  await startRotation(app);
  await untilAsked(app.sandbox, 'POST', '/token');
  await app.replaced(() => app.desktop.announce('lock-screen'));
  await setFaults(app.sandbox, []);
  await app.unlock();
  const { rotations } = expectOk(await app.call('rotation.list', {}));
  expect(rotations).toHaveLength(1);
  if (rotations[0]?.state !== 'waiting') await resume(app.page);
  else {
    await app.page
      .getByRole('navigation')
      .getByRole('button', { name: /^Rotations/ })
      .click();
    await app.page
      .getByRole('row', { name: new RegExp(label) })
      .getByRole('button')
      .click();
  }
  await app.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await app.page.getByText('On the clipboard').waitFor();
  await app.page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(app.page.getByRole('heading', { name: `${label} is replaced` })).toBeVisible();
  expect(named(app)).toHaveLength(1);
});

test('while a step still ends, the page that came with the lock is told nothing', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const order = { project: 'gh/tidewater/web', scope: 'status', label: 'held', keep: true } as const;
  const { token } = expectOk(await app.call('token.create-project', order));
  // The step is waited for, some seconds long: the core that runs it is unlocked until then.
  await setFaults(app.sandbox, ['hang=POST /api/v1.1/project']);
  await startRotation(app);
  await untilAsked(app.sandbox, 'POST', '/token');
  const fresh = await app.replaced(() => app.desktop.announce('lock-screen'));
  // What the window itself would ask the core for is no way around it.
  const codes = await fresh.evaluate<string[]>(
    `Promise.all([
      rondo.call('inventory.read', {}),
      rondo.call('token.take', { id: '${token.id}' }),
      rondo.call('token.copy', { id: '${token.id}' }),
      rondo.call('page.open', { page: 'personal-tokens', account: '${token.account}' }),
    ]).then((answers) => answers.map(({ ok, error }) => ok ? 'answered' : error.code))`,
  );
  expect(codes).toEqual(['locked', 'locked', 'locked', 'locked']);
  expect(await app.desktop.clipboard()).toBe('');
  expect(await app.desktop.opened()).toEqual([]);
  await expect(fresh.getByRole('heading', { name: 'Rondo is locked' })).toBeVisible();
  expect(await fresh.content()).not.toContain(label);
});

test('the core is killed in the middle of a call: the window says so, a fresh one stands ready, nothing is lost', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const before = expectOk(await app.call('token.list', {}));
  await setFaults(app.sandbox, ['hang=GET /api/v2/me']);
  const fresh = await app.replaced(async () => {
    await app.page.getByRole('button', { name: /^Synced/ }).click();
    await untilAsked(app.sandbox, 'GET', '/api/v2/me');
    await app.desktop.killCore();
  });
  await expect(fresh.getByText(/the part that holds the keys ended/)).toBeVisible();
  await setFaults(app.sandbox, []);
  await app.unlock();
  expect(expectOk(await app.call('token.list', {}))).toEqual(before);
  expect(app.complaints).toEqual([]);
});

test('CircleCI is not there: the inventory is, and says how old it is', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await app.sandbox.close();
  await app.page.getByRole('button', { name: /^Synced/ }).click();
  await expect(app.page.getByText(/has been offline since/)).toBeVisible();
  await expect(
    app.page.getByRole('treegrid', { name: 'Tokens' }).getByRole('row', { name: new RegExp(label) }),
  ).toBeVisible();
  await app.page.keyboard.press('/');
  await app.page.getByRole('searchbox').fill(label);
  await expect(app.page.getByText('1 of 20 tokens')).toBeVisible();
});

test('a state of days ago is told with its day, and offline is since the first attempt that failed', async ({
  rondo,
}) => {
  const daysAgo = Date.now() - 3 * 86_400_000;
  const app = await rondo({ vault: 'locked', seedClock: { ...systemClock, now: () => daysAgo } });
  await app.sandbox.close();
  await app.unlock();
  const note = app.page.getByText(/^Sandbox has been offline since/);
  await expect(note).toBeVisible();
  const failedAt = expectOk(await app.call('account.list', {})).accounts[0]?.lastAttempt?.at ?? '';
  const seen = dayAndTime(new Date(daysAgo).toISOString());
  await expect(note).toHaveText(`Sandbox has been offline since ${clockTime(failedAt)}.`);
  await expect(app.page.getByText(/^You see the state of/)).toContainText(`You see the state of ${seen}. `);
});

/** A page that crashed answers nobody. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  void session.send('Page.crash').catch(() => {});
}

test('the page crashes: the vault is locked, and a fresh page says why', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const fresh = await app.replaced(() => crash(app.page));
  await expect(fresh.getByText(/crashed/)).toBeVisible();
  expect(expectOk(await app.call('vault.status', {})).vault.locked).toBe(true);
  await app.unlock();
  await expect(app.page.getByRole('treegrid', { name: 'Tokens' })).toBeVisible();
});

test('a page that keeps crashing is given up: Rondo says so, and ends with its core', async ({ rondo }) => {
  const app = await rondo({ vault: 'none' });
  for (const _third of [1, 2, 3]) await app.replaced(() => crash(app.page));
  const [core] = await corePids(app.process);
  expect(core).toBeDefined();
  await crash(app.page);
  expect(await app.process.ended).toBe(1);
  expect(app.process.errors()).toMatch(/Rondo has ended: .+ The vault is locked, and what was written is safe\./);
  expect(await processTree(core ?? Number.NaN)).toEqual([]);
  await app.restart();
});

test('a backup brings a rotation back without its value: going on deletes nothing, and says what to do', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  await rotate(app.page, label);
  const both = named(app);
  expect(both).toHaveLength(2);
  await restoreBackup(app);
  await rail('Rotations')(app.page);
  const { page } = app;
  await page.getByRole('button', { name: `Open the rotation of ${label}` }).click();
  await page.getByRole('button', { name: 'I have looked, go on from here' }).click();
  await expect(page.getByText(/The old token is left as it is\.$/)).toBeVisible();
  await expect(page.getByText('The vault does not hold the new value.')).toBeVisible();
  for (const untrue of [/nothing is lost/, /sealed in the vault/, /has forgotten/, /goes on at step/]) {
    await expect(page.getByText(untrue)).toHaveCount(0);
  }
  expect(named(app)).toEqual(both);
});

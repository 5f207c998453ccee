import { existsSync, readdirSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import type { OpenRondo } from './open-rondo.ts';
import { corePids } from './process-tree.ts';
import { test } from './rondo-test.ts';
import { makeKept } from './screens/acts.ts';
import { onToken, planOf, rail, tokens, toRestore } from './screens/screen.ts';
import { giveNewKeys } from './seed-vault.ts';

const heading = (page: Page) => page.getByRole('heading', { name: 'Rondo is locked' });

const ways: readonly {
  readonly name: string;
  readonly why: RegExp;
  readonly lock: (rondo: OpenRondo) => Promise<unknown>;
}[] = [
  { name: 'by the person', why: /you locked it/, lock: ({ page }) => page.keyboard.press('Control+l') },
  {
    name: 'when nobody is there',
    why: /nobody/,
    async lock({ desktop }) {
      await desktop.beIdle(10 * 60);
      await desktop.advance(5_000);
      // Whoever unlocks it is there again.
      await desktop.beIdle(0);
    },
  },
  { name: 'with the screen', why: /screen/, lock: ({ desktop }) => desktop.announce('lock-screen') },
  {
    name: 'with a screen of which no event tells',
    why: /screen/,
    async lock({ desktop }) {
      await desktop.lockScreen(true);
      await desktop.advance(5_000);
      await desktop.lockScreen(false);
    },
  },
  { name: 'before the computer sleeps', why: /asleep|sleep/, lock: ({ desktop }) => desktop.announce('suspend') },
  { name: 'when the clock jumps', why: /clock/, lock: ({ desktop }) => desktop.advance(3_600_000) },
  {
    name: 'when another process gives the vault new keys',
    why: /its keys were changed elsewhere/,
    lock: ({ vaultDir }) => giveNewKeys(vaultDir),
  },
  { name: 'when its core is ended', why: /ended/, lock: ({ desktop }) => desktop.killCore() },
];

for (const { name, why, lock } of ways) {
  test(`locked ${name}: the core's process is gone, the page is new and empty, a fresh core stands ready`, async ({
    rondo,
  }) => {
    const app = await rondo({ vault: 'connected' });
    const [before] = await corePids(app.process);
    await app.page.getByRole('searchbox').fill('what was searched');
    // A dialog is open with a form half filled, over a search.
    await app.page.getByRole('button', { name: 'New token' }).first().click();
    await app.page.getByLabel('Label').fill('half a label');
    await app.page.evaluate(`globalThis.planted = 'in the page'`);

    const fresh = await app.replaced(() => lock(app));
    await expect(heading(fresh)).toBeVisible();
    await expect(fresh.getByText(why).first()).toBeVisible();
    await expect.poll(() => existsSync(`/proc/${before}`)).toBe(false);
    expect(await fresh.evaluate(`globalThis.planted ?? 'nothing'`)).toBe('nothing');
    // What fields hold is not in the markup.
    const shown = `document.body.innerText + [...document.querySelectorAll('input, textarea')].map((field) => field.value)`;
    expect(await fresh.evaluate(shown)).not.toMatch(/what was searched|half a label/);

    await app.unlock();
    await expect(app.page.getByRole('treegrid', { name: 'Tokens' })).toBeVisible();
    await expect(app.page.getByRole('searchbox')).toHaveValue('');
    await expect(app.page.getByRole('dialog')).toHaveCount(0);
    expect(await app.page.evaluate(shown)).not.toMatch(/what was searched|half a label/);
    const [after] = await corePids(app.process);
    expect(after).not.toBe(before);
    expect(app.complaints).toEqual([]);
  });
}

/** A dialog with what must not outlast the lock: typed, pasted or shown. */
const dialogs: readonly {
  readonly name: string;
  readonly open: (rondo: OpenRondo) => Promise<unknown>;
  readonly held: RegExp;
}[] = [
  {
    name: 'the plan of a rotation',
    async open({ page }) {
      await planOf(page, 'fastlane');
      await page.getByRole('radio', { name: /^It leaked/ }).click();
    },
    held: /Rotate fastlane|It leaked/,
  },
  {
    name: 'the question whether to delete several',
    async open({ page }) {
      for (const label of ['fastlane', 'chromatic']) {
        const row = tokens(page).getByRole('row', { name: new RegExp(label) });
        await row.hover();
        await row.getByRole('button').click();
      }
      await page.getByRole('button', { name: 'Delete 2' }).click();
      await page.getByLabel('Type DELETE to delete them').fill('DELET');
    },
    held: /Delete 2|DELET/,
  },
  {
    name: 'a new account, its token pasted',
    async open({ page }) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Add an account' }).click();
      await page.getByLabel('Personal token').fill('CCIPAT_pasted_and_not_sent');
    },
    held: /CCIPAT_pasted_and_not_sent/,
  },
  {
    name: 'a value to be taken, revealed',
    async open(app) {
      await onToken(app.page, (await makeKept(app)).label);
      await app.page.keyboard.press('c');
      await app.page.getByRole('button', { name: 'Reveal' }).click();
      await expect(app.page.getByRole('group', { name: 'The value' })).toHaveText(/^CCIPRJ_/);
    },
    held: /CCIPRJ_/,
  },
];

for (const { name, open, held } of dialogs) {
  test(`locked over ${name}: nothing of it is left, before and after the next unlock`, async ({ rondo }) => {
    const app = await rondo({ vault: 'connected' });
    await tokens(app.page).waitFor();
    await open(app);
    const everything = `[...document.querySelectorAll('input, textarea')].map((field) => field.value).join() + document.body.innerText`;
    expect(await app.page.evaluate(everything)).toMatch(held);
    const before = expectOk(await app.call('inventory.read', {})).inventory;
    const fresh = await app.replaced(() => app.desktop.announce('lock-screen'));
    await expect(heading(fresh)).toBeVisible();
    expect(await fresh.evaluate(everything)).not.toMatch(held);
    await app.unlock();
    await expect(app.page.getByRole('navigation')).toBeVisible();
    await expect(app.page.getByRole('dialog')).toHaveCount(0);
    expect(await app.page.evaluate(everything)).not.toMatch(held);
    expect(await app.desktop.clipboard()).toBe('');
    expect(expectOk(await app.call('inventory.read', {})).inventory, 'nothing was done').toEqual(before);
    expect(app.complaints).toEqual([]);
  });
}

test('locked in the middle of a restore, it says that the vault was replaced', async ({ rondo }) => {
  // A second of derivation in which the screen can be locked.
  const app = await rondo({ vault: 'connected', derivation: 'full' });
  await tokens(app.page).waitFor();
  const dialog = await toRestore(app);
  const isRestoring = () => readdirSync(app.vaultDir).some((name) => /^vault\.rondo\.[0-9a-f]{12}\.new$/.test(name));
  const fresh = await app.replaced(async () => {
    await dialog.getByRole('button', { name: 'Restore the backup' }).press('Enter');
    await expect.poll(isRestoring, { intervals: [5] }).toBe(true);
    await app.desktop.announce('lock-screen');
  });
  await expect(fresh.getByText('because it was restored or repaired')).toBeVisible();
  await app.unlock();
  const { entries } = expectOk(await app.call('audit.list', {}));
  expect(entries.filter(({ action }) => action === 'backup.restored')).toHaveLength(1);
  expect(app.complaints).toEqual([]);
});

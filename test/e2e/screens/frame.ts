import { expect, type Page } from '@playwright/test';
import { expectOk } from '../../support/core-pieces.ts';
import { damageOneToken, unreadable } from '../damage.ts';
import { isThere, press, rail, type Screen, tokens } from './screen.ts';

/** Goes to Home on a page with a defect of its own: Home sorts the tokens. */
export async function breakHome(page: Page): Promise<void> {
  await tokens(page).waitFor();
  // In one go: whatever else is drawn in between may sort as well.
  await page.evaluate(`
    Array.prototype.toSorted = () => { throw new Error('a defect') };
    document.querySelector('nav button[title="Home"]').click();
  `);
}

export const frameScreens: readonly Screen[] = [
  {
    name: 'palette',
    vault: 'connected',
    async open(page) {
      await tokens(page).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('rot rel');
    },
    async shows(page) {
      await expect(page.getByRole('option', { name: /Rotate release-please/ })).toBeVisible();
    },
  },
  { name: 'keys', vault: 'connected', open: press('?'), shows: isThere('Keys') },
  { name: 'home', vault: 'connected', open: rail('Home'), shows: isThere(/need.* you today/) },
  {
    name: 'home with more than there is room for',
    vault: 'connected',
    async open(page, { call }) {
      await tokens(page).waitFor();
      const account = expectOk(await call('account.list', {})).accounts[0]?.id ?? '';
      for (const label of ['renovate', 'backup-job', 'dashboard'])
        expectOk(await call('token.create-personal', { account, label, expiresInMs: 30 * 86_400_000, keep: false }));
      await page.clock.setFixedTime(Date.now() + 366 * 86_400_000);
      await rail('Home')(page);
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: /^and \d+ more$/ })).toBeVisible();
    },
  },
  {
    name: 'home before the first account',
    vault: 'empty',
    async open(page) {
      await page.getByRole('button', { name: 'Look around first' }).click();
      await rail('Home')(page);
    },
    async shows(page) {
      await expect(page.getByRole('heading', { name: 'Nothing needs you today' })).toBeVisible();
      await expect(page.getByRole('main').getByRole('button', { name: 'Add an account' })).toBeVisible();
    },
  },
  {
    name: 'home when all is healthy',
    vault: 'connected',
    async open(page, app) {
      await tokens(page).waitFor();
      const { tokens: all } = expectOk(await app.call('token.list', {}));
      const soon = Date.now() + 86_400_000;
      const ids = all.filter(({ dueAt }) => dueAt !== undefined && Date.parse(dueAt) < soon).map(({ id }) => id);
      expectOk(await app.call('token.delete', { ids, confirm: 'DELETE' }));
      await rail('Home')(page);
    },
    async shows(page) {
      await expect(page.getByRole('heading', { name: 'Nothing needs you today' })).toBeVisible();
      await expect(page.getByText(/^All \d+ are on course\. The next one is/)).toBeVisible();
    },
  },
  {
    name: 'activity',
    vault: 'connected',
    async open(page) {
      await rail('Activity')(page);
      await page.getByRole('button', { name: 'Check the chain' }).click();
    },
    async shows(page) {
      await expect(page.getByText(/^The chain is whole/)).toBeVisible();
      await expect(page.getByRole('row', { name: /Account added Sandbox/ })).toBeVisible();
    },
  },
  {
    name: 'screen that cannot be drawn',
    vault: 'connected',
    open: breakHome,
    shows: isThere('Rondo cannot draw this'),
    // React tells it with words of its own before it or after it, as the console formats them.
    complaint: /Error: a defect/,
  },
  {
    name: 'inventory that cannot be read',
    vault: 'connected',
    open: (_page, app) => unreadable(app),
    async shows(page) {
      await expect(page.getByRole('heading', { name: 'Rondo cannot read what its vault holds' })).toBeVisible();
      await expect(page.getByRole('alert')).toContainText('does not have the shape of one');
      await expect(page.getByRole('button', { name: /^Restore the backup of/ })).toBeVisible();
    },
  },
  {
    name: 'damaged vault',
    vault: 'connected',
    async open(page, app) {
      await tokens(page).waitFor();
      await damageOneToken(app);
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'See what is damaged' })).toBeVisible();
    },
  },
  {
    name: 'damage report',
    vault: 'connected',
    async open(page, app) {
      await tokens(page).waitFor();
      await damageOneToken(app);
      await app.page.getByRole('button', { name: 'See what is damaged' }).click();
    },
    shows: isThere('What is damaged'),
  },
];

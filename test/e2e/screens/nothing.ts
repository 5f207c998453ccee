import { expect, type Page } from '@playwright/test';
import type { Stood } from '../../../shared/contract/window.ts';
import { expectOk } from '../../support/core-pieces.ts';
import type { OpenRondo } from '../open-rondo.ts';
import { openIncident } from './job.ts';
import { onToken, rail, type Screen, tokens } from './screen.ts';

/** Locks on a place, and comes back to it. */
async function comeBackTo(app: OpenRondo, place: Stood): Promise<void> {
  await tokens(app.page).waitFor();
  await app.call('window.stand', place);
  await app.replaced(() => app.page.keyboard.press('Control+l'));
  await app.unlock();
}

export async function deleteAll({ page, call }: OpenRondo): Promise<void> {
  await tokens(page).waitFor();
  const ids = expectOk(await call('token.list', {})).tokens.map(({ id }) => id);
  expectOk(await call('token.delete', { ids, confirm: 'DELETE' }));
}

/** Those that are due, from the day after tomorrow on: what is more urgent stays. */
async function deleteComing({ page, call }: OpenRondo): Promise<void> {
  await tokens(page).waitFor();
  const soonMs = Date.now() + 2 * 86_400_000;
  const { tokens: all } = expectOk(await call('token.list', {}));
  const ids = all.filter(({ dueAt }) => dueAt !== undefined && Date.parse(dueAt) > soonMs).map(({ id }) => id);
  expectOk(await call('token.delete', { ids, confirm: 'DELETE' }));
}

const nobody = '0'.repeat(32);

const isUnread = async (page: Page) => {
  await expect(page.getByRole('main').getByRole('alert')).toContainText('A part of the vault is damaged');
  await expect(page.getByRole('main').getByRole('button', { name: 'Try again' })).toBeVisible();
};

/** Where there is nothing to show, or nothing could be read: each says which. */
export const nothingScreens: readonly Screen[] = [
  {
    name: 'home when nothing else is due',
    vault: 'connected',
    async open(page, app) {
      await deleteComing(app);
      await rail('Home')(page);
    },
    async shows(page) {
      await expect(page.getByRole('heading', { name: 'Two tokens need you today' })).toBeVisible();
      await expect(page.getByRole('list', { name: 'Runway' })).toHaveText('No other token has a due date.');
    },
  },
  {
    name: 'home when every token is gone',
    vault: 'connected',
    async open(page, app) {
      await deleteAll(app);
      await rail('Home')(page);
    },
    async shows(page) {
      await expect(page.getByRole('heading', { name: 'Nothing needs you today' })).toBeVisible();
      await expect(page.getByText('Every token that Rondo knew is gone or deleted.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Show gone ones' })).toBeVisible();
    },
  },
  {
    name: 'inventory when every token is gone',
    vault: 'connected',
    open: (_page, app) => deleteAll(app),
    async shows(page) {
      await expect(page.getByText('Every token that Rondo knew is gone or deleted.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Show gone ones' })).toBeVisible();
    },
  },
  {
    name: 'activity without a match',
    vault: 'connected',
    async open(page) {
      await rail('Activity')(page);
      await page.getByRole('searchbox').fill('depoly');
    },
    async shows(page) {
      await expect(
        page.getByText(/^No entry matches "depoly"\. [0-9]+ entries are hidden by the search\.$/),
      ).toBeVisible();
      await expect(page.getByRole('button', { name: 'Clear search' })).toBeVisible();
    },
  },
  {
    name: 'activity that cannot be read',
    vault: 'connected',
    async open(page, { desktop }) {
      await tokens(page).waitFor();
      await desktop.failCalls(['audit.list']);
      await rail('Activity')(page);
    },
    shows: isUnread,
  },
  {
    name: 'palette without a match',
    vault: 'connected',
    async open(page) {
      await tokens(page).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('depoly');
    },
    async shows(page) {
      await expect(page.getByText('Nothing matches "depoly".')).toBeVisible();
      await expect(page.getByRole('dialog').getByText('Enter')).toHaveCount(0);
    },
  },
  {
    name: 'incident that finds nothing',
    vault: 'connected',
    async open(page) {
      await openIncident(page);
      await page.getByLabel('Created before').fill('2019-01-01');
    },
    async shows(page) {
      await expect(page.getByText('No token matches')).toBeVisible();
      await expect(page.getByRole('button', { name: /^Rotate/ })).toBeDisabled();
    },
  },
  {
    name: 'job that is not there',
    vault: 'connected',
    open: (_page, app) => comeBackTo(app, { at: 'job', job: nobody }),
    async shows(page) {
      await expect(page.getByText('This job is not in the vault.')).toBeVisible();
    },
  },
  {
    name: 'job that cannot be read',
    vault: 'connected',
    async open(_page, app) {
      await app.desktop.failCalls(['job.show']);
      await comeBackTo(app, { at: 'job', job: nobody });
    },
    shows: isUnread,
  },
  {
    name: 'jobs that cannot be read',
    vault: 'connected',
    async open(page, { desktop }) {
      await tokens(page).waitFor();
      await desktop.failCalls(['job.list']);
      await rail('Rotations')(page);
    },
    shows: isUnread,
  },
  {
    name: 'rotation that is not there',
    vault: 'connected',
    open: (_page, app) => comeBackTo(app, { at: 'rotation', token: nobody, rotation: nobody }),
    async shows(page) {
      await expect(page.getByText('This rotation is not in the vault.')).toBeVisible();
    },
  },
  {
    name: 'ways into the vault that cannot be read',
    vault: 'connected',
    async open(page, { desktop }) {
      await tokens(page).waitFor();
      await desktop.failCalls(['vault.ways']);
      await rail('Settings')(page);
    },
    shows: isUnread,
  },
  {
    name: 'history that cannot be read',
    vault: 'connected',
    async open(page, { desktop }) {
      await tokens(page).waitFor();
      await desktop.failCalls(['token.show']);
      await onToken(page, 'fastlane');
    },
    shows: isUnread,
  },
];

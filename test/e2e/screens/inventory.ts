import { expect, type Page } from '@playwright/test';
import { setFaults } from '../sandbox-by-hand.ts';
import { isThere, press, type Screen, tokens } from './screen.ts';

export const inventoryScreens: readonly Screen[] = [
  {
    name: 'empty inventory',
    vault: 'empty',
    open: (page) => page.getByRole('button', { name: 'Look around first' }).click(),
    async shows(page) {
      await expect(page.getByText('No account yet. Add one, and Rondo reads')).toBeVisible();
    },
  },
  {
    name: 'inventory',
    vault: 'connected',
    open: press('ArrowDown'),
    async shows(page) {
      await expect(tokens(page).getByRole('row')).not.toHaveCount(0);
      await expect(page.getByRole('complementary', { name: /^Token / })).toBeVisible();
    },
  },
  {
    name: 'open menu of a filter',
    vault: 'connected',
    open: (page) => page.getByRole('button', { name: 'Kind', exact: true }).click(),
    async shows(page) {
      await expect(page.getByRole('menu', { name: 'Kind' }).getByRole('menuitemradio')).toHaveText([
        'Any',
        'Personal',
        'Project',
      ]);
    },
  },
  {
    name: 'open menu of accounts',
    vault: 'connected',
    open: (page) => page.getByRole('button', { name: /^Accounts shown/ }).click(),
    async shows(page) {
      await expect(page.getByRole('menuitemradio', { name: /^Sandbox/ })).toBeVisible();
    },
  },
  {
    name: 'inventory in a narrow window',
    vault: 'connected',
    size: { width: 640, height: 420 },
    open: press('ArrowDown'),
    async shows(page) {
      await expect(tokens(page).getByRole('row')).not.toHaveCount(0);
    },
  },
  {
    name: 'inventory with several chosen',
    vault: 'connected',
    open: chooseTwo,
    async shows(page) {
      await expect(page.getByRole('button', { name: 'Rotate 2' })).toBeVisible();
    },
  },
  {
    name: 'rotating several',
    vault: 'connected',
    async open(page) {
      await chooseTwo(page);
      await page.getByRole('button', { name: 'Rotate 2' }).click();
    },
    shows: isThere('Rotate 2 tokens?'),
  },
  {
    name: 'deleting several',
    vault: 'connected',
    async open(page) {
      await chooseTwo(page);
      await page.getByRole('button', { name: 'Delete 2' }).click();
    },
    shows: isThere('Delete 2 tokens?'),
  },
  {
    name: 'folded group',
    vault: 'connected',
    async open(page) {
      await tokens(page).focus();
      for (const key of ['Home', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    },
    async shows(page) {
      await expect(tokens(page).getByRole('button', { expanded: false })).toHaveCount(1);
    },
  },
  {
    name: 'search without a match',
    vault: 'connected',
    async open(page) {
      await page.keyboard.press('/');
      await page.getByRole('searchbox').fill('depoly');
    },
    async shows(page) {
      await expect(page.getByText('No token matches "depoly".')).toContainText('Near it: deploy');
    },
  },
  {
    name: 'account that cannot be reached',
    vault: 'connected',
    async open(page, { sandbox }) {
      await sandbox.close();
      await page.getByRole('button', { name: /^Synced/ }).click();
    },
    async shows(page) {
      await expect(page.getByText(/Sandbox has been offline since/)).toBeVisible();
      await expect(tokens(page)).toBeVisible();
    },
  },
  {
    name: 'account that refuses Rondo',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['error=401@GET /api/v2/me']);
      await page.getByRole('button', { name: /^Synced/ }).click();
    },
    async shows(page) {
      await expect(page.getByText(/^Sandbox refused Rondo at \d\d:\d\d\./)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Sign in again to Sandbox' })).toBeVisible();
    },
  },
];

async function chooseTwo(page: Page): Promise<void> {
  await press(' ')(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
}

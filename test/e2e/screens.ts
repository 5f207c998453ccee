import { expect, type Page } from '@playwright/test';
import type { OpenRondo, RondoOptions } from './open-rondo.ts';
import { setFaults } from './sandbox-by-hand.ts';

/** A screen of the window: how to get there, and what says that it is there. */
export interface Screen {
  readonly name: string;
  readonly vault: RondoOptions['vault'];
  /** What the window is made that large for; else it is as it opens. */
  readonly size?: { readonly width: number; readonly height: number };
  open(page: Page, rondo: OpenRondo): Promise<unknown>;
  shows(page: Page): Promise<void>;
}

export const tokens = (page: Page) => page.getByRole('grid', { name: 'Tokens' });

const isThere = (name: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole('heading', { name })).toBeVisible();
};
const rail = (name: string) => (page: Page) => page.getByRole('navigation').getByRole('button', { name }).click();
const press = (key: string) => async (page: Page) => {
  await tokens(page).focus();
  await page.keyboard.press(key);
};

/** Puts the cursor on a token that an act can be tried on. */
export async function onToken(page: Page, label: string): Promise<void> {
  await tokens(page).waitFor();
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill(label);
  await expect(
    tokens(page)
      .getByRole('row', { name: new RegExp(label) })
      .first(),
  ).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(tokens(page)).toBeFocused();
}

export async function rotate(page: Page, label: string): Promise<void> {
  await onToken(page, label);
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: `Rotate ${label}?` })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Waits for you')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
}

export async function rotateLeaked(page: Page, label: string): Promise<void> {
  await onToken(page, label);
  await page.keyboard.press('r');
  await page.getByRole('radio', { name: /^It leaked/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Rotate/ })
    .click();
  await page.getByRole('heading', { name: new RegExp(label) }).waitFor();
}

export const screens: readonly Screen[] = [
  {
    name: 'first run',
    vault: 'none',
    open: async () => {},
    shows: isThere('Choose a password for your vault'),
  },
  { name: 'beginning', vault: 'empty', open: async () => {}, shows: isThere('How do you want to begin?') },
  {
    name: 'adding an account',
    vault: 'empty',
    open: (page) => page.getByRole('button', { name: 'Paste a token' }).click(),
    shows: isThere('Add an account'),
  },
  { name: 'unlocking', vault: 'locked', open: async () => {}, shows: isThere('Rondo is locked') },
  {
    name: 'unlocking after a wrong password',
    vault: 'locked',
    async open(page) {
      await page.getByLabel('Password of this vault').fill('not this one');
      await page.keyboard.press('Enter');
    },
    async shows(page) {
      await expect(page.getByRole('alert')).toHaveText(/wrong/);
    },
  },
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
    open: press(' '),
    async shows(page) {
      await expect(page.getByRole('button', { name: 'Rotate 1' })).toBeVisible();
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
    name: 'plan of a rotation',
    vault: 'connected',
    async open(page) {
      await onToken(page, 'release-please');
      await page.keyboard.press('r');
    },
    shows: isThere('Rotate release-please?'),
  },
  {
    name: 'plan of a rotation of a leaked token',
    vault: 'connected',
    async open(page) {
      await onToken(page, 'fastlane');
      await page.keyboard.press('r');
      await page.getByRole('radio', { name: /^It leaked/ }).click();
    },
    async shows(page) {
      await expect(page.getByRole('listitem').filter({ hasText: 'deleted at once and proved gone' })).toBeVisible();
    },
  },
  {
    name: 'finished rotation of a leaked token',
    vault: 'connected',
    open: (page) => rotateLeaked(page, 'fastlane'),
    shows: isThere('fastlane is replaced'),
  },
  {
    name: 'giving up a rotation',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['error=403@POST /api']);
      await rotateLeaked(page, 'fastlane');
      await page.getByRole('button', { name: 'Give up' }).click();
    },
    async shows(page) {
      await expect(page.getByRole('dialog', { name: 'Give up rotating fastlane?' })).toContainText(
        'the old token is deleted; no new one was made',
      );
    },
  },
  {
    name: 'rotation that waits',
    vault: 'connected',
    open: (page) => rotate(page, 'release-please'),
    shows: isThere('Rotating release-please'),
  },
  {
    name: 'rotation with the value on the clipboard',
    vault: 'connected',
    async open(page) {
      await rotate(page, 'release-please');
      await page.keyboard.press('c');
    },
    async shows(page) {
      await expect(page.getByText('On the clipboard')).toBeVisible();
    },
  },
  {
    name: 'finished rotation',
    vault: 'connected',
    async open(page) {
      await rotate(page, 'release-please');
      await page.keyboard.press('c');
      await page.getByRole('button', { name: 'Done, forget it' }).click();
    },
    shows: isThere('release-please is replaced'),
  },
  {
    name: 'rotation that needs somebody',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['drop-after=POST /api/v1.1/project', 'error=403@DELETE /api']);
      await onToken(page, 'fastlane');
      await page.keyboard.press('r');
      await page.keyboard.press('Enter');
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
    },
  },
  {
    name: 'rotation that failed',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['error=403@POST /api']);
      await onToken(page, 'fastlane');
      await page.keyboard.press('r');
      await page.keyboard.press('Enter');
    },
    shows: isThere('fastlane was not replaced'),
  },
  {
    name: 'rotation in a narrow window',
    vault: 'connected',
    size: { width: 640, height: 760 },
    open: (page) => rotate(page, 'release-please'),
    shows: isThere('Rotating release-please'),
  },
  {
    name: 'rotations',
    vault: 'connected',
    async open(page) {
      await rotate(page, 'release-please');
      await rail('Rotations')(page);
    },
    shows: isThere('Rotations'),
  },
  { name: 'new project token', vault: 'connected', open: press('n'), shows: isThere('New project token') },
  {
    name: 'new personal token',
    vault: 'connected',
    async open(page) {
      await press('n')(page);
      await page.getByRole('button', { name: 'Personal', exact: true }).click();
    },
    shows: isThere('New personal token'),
  },
  {
    name: 'revealed value',
    vault: 'connected',
    async open(page) {
      await press('n')(page);
      await page.getByLabel('Label').fill('artifact-mirror');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Reveal' }).click();
    },
    async shows(page) {
      await expect(page.getByRole('group', { name: 'The value' })).toHaveText(/^CCIPRJ_/);
    },
  },
  {
    name: 'deleting a project token',
    vault: 'connected',
    async open(page) {
      await onToken(page, 'fastlane');
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
    },
    shows: isThere('Delete fastlane?'),
  },
  {
    name: 'deleting a personal token',
    vault: 'connected',
    async open(page) {
      await onToken(page, 'hackday');
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
    },
    shows: isThere('Delete hackday?'),
  },
  {
    name: 'creation that CircleCI refuses',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['error=403@POST /api']);
      await press('n')(page);
      await page.getByLabel('Label').fill('artifact-mirror');
      await page.keyboard.press('Enter');
    },
    async shows(page) {
      await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
    },
  },
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
    name: 'activity',
    vault: 'connected',
    async open(page) {
      await rail('Activity')(page);
      await page.getByRole('button', { name: 'Check the chain' }).click();
    },
    async shows(page) {
      await expect(page.getByText(/^The chain is whole/)).toBeVisible();
      await expect(page.getByRole('cell', { name: 'Account added' })).toBeVisible();
    },
  },
  { name: 'settings', vault: 'connected', open: rail('Settings'), shows: isThere('Settings') },
  {
    name: 'changing the password',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Change the password' }).click();
      await page.getByLabel('The new one', { exact: true }).fill('correct horse battery');
    },
    shows: isThere('Change the password'),
  },
  {
    name: 'adding a project',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: 'Add a project' }).click();
    },
    shows: isThere('Add a project'),
  },
  {
    name: 'account that cannot be reached',
    vault: 'connected',
    async open(page, { sandbox }) {
      await sandbox.close();
      await page.getByRole('button', { name: /^Synced/ }).click();
    },
    async shows(page) {
      await expect(page.getByText(/Sandbox is offline since/)).toBeVisible();
      await expect(tokens(page)).toBeVisible();
    },
  },
];

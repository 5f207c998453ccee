import { expect } from '@playwright/test';
import { expectOk } from '../../support/core-pieces.ts';
import type { OpenRondo } from '../open-rondo.ts';
import { setFaults } from '../sandbox-by-hand.ts';
import { isThere, onToken, press, type Screen } from './screen.ts';

/** A token whose value stays in the vault. */
export async function makeKept({ call }: OpenRondo, label = 'exporter') {
  const order = { project: 'gh/tidewater/web', scope: 'read-only', label, keep: true } as const;
  return expectOk(await call('token.create-project', order)).token;
}

export const actsScreens: readonly Screen[] = [
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
    name: 'sealed value',
    vault: 'connected',
    async open(page) {
      await press('n')(page);
      await page.getByLabel('Label').fill('artifact-mirror');
      await page.keyboard.press('Enter');
    },
    async shows(page) {
      await expect(page.getByRole('dialog', { name: /artifact-mirror/ })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
    },
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
    size: { width: 1000, height: 620 },
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['error=403@POST /api']);
      await press('n')(page);
      await page.getByLabel('Label').fill('artifact-mirror');
      await page.keyboard.press('Enter');
    },
    async shows(page) {
      // At the end of a long form: not under the dialog's foot.
      await expect(page.getByRole('dialog').getByRole('alert')).toBeInViewport({ ratio: 0.99 });
    },
  },
];

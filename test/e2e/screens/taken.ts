import { expect, type Page } from '@playwright/test';
import { expectOk } from '../../support/core-pieces.ts';
import type { OpenRondo } from '../open-rondo.ts';
import { setFaults } from '../sandbox-by-hand.ts';
import { tokenNamed } from './guided.ts';
import { onToken, planOf, rotate, type Screen } from './screen.ts';

/** A rotation that stopped after its new value was taken. */
async function takeAndStop(page: Page, { sandbox }: OpenRondo): Promise<void> {
  await rotate(page, 'release-please');
  await setFaults(sandbox, ['error=403@DELETE /api']);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(page.getByText(/did not delete the token/)).toBeVisible();
}

/** What the page says of a value that was taken, here or elsewhere. */
export const takenScreens: readonly Screen[] = [
  {
    name: 'rotation whose value was taken',
    vault: 'connected',
    open: takeAndStop,
    async shows(page) {
      await expect(page.getByText('The vault holds it until this rotation ends.')).toBeVisible();
    },
  },
  {
    name: 'rotation whose value is taken again',
    vault: 'connected',
    async open(page, rondo) {
      await takeAndStop(page, rondo);
      await page.getByRole('button', { name: 'Take it again' }).click();
    },
    async shows(page) {
      await expect(page.getByText(/^You have taken it already\./)).toBeVisible();
    },
  },
  {
    name: 'value that was taken meanwhile',
    vault: 'connected',
    async open(page, { call }) {
      const order = { project: 'gh/tidewater/web', scope: 'read-only', label: 'artifact-mirror', keep: false } as const;
      const { token } = expectOk(await call('token.create-project', order));
      await onToken(page, order.label);
      await page.keyboard.press('c');
      await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
      expectOk(await call('token.taken', { id: token.id }));
    },
    async shows(page) {
      await expect(page.getByText('The vault does not hold this value any more.')).toBeVisible();
    },
  },
  {
    name: 'plan of a token that was deleted meanwhile',
    vault: 'connected',
    async open(page, rondo) {
      const { id } = await tokenNamed(rondo, 'fastlane');
      await planOf(page, 'fastlane');
      expectOk(await rondo.call('token.delete', { ids: [id], confirm: 'DELETE' }));
    },
    async shows(page) {
      await expect(page.getByText(/^This token cannot be rotated any more/)).toBeVisible();
    },
  },
];

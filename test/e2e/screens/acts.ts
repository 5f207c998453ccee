import { expect, type Page } from '@playwright/test';
import { byHand } from '../../support/by-hand.ts';
import { expectOk } from '../../support/core-pieces.ts';
import type { OpenRondo } from '../open-rondo.ts';
import { setFaults } from '../sandbox-by-hand.ts';
import { isThere, onToken, press, type Screen } from './screen.ts';

/** A token whose value stays in the vault. No label of the sandbox holds its own: a search for it finds it alone. */
export async function makeKept({ call }: OpenRondo, label = 'coverage') {
  const order = { project: 'gh/tidewater/web', scope: 'read-only', label, keep: true } as const;
  return expectOk(await call('token.create-project', order)).token;
}

async function copied(page: Page, app: OpenRondo): Promise<void> {
  await onToken(page, (await makeKept(app)).label);
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
}

async function copiedAndDone(page: Page, app: OpenRondo): Promise<void> {
  await copied(page, app);
  await page.clock.setFixedTime(Date.now());
  await page.getByRole('button', { name: 'Done, keep it' }).click();
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
      const value = page.getByRole('group', { name: 'The value' });
      // It hides itself after ten seconds, and looking at the first theme may take as long.
      if (!(await value.isVisible())) await page.getByRole('button', { name: 'Reveal' }).click();
      await expect(value).toHaveText(/^CCIPRJ_/);
    },
  },
  {
    name: 'sealed value of a Status token',
    vault: 'connected',
    async open(page, { call }) {
      const order = { project: 'gh/tidewater/web', scope: 'status', label: 'for-the-readme', keep: false } as const;
      expectOk(await call('token.create-project', order));
      await onToken(page, order.label);
      await page.keyboard.press('c');
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'Copy as badge' })).toBeVisible();
    },
  },
  {
    name: 'value that the clipboard refused',
    vault: 'connected',
    async open(page, { desktop }) {
      await desktop.refuseCopies();
      await press('n')(page);
      await page.getByLabel('Label').fill('artifact-mirror');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
    },
    async shows(page) {
      await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Done, forget it' })).toBeDisabled();
    },
  },
  {
    name: 'value that is kept',
    vault: 'connected',
    open: copied,
    async shows(page) {
      await expect(page.getByRole('dialog').getByText('On the clipboard')).toBeVisible();
      await expect(page.getByText(/^Kept in the vault, because you chose so/)).toBeVisible();
    },
  },
  {
    name: 'value that is still on the clipboard',
    vault: 'connected',
    open: copiedAndDone,
    async shows(page) {
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(page.getByRole('banner').getByText(/^Copied value clears in 0:[0-9]{2}$/)).toBeVisible();
    },
  },
  {
    name: 'value that is still on the clipboard in a narrow window',
    vault: 'connected',
    size: { width: 640, height: 760 },
    open: copiedAndDone,
    async shows(page) {
      await expect(page.getByRole('banner').getByRole('button', { name: 'Clear clipboard' })).toBeInViewport({
        ratio: 1,
      });
    },
  },
  {
    name: 'token that works',
    vault: 'connected',
    async open(page, app) {
      await onToken(page, (await makeKept(app)).label);
      await page.getByRole('button', { name: 'Check', exact: true }).click();
    },
    async shows(page) {
      await expect(page.getByRole('status').getByText('CircleCI says that it works.')).toBeVisible();
    },
  },
  {
    name: 'token that CircleCI refuses',
    vault: 'connected',
    async open(page, app) {
      const { label } = await makeKept(app);
      const made = app.sandbox.tokens().find((token) => token.label === label);
      await byHand(app.sandbox).remove(made?.id ?? '');
      await onToken(page, label);
      await page.getByRole('button', { name: 'Check', exact: true }).click();
    },
    async shows(page) {
      await expect(page.getByRole('alert').getByText('CircleCI refuses it.')).toBeVisible();
    },
  },
  {
    name: 'deleting a project token',
    vault: 'connected',
    async open(page) {
      await onToken(page, 'fastlane');
      await page
        .getByRole('complementary', { name: /^Token fastlane/ })
        .getByRole('button', { name: 'Delete' })
        .click();
    },
    shows: isThere('Delete fastlane?'),
  },
  {
    name: 'deleting a personal token',
    vault: 'connected',
    async open(page) {
      await onToken(page, 'hackday');
      await page
        .getByRole('complementary', { name: /^Token hackday/ })
        .getByRole('button', { name: 'Delete' })
        .click();
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

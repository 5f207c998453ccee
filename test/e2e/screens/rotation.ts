import { expect } from '@playwright/test';
import { setFaults, untilAsked } from '../sandbox-by-hand.ts';
import { rotateByHand } from './guided.ts';
import {
  isThere,
  planOf,
  rail,
  restoreBackup,
  rotate,
  rotateLater,
  rotateLeaked,
  type Screen,
  startRotating,
} from './screen.ts';

export const rotationScreens: readonly Screen[] = [
  {
    name: 'plan of a rotation',
    vault: 'connected',
    async open(page) {
      await planOf(page, 'release-please');
    },
    shows: isThere('Rotate release-please?'),
  },
  {
    name: 'plan of a rotation of a leaked token',
    vault: 'connected',
    async open(page) {
      await planOf(page, 'fastlane');
      await page.getByRole('radio', { name: /^It leaked/ }).click();
    },
    async shows(page) {
      await expect(page.getByRole('listitem').filter({ hasText: 'deleted at once and proved gone' })).toBeVisible();
    },
  },
  {
    name: 'plan of a rotation that deletes after a time',
    vault: 'connected',
    async open(page) {
      await planOf(page, 'fastlane');
      await page.getByRole('radio', { name: /^After a time/ }).click();
    },
    async shows(page) {
      await expect(page.getByRole('listitem').filter({ hasText: 'works for 1 day more' })).toBeVisible();
    },
  },
  {
    name: 'rotation that waits for its time',
    vault: 'connected',
    open: (page) => rotateLater(page, 'fastlane'),
    async shows(page) {
      await expect(page.getByText('Waits for its time')).toBeVisible();
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
    name: 'rotation with the value cleared from the clipboard',
    vault: 'connected',
    async open(page) {
      await rotate(page, 'release-please');
      await page.keyboard.press('c');
      await page.getByRole('button', { name: 'Clear now' }).click();
    },
    async shows(page) {
      await expect(page.getByText('Cleared from the clipboard')).toBeVisible();
    },
  },
  {
    name: 'rotation with something else on the clipboard',
    vault: 'connected',
    async open(page, { desktop }) {
      await rotate(page, 'release-please');
      await page.keyboard.press('c');
      await page.getByText('On the clipboard').waitFor();
      await desktop.copy('something else');
      await page.getByRole('button', { name: 'Clear now' }).click();
    },
    async shows(page) {
      await expect(page.getByText('Something else is on the clipboard now')).toBeVisible();
    },
  },
  {
    name: 'rotation that begins',
    vault: 'connected',
    async open(page, { desktop }) {
      await planOf(page, 'fastlane');
      await desktop.holdCore();
      await page.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true }).press('Enter');
    },
    async shows(page) {
      await expect(page.getByRole('heading', { name: 'Rotating fastlane' })).toBeVisible();
      await expect(page.getByText('Asking CircleCI', { exact: true })).toBeVisible();
    },
  },
  {
    name: 'running rotation',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['hang=POST /api/v1.1/project']);
      await startRotating(page, 'fastlane');
      await untilAsked(sandbox, 'POST', '/token');
    },
    async shows(page) {
      await expect(page.getByText(/^Step 2 of 6, creating the new token\./)).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Where it stands' })).toBeVisible();
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
    name: 'receipt that the clipboard refused',
    vault: 'connected',
    async open(page, { desktop }) {
      await rotate(page, 'release-please');
      await page.keyboard.press('c');
      await page.getByRole('button', { name: 'Done, forget it' }).click();
      await desktop.refuseCopies();
      await page.getByRole('button', { name: 'Copy as text' }).click();
    },
    async shows(page) {
      const text = page.getByRole('textbox', { name: 'This system did not allow it. Select the text instead.' });
      await expect(text).toHaveValue(/release-please/);
    },
  },
  {
    name: 'rotation that needs somebody',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['drop-after=POST /api/v1.1/project', 'error=403@DELETE /api']);
      await startRotating(page, 'fastlane');
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
    },
  },
  {
    name: 'rotation that failed',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['error=409@POST /api']);
      await startRotating(page, 'fastlane');
    },
    shows: isThere('fastlane was not replaced'),
  },
  {
    name: 'rotation that was given up',
    vault: 'connected',
    async open(page) {
      await rotateByHand(page, 'fastlane');
      await page.getByRole('button', { name: 'Give up' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Give up' }).click();
    },
    async shows(page) {
      await expect(page.getByRole('heading', { name: 'Rotating fastlane was given up' })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Rotate again' })).toBeVisible();
    },
  },
  {
    name: 'rotation in a narrow window',
    vault: 'connected',
    size: { width: 640, height: 760 },
    open: (page) => rotate(page, 'release-please'),
    shows: isThere('Rotating release-please'),
  },
  {
    name: 'rotation that a backup brought back without its value',
    vault: 'connected',
    async open(page, app) {
      await rotate(page, 'release-please');
      await restoreBackup(app);
      await rail('Rotations')(app.page);
      await app.page.getByRole('button', { name: 'Open the rotation of release-please' }).click();
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'I have looked, go on from here' })).toBeVisible();
      await expect(page.getByText('The vault does not hold the new value.')).toBeVisible();
      for (const untrue of [
        /nothing is lost/,
        /sealed in the vault/,
        /has forgotten/,
        /goes on at step/,
        /Waits until/,
        /^Sealed/,
        /both answer/,
        /still valid/,
      ]) {
        await expect(page.getByText(untrue)).toHaveCount(0);
      }
    },
  },
  {
    name: 'rotations before the first',
    vault: 'connected',
    open: rail('Rotations'),
    async shows(page) {
      await expect(page.getByText('No token has been rotated here yet.')).toBeVisible();
    },
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
];

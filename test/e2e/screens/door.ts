import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { vaultFileName } from '../../../shared/vault-files.ts';
import { answerInBrowser } from '../../support/browser.ts';
import { loseVault, spoilHeaders } from '../damage.ts';
import { passwordText } from '../open-rondo.ts';
import { askUntrusted, authorityField } from '../own-authority.ts';
import { setFaults, untilAsked } from '../sandbox-by-hand.ts';
import { answerIncident } from './job.ts';
import { isThere, rail, type Screen, tokens } from './screen.ts';

export const doorScreens: readonly Screen[] = [
  {
    name: 'first run',
    vault: 'none',
    open: async () => {},
    shows: isThere('Choose a password for your vault'),
  },
  {
    name: 'first run beside the backups of a vault that is gone',
    vault: 'connected',
    async open(page, app) {
      await tokens(page).waitFor();
      await loseVault(app);
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: /^Restore the backup of/ })).toBeVisible();
    },
  },
  {
    name: 'restoring a vault that is gone',
    vault: 'connected',
    async open(page, app) {
      await tokens(page).waitFor();
      const fresh = await loseVault(app);
      await fresh.getByRole('button', { name: /^Restore the backup of/ }).click();
    },
    shows: isThere('Restore this backup?'),
  },
  { name: 'beginning', vault: 'empty', open: async () => {}, shows: isThere('How do you want to begin?') },
  {
    name: 'adding an account',
    vault: 'empty',
    open: (page) => page.getByRole('button', { name: 'Paste a token' }).click(),
    shows: isThere('Add an account'),
  },
  {
    name: 'adding a server with its own certificate authority',
    vault: 'empty',
    async open(page) {
      await page.getByRole('button', { name: 'Paste a token' }).click();
      await page.getByRole('radio', { name: /^Server/ }).click();
      await page.getByRole('button', { name: 'It has its own certificate authority' }).click();
    },
    async shows(page) {
      await expect(authorityField(page)).toBeFocused();
    },
  },
  {
    name: 'server that is not trusted',
    vault: 'empty',
    open: (page) => askUntrusted(page),
    async shows(page) {
      await expect(page.getByRole('alert')).toContainText('its certificate is not trusted');
      await expect(authorityField(page)).toBeVisible();
    },
  },
  {
    name: 'certificate that is none',
    vault: 'empty',
    async open(page) {
      const { add } = await askUntrusted(page);
      await authorityField(page).fill('/etc/ssl/certs/our-own-authority.pem');
      await add.click();
    },
    async shows(page) {
      await expect(page.getByRole('alert')).toContainText('That is no certificate in PEM');
    },
  },
  {
    name: 'signing in',
    vault: 'connected',
    async open(page) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: /^Sign in again to/ }).click();
    },
    async shows(page) {
      await expect(page.getByText('Waiting for you in the browser')).toBeVisible();
    },
  },
  {
    name: 'signing in refused',
    vault: 'connected',
    async open(page, { desktop }) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: /^Sign in again to/ }).click();
      await expect.poll(async () => (await desktop.opened()).length).toBe(1);
      await answerInBrowser((await desktop.opened())[0] ?? '', { decision: 'deny' });
    },
    async shows(page) {
      await expect(page.getByRole('alert')).toContainText('You did not allow it');
    },
  },
  {
    name: 'signed in again',
    vault: 'connected',
    async open(page, { desktop }) {
      await rail('Settings')(page);
      await page.getByRole('button', { name: /^Sign in again to/ }).click();
      await expect.poll(async () => (await desktop.opened()).length).toBe(1);
      await answerInBrowser((await desktop.opened())[0] ?? '');
    },
    async shows(page) {
      await expect(page.getByText('Signed in as maya-okafor')).toBeVisible();
    },
  },
  {
    name: 'unlocking where another vault was wanted',
    vault: 'locked',
    open: (_page, { desktop }) => desktop.startAgain('/home/maya/vaults/client'),
    async shows(page) {
      await expect(page.getByText('You wanted /home/maya/vaults/client.')).toBeVisible();
    },
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
    name: 'unlocking after several wrong passwords',
    vault: 'locked',
    async open(page) {
      for (const wrong of ['one', 'two', 'three']) {
        // The page's clock stands still with the last of them, and the pause with it.
        if (wrong === 'three') await page.clock.setFixedTime(Date.now());
        await page.getByLabel('Password of this vault').fill(wrong);
        await page.keyboard.press('Enter');
        await page.getByRole('alert').waitFor();
        await page.getByRole('button', { name: /^(Unlock|Again)/ }).waitFor();
      }
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: /^Again in/ })).toBeVisible();
      await expect(page.getByText(/^3 wrong passwords/)).toBeVisible();
    },
  },
  {
    name: 'unlocking by the recovery code',
    vault: 'locked',
    open: (page) => page.getByRole('button', { name: 'Use the recovery code instead' }).click(),
    async shows(page) {
      await expect(page.getByLabel('Recovery code of this vault')).toBeFocused();
    },
  },
  {
    name: 'unlocking by the keychain',
    vault: 'connected',
    async open(page, { call, desktop, replaced }) {
      await tokens(page).waitFor();
      await desktop.haveKeychain();
      await call('keychain.remember', { password: new TextEncoder().encode(passwordText) });
      await replaced(() => page.keyboard.press('Control+l'));
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'Unlock with the keychain' })).toBeVisible();
    },
  },
  {
    name: 'locked after use',
    vault: 'connected',
    async open(page, { replaced }) {
      await tokens(page).waitFor();
      await replaced(() => page.keyboard.press('Control+l'));
    },
    async shows(page) {
      await expect(page.getByText(/because you locked it/)).toBeVisible();
      await expect(page.getByText('due in 30 days')).toBeVisible();
    },
  },
  {
    name: 'locked in the middle of a job',
    vault: 'connected',
    async open(page, { replaced, sandbox }) {
      await setFaults(sandbox, ['hang=POST /api/v1.1/project']);
      await answerIncident(page);
      await untilAsked(sandbox, 'POST', '/token');
      await replaced(() => page.keyboard.press('Control+l'));
    },
    async shows(page) {
      await expect(page.getByText(/^[1-4] rotations? (was|were) under way when Rondo locked\.$/)).toBeVisible();
    },
  },
  {
    name: 'vault that does not open',
    vault: 'connected',
    async open(page, app) {
      await tokens(page).waitFor();
      await spoilHeaders(app);
    },
    async shows(page) {
      await expect(page.getByRole('alert')).toHaveText(/header is damaged/);
      await expect(page.getByRole('button', { name: /^Restore the backup of/ })).toBeVisible();
    },
  },
  {
    name: 'vault that cannot be read',
    vault: 'none',
    async open(_page, app) {
      app.process.kill('SIGTERM');
      await app.process.ended;
      await mkdir(app.vaultDir, { recursive: true });
      await writeFile(join(app.vaultDir, vaultFileName), 'no vault at all'.repeat(1_000));
      await app.restart();
    },
    async shows(page) {
      await expect(page.getByRole('alert')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
      // The last to come, as a part of its own: axe cannot tell the order of headings that come while it looks.
      await expect(page.getByText('No backup yet.')).toBeVisible();
    },
  },
];

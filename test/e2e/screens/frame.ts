import { expect } from '@playwright/test';
import { isThere, press, rail, type Screen, tokens } from './screen.ts';

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
];

import { expect } from '@playwright/test';
import { isThere, type Screen } from './screen.ts';

export const doorScreens: readonly Screen[] = [
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
];

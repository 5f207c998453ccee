import { expect, type Page } from '@playwright/test';
import { setFaults } from '../sandbox-by-hand.ts';
import { isThere, openPalette, type Screen } from './screen.ts';

/** By the palette, as from everywhere, by keys alone. */
export async function openIncident(page: Page): Promise<void> {
  await openPalette(page);
  await page.keyboard.type('incident');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Incident' })).toBeFocused();
  await expect(page.getByRole('table', { name: 'What would be replaced' })).toBeVisible();
}

/** Everything of one project, the old ones first. */
export async function answerIncident(page: Page, project = 'web'): Promise<void> {
  await openIncident(page);
  await page.getByLabel('What happened').fill('Laptop lost: maya-mbp');
  await page.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: project, exact: true }).click();
  await page.getByRole('button', { name: /^Rotate [1-9]$/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Rotate [0-9]+ tokens now\?$/ });
  await expect(dialog.getByRole('button', { name: 'Keep them as they are' })).toBeFocused();
  await dialog.getByRole('button', { name: /^Rotate / }).click();
  await expect(page.getByRole('heading', { name: 'Laptop lost: maya-mbp' })).toBeVisible();
}

const counted = (text: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole('img', { name: text }).first()).toBeVisible();
};

export const jobScreens: readonly Screen[] = [
  { name: 'incident', vault: 'connected', open: openIncident, shows: isThere('Incident') },
  {
    name: 'incident by a date with untold ages',
    vault: 'connected',
    variants: ['no-times'],
    async open(page) {
      await openIncident(page);
      await page.getByLabel('Created before').fill('1 Jan 2015');
    },
    async shows(page) {
      await expect(page.getByText(/^13 tokens whose age CircleCI does not tell/)).toBeVisible();
    },
  },
  {
    name: 'last question of an incident',
    vault: 'connected',
    async open(page) {
      await openIncident(page);
      await page.getByRole('button', { name: /^Rotate [0-9]+$/ }).click();
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'Keep them as they are' })).toBeVisible();
      await expect(page.getByText(/^It goes on .* Left alone for 10 minutes, Rondo locks/)).toBeVisible();
    },
  },
  {
    name: 'finished job',
    vault: 'connected',
    open: (page) => answerIncident(page),
    shows: counted('4 of 4 replaced'),
  },
  {
    name: 'job that CircleCI lets wait',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['hang=GET /api/v1.1/project']);
      await answerIncident(page);
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
      await expect(page.getByText(/^It goes on .* Left alone for 10 minutes, Rondo locks/)).toBeVisible();
    },
  },
  {
    name: 'question whether to stop a job',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['hang=GET /api/v1.1/project']);
      await answerIncident(page);
      await page.getByRole('button', { name: 'Stop' }).click();
    },
    async shows(page) {
      const dialog = page.getByRole('dialog', { name: 'Stop Laptop lost: maya-mbp?' });
      await expect(dialog.getByRole('button', { name: 'Keep it going' })).toBeFocused();
    },
  },
  {
    name: 'job with a failure',
    vault: 'connected',
    async open(page, { sandbox }) {
      await setFaults(sandbox, ['error=409@POST /api#1']);
      await answerIncident(page);
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'Try 1 again' })).toHaveClass(/primary/);
      await expect(page.getByRole('button', { name: 'Go on' })).not.toHaveClass(/primary/);
    },
  },
  {
    name: 'job in a narrow window',
    vault: 'connected',
    size: { width: 640, height: 760 },
    open: (page) => answerIncident(page),
    shows: counted('4 of 4 replaced'),
  },
];

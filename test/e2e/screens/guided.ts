import { expect, type Page } from '@playwright/test';
import type { Token } from '../../../shared/contract/token.ts';
import { byHand } from '../../support/by-hand.ts';
import { expectOk } from '../../support/core-pieces.ts';
import type { OpenRondo } from '../open-rondo.ts';
import { setFaults } from '../sandbox-by-hand.ts';
import { planOf, rail, type Screen, startRotating } from './screen.ts';

const wires: ReadonlyMap<string | undefined, string> = new Map([
  ['status', 'status'],
  ['read-only', 'view-builds'],
  ['admin', 'all'],
]);

export async function tokenNamed({ call }: OpenRondo, label: string): Promise<Token> {
  const token = expectOk(await call('token.list', {})).tokens.find((one) => one.label === label);
  if (token === undefined) throw new Error(`there is no token ${label}`);
  return token;
}

/** A token like that one, as a person makes it on CircleCI's page. */
export async function makeAlike({ sandbox }: OpenRondo, { label, project, scope, access }: Token) {
  const wire = project === undefined ? (access ?? 'admin') : (wires.get(scope) ?? 'all');
  return byHand(sandbox).create({ label, scope: wire, ...(project === undefined ? {} : { project }) });
}

export async function rotateByHand(page: Page, label: string, when = 'When taken'): Promise<void> {
  await planOf(page, label);
  await page.getByRole('radio', { name: new RegExp(`^${when}`) }).click();
  await page.getByRole('checkbox', { name: /^I do it by hand/ }).check();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Rotate/ })
    .click();
  await expect(page.getByRole('button', { name: "Open CircleCI's page" })).toBeVisible();
}

export async function paste(page: Page, value: string): Promise<void> {
  await page.getByLabel("The new token's value").fill(value);
  await page.getByRole('button', { name: 'Check it and go on' }).click();
}

/** The plan of a rotation where an earlier one has found that there is no route to create. */
export async function planWithoutRoute(page: Page, { sandbox }: OpenRondo): Promise<void> {
  await setFaults(sandbox, ['error=405@POST /api/v1.1/project']);
  await startRotating(page, 'chromatic');
  await page.getByRole('button', { name: "Open CircleCI's page" }).waitFor();
  await rail('Inventory')(page);
  await planOf(page, 'fastlane');
}

/** As far as its deletion by hand. */
async function untilDeletion(page: Page, rondo: OpenRondo): Promise<void> {
  const old = await tokenNamed(rondo, 'fastlane');
  await rotateByHand(page, 'fastlane', 'At once');
  await paste(page, (await makeAlike(rondo, old)).value);
  await expect(page.getByRole('button', { name: 'I have deleted the old one' })).toBeVisible();
}

export const guidedScreens: readonly Screen[] = [
  {
    name: 'plan of a guided rotation on a host without a route',
    vault: 'connected',
    open: planWithoutRoute,
    async shows(page) {
      await expect(page.getByRole('checkbox', { name: /^I do it by hand/ })).toBeChecked();
    },
  },
  {
    name: 'guided rotation that waits for the new token',
    vault: 'connected',
    open: (page) => rotateByHand(page, 'fastlane'),
    async shows(page) {
      await expect(page.getByLabel("The new token's value")).toBeVisible();
    },
  },
  {
    name: 'guided rotation with a value that is none',
    vault: 'connected',
    async open(page) {
      await rotateByHand(page, 'fastlane');
      await paste(page, 'no-token');
    },
    async shows(page) {
      await expect(page.getByRole('alert')).toContainText('shape of a CircleCI token');
    },
  },
  {
    name: 'guided rotation that waits for the deletion',
    vault: 'connected',
    open: untilDeletion,
    async shows(page) {
      await expect(page.getByText(/Delete the old one on CircleCI's page/)).toBeVisible();
    },
  },
  {
    name: 'guided rotation whose old token is still there',
    vault: 'connected',
    async open(page, rondo) {
      await untilDeletion(page, rondo);
      await page.getByRole('button', { name: 'I have deleted the old one' }).click();
    },
    async shows(page) {
      await expect(page.getByRole('alert')).toContainText('still lists the old token');
    },
  },
  {
    name: 'guided rotation in a narrow window',
    vault: 'connected',
    size: { width: 640, height: 760 },
    open: (page) => rotateByHand(page, 'fastlane'),
    async shows(page) {
      await expect(page.getByLabel("The new token's value")).toBeVisible();
    },
  },
  {
    name: 'rotation that waits for its authorization',
    vault: 'connected',
    variants: ['sso'],
    async open(page) {
      await startRotating(page, 'circleci-cli');
    },
    async shows(page) {
      await expect(page.getByRole('button', { name: 'I have authorized it' })).toBeVisible();
    },
  },
  {
    name: 'guided rotation in the list',
    vault: 'connected',
    async open(page) {
      await rotateByHand(page, 'fastlane');
      await rail('Rotations')(page);
    },
    async shows(page) {
      await expect(page.getByRole('cell', { name: 'Waits for you' })).toBeVisible();
    },
  },
];

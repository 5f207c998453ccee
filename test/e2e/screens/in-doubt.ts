import { expect, type Page } from '@playwright/test';
import { byHand } from '../../support/by-hand.ts';
import { expectOk } from '../../support/core-pieces.ts';
import type { OpenRondo } from '../open-rondo.ts';
import { setFaults } from '../sandbox-by-hand.ts';
import { makeAlike, tokenNamed } from './guided.ts';
import { isThere, rotate, type Screen, startRotating } from './screen.ts';

async function takeIt(page: Page): Promise<void> {
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Done, forget it' }).click();
}

/** The token that the rotation of `label` has made. */
async function replacementOf(app: OpenRondo, label: string) {
  const { rotations } = expectOk(await app.call('rotation.list', {}));
  const { tokens } = expectOk(await app.call('token.list', {}));
  const old = await tokenNamed(app, label);
  return tokens.find(({ id }) => id === rotations.find(({ token }) => token === old.id)?.replacement);
}

async function isUnsaid(page: Page, untrue: readonly RegExp[]): Promise<void> {
  for (const words of untrue) await expect(page.getByText(words)).toHaveCount(0);
}

/** Where less is certain than usual, less is said. */
export const inDoubtScreens: readonly Screen[] = [
  {
    name: 'rotation whose new token somebody deleted',
    vault: 'connected',
    async open(page, app) {
      await rotate(page, 'fastlane');
      const fresh = await replacementOf(app, 'fastlane');
      await byHand(app.sandbox).remove(fresh?.remoteId ?? '');
      await takeIt(page);
    },
    async shows(page) {
      // It asks for a minute before it says so itself.
      await expect(page.getByText('The old token works; the new one is not proved.')).toHaveCount(2);
      await isUnsaid(page, [/[Bb]oth (tokens )?work/, /both answer/, /nothing is down/, /Rondo goes on/]);
    },
  },
  {
    name: 'rotation of a token that is not listed any more',
    vault: 'connected',
    async open(page, app) {
      const old = await tokenNamed(app, 'fastlane');
      await byHand(app.sandbox).remove(old.remoteId ?? '');
      await startRotating(page, 'fastlane');
    },
    async shows(page) {
      await isThere('fastlane was not replaced')(page);
      await expect(page.getByText('It stopped early. Nothing was changed.')).toBeVisible();
      await expect(page.getByText(/not listed any more$/).first()).toBeVisible();
      await isUnsaid(page, [/works as before/, /still valid/, /Rotate again/]);
    },
  },
  {
    name: 'finished rotation beside which a token was made',
    vault: 'connected',
    async open(page, app) {
      await setFaults(app.sandbox, ['drop-before=POST /api/v1.1/project#1']);
      await rotate(page, 'fastlane');
      await makeAlike(app, await tokenNamed(app, 'fastlane'));
      await takeIt(page);
    },
    async shows(page) {
      await isThere('fastlane is replaced')(page);
      await expect(page.getByText('CircleCI lists one token more than was asked for.')).toBeVisible();
      await expect(page.getByText(/hold; see the steps$/)).toBeVisible();
      await isUnsaid(page, [/cannot be told by use$/]);
    },
  },
];

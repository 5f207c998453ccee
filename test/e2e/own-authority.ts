import { expect, type Page } from '@playwright/test';
import { systemClock } from '../../main/platform/clock.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { certificateFor } from '../support/certificates.ts';
import { startInBetween } from '../support/in-between.ts';

/** A CircleCI server whose certificate nobody knows, unless they know its authority. */
export async function serverWithOwnAuthority() {
  await using open = new AsyncDisposableStack();
  const sandbox = await startSandbox({ port: 0, faults: [], clock: systemClock });
  open.defer(() => sandbox.close());
  const certificate = certificateFor('IP:127.0.0.1');
  const between = open.use(await startInBetween(sandbox.url, certificate));
  const opened = open.move();
  const { caPem } = certificate;
  const { personalToken } = sandbox;
  return { between, caPem, personalToken, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

type OwnServer = Awaited<ReturnType<typeof serverWithOwnAuthority>>;

export const authorityField = (page: Page) => page.getByLabel('Certificate of its authority, in PEM');

/** From the beginning to a form that is filled in. */
export async function askServer(page: Page, { between, personalToken }: OwnServer) {
  await page.getByRole('button', { name: 'Paste a token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an account' });
  await dialog.getByRole('radio', { name: /^Server/ }).click();
  await dialog.getByLabel('Address of your server').fill(between.url);
  await dialog.getByLabel('Personal token').fill(personalToken);
  return { dialog, add: dialog.getByRole('button', { name: 'Add the account' }) };
}

/** As far as its certificate is not trusted; then the server goes. */
export async function askUntrusted(page: Page) {
  await using server = await serverWithOwnAuthority();
  const asked = await askServer(page, server);
  await asked.add.click();
  await expect(asked.dialog.getByRole('alert')).toContainText('its certificate is not trusted');
  return asked;
}

import { expect } from '@playwright/test';
import { systemClock } from '../../main/platform/clock.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { expectOk } from '../support/core-pieces.ts';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

test('while the first sync runs the empty list says so, and its button asks for no other', async ({ rondo }) => {
  const { page, call, desktop, complaints } = await rondo({ vault: 'empty' });
  const sandbox = await startSandbox({ port: 0, faults: [], clock: systemClock, variants: [] });
  try {
    const value = new TextEncoder().encode(sandbox.personalToken);
    expectOk(await call('account.add', { host: sandbox.url, value, name: 'Sandbox' }));
    const main = page.getByRole('main');
    await expect(main.getByText('No tokens yet.')).toBeVisible();
    await desktop.whileCoreRests(async () => {
      await main.getByRole('button', { name: 'Sync', exact: true }).click();
      await expect(main.getByText('Rondo is reading your tokens from CircleCI.')).toBeVisible();
      await expect(main.getByRole('button', { name: 'Syncing' })).toHaveAttribute('aria-disabled', 'true');
      await expect(main.getByText('No tokens yet.')).toHaveCount(0);
    });
    await expect(tokens(page).getByRole('row', { name: /fastlane/ })).toBeVisible();
    expect(complaints).toEqual([]);
  } finally {
    await sandbox.close();
  }
});

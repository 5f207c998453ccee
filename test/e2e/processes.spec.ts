import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { nodeDir } from '../../build/bundle.mjs';
import { systemClock } from '../../main/platform/clock.ts';
import { expectOk } from '../support/core-pieces.ts';
import { passwordBytes, vaultIn } from '../support/temporary-vault.ts';
import { type OpenRondo, passwordText } from './open-rondo.ts';
import { corePids } from './process-tree.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { onToken, rail, startRotating, tokens } from './screens/screen.ts';

const run = promisify(execFile);

/** The command line over the vault that the window has open. Answers what it printed as JSON, whatever its exit code. */
async function rondo({ vaultDir }: OpenRondo, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const passwordFile = join(dirname(vaultDir), 'password');
  await writeFile(passwordFile, passwordText, { mode: 0o600 });
  const global = ['--json', '--vault', vaultDir, '--password-file', passwordFile];
  const done = run(process.execPath, [join(nodeDir, 'rondo.mjs'), ...global, ...args]);
  const { stdout } = await done.catch((error) => error);
  return JSON.parse(stdout);
}

test('what the command line writes is in the open window, and the other way round', async ({ rondo: open }) => {
  const app = await open({ vault: 'connected', derivation: 'full' });
  const { page } = app;
  await onToken(page, 'fastlane');
  const [token] = ((await rondo(app, 'token', 'list', '--search', 'fastlane')) as { tokens: { id: string }[] }).tokens;
  expect(await rondo(app, 'token', 'edit', token?.id ?? '', '--owner', 'release-team')).toMatchObject({
    token: { owner: 'release-team' },
  });
  await page.getByRole('searchbox').fill('release-team');
  await expect(tokens(page).getByRole('row', { name: /fastlane/ })).toBeVisible();

  await page.keyboard.press('Enter');
  await page.keyboard.press('n');
  await page.getByLabel('Label').fill('made-in-the-window');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /made-in-the-window/ }).waitFor();
  expect(await rondo(app, 'token', 'list', '--search', 'made-in-the-window')).toMatchObject({
    tokens: [{ hasValue: 'sealed' }],
  });
});

test('while the window rotates, the command line is told that the vault is in use, and nothing is made twice', async ({
  rondo: open,
}) => {
  const released = Promise.withResolvers<void>();
  const sandboxClock = { ...systemClock, sleep: () => released.promise };
  const app = await open({ vault: 'connected', derivation: 'full', sandboxClock });
  const { page, sandbox } = app;
  // From now on no answer comes before they are released.
  await setFaults(sandbox, ['latency=1']);
  await startRotating(page, 'fastlane');
  await expect(page.getByRole('heading', { name: 'Rotating fastlane' })).toBeVisible();
  const [other] = ((await rondo(app, 'token', 'list', '--search', 'chromatic')) as { tokens: { id: string }[] }).tokens;
  expect(await rondo(app, 'rotate', other?.id ?? '')).toMatchObject({ error: { code: 'vault-busy' } });
  released.resolve();
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
  expect(sandbox.tokens().filter(({ label }) => label === 'fastlane')).toHaveLength(2);
  expect(sandbox.tokens().filter(({ label }) => label === 'chromatic')).toHaveLength(1);
});

test('a vault that somebody else has open is replaced by nobody: both are told, and nothing is locked', async ({
  rondo: open,
}) => {
  const app = await open({ vault: 'connected', derivation: 'full' });
  await tokens(app.page).waitFor();
  const { backup } = expectOk(await app.call('backup.create', {}));
  const inUse = /^The vault is in use: .* Nothing was changed\./;
  expect(await rondo(app, 'backup', 'restore', backup.path, '--confirm', 'RESTORE')).toMatchObject({
    error: { code: 'vault-busy', message: expect.stringMatching(inUse) },
  });

  const other = vaultIn(app.vaultDir);
  await other.unlock(passwordBytes(passwordText));
  await rail('Settings')(app.page);
  await app.page
    .getByRole('button', { name: /^Restore/ })
    .first()
    .click();
  const dialog = app.page.getByRole('dialog', { name: 'Restore this backup?' });
  const restore = async () => {
    await dialog.getByLabel('Password of the backup').fill(passwordText);
    await dialog.getByRole('button', { name: 'Restore the backup' }).click();
  };
  await dialog.getByLabel('Type RESTORE').fill('RESTORE');
  await restore();
  await expect(dialog.getByRole('alert')).toHaveText(inUse);
  expect(expectOk(await app.call('token.list', { search: 'fastlane' })).tokens).toHaveLength(1);

  // Once it has it alone, what held the keys of the vault that was there ends.
  other.lock();
  const [core] = await corePids(app.process);
  const corePath = `/proc/${core}`;
  expect(existsSync(corePath)).toBe(true);
  const fresh = await app.replaced(restore);
  await expect(fresh.getByText(/because it was restored or repaired/)).toBeVisible();
  await expect.poll(() => existsSync(corePath)).toBe(false);
  await app.unlock();
  expect(expectOk(await app.call('token.list', { search: 'fastlane' })).tokens).toHaveLength(1);
  expect(app.complaints).toEqual([]);
});

import { cp, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { root } from '../../build/bundle.mjs';
import { test } from './rondo-test.ts';
import { tokens } from './screens/screen.ts';

test('the part of the page behind the door cannot be read: that is said, and a fresh page reads it again', async ({
  rondo,
}) => {
  const pageDir = await mkdtemp(join(tmpdir(), 'rondo-page-'));
  await using open = new AsyncDisposableStack();
  open.defer(() => rm(pageDir, { recursive: true }));
  await cp(join(root, 'out/renderer'), pageDir, { recursive: true });
  const assets = await readdir(join(pageDir, 'assets'));
  const part = join(pageDir, 'assets', assets.find((name) => /^opened-.*\.js$/.test(name)) ?? 'opened.js');
  await rename(part, `${part}.away`);

  const app = await rondo({ vault: 'locked', pageDir });
  const uncaught = () => app.complaints.filter((complaint) => !complaint.startsWith('Failed to load resource'));
  const password = app.page.getByLabel('Password of this vault');
  await expect(password).toBeVisible();
  await expect.poll(() => app.complaints.length, 'the door asks for it ahead').toBeGreaterThan(0);
  expect(uncaught(), 'nobody needs it yet').toEqual([]);
  await app.unlock();
  await expect(app.page.getByRole('heading', { name: 'Rondo cannot draw this' })).toBeVisible();
  await expect(app.page.getByRole('alert')).toContainText('Nothing in the vault has changed');

  await rename(`${part}.away`, part);
  await app.replaced(() => app.page.getByRole('button', { name: 'Lock and begin again' }).click());
  await app.unlock();
  await expect(tokens(app.page)).toBeVisible();
});

import { expect, type Locator, type Page } from '@playwright/test';
import { expectOk } from '../support/core-pieces.ts';
import type { OpenRondo } from './open-rondo.ts';
import { test } from './rondo-test.ts';
import { setFaults } from './sandbox-by-hand.ts';
import { onToken, rotate } from './screens/screen.ts';

/** Whether the page's heap holds this text anywhere, after everything that nobody needs was collected. */
async function heapHolds(page: Page, text: string): Promise<boolean> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.collectGarbage');
    let found = false;
    let before = '';
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
      found ||= (before + chunk).includes(text);
      before = chunk.slice(-text.length);
    });
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    return found;
  } finally {
    await session.detach();
  }
}

/** Creates a token and copies its value. */
async function copyNew(page: Page, label: string): Promise<void> {
  await onToken(page, 'fastlane');
  await page.keyboard.press('n');
  await page.getByLabel('Label').fill(label);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: new RegExp(label) }).waitFor();
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
}

test('what is copied never enters the page; what is revealed does, until it is hidden', async ({ rondo }) => {
  // Four pictures of the whole heap, beside another test's app.
  test.slow();
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await copyNew(page, 'artifact-mirror');
  const value = await desktop.clipboard();
  expect(value).toBe(app.sandbox.tokens().find(({ label }) => label === 'artifact-mirror')?.value);
  expect(await heapHolds(page, value), 'copied').toBe(false);

  // Found without its text: what a test looks for, and what a pattern matched last, is in the page as well.
  const shown = page.getByRole('group', { name: 'The value' });
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(shown).toBeVisible();
  expect(await page.content()).toContain(value);
  await page.evaluate(`globalThis.kept = document.querySelector('.seal.open').textContent`);
  // Before anything that takes time: after ten seconds it hides by itself.
  await page.getByRole('button', { name: 'Hide' }).click();
  await expect(shown).toHaveCount(0);
  expect(await page.content()).not.toContain(value);
  // The search finds what is there.
  expect(await heapHolds(page, value), 'kept by a script').toBe(true);
  await page.evaluate('globalThis.kept = undefined');
  expect(await heapHolds(page, value), 'hidden').toBe(false);

  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(shown).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await heapHolds(page, value), 'closed').toBe(false);
});

/** Creates a token and has its value shown, while the page's own clock stands still. */
async function revealNew(page: Page): Promise<Locator> {
  await copyNew(page, 'artifact-mirror');
  const now = Date.now();
  await page.clock.install({ time: now });
  await page.clock.pauseAt(now + 1_000);
  await page.getByRole('button', { name: 'Reveal' }).click();
  const shown = page.getByRole('group', { name: 'The value' });
  await expect(shown).toHaveText(/^CCIPRJ_/);
  return shown;
}

test('what is revealed hides by itself after ten seconds, and may be revealed again', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'connected' });
  const shown = await revealNew(page);
  await page.clock.runFor(9_999);
  await expect(shown).toHaveText(/^CCIPRJ_/);
  await page.clock.runFor(1);
  await expect(shown).toHaveCount(0);
  await expect(page.getByText('The value is hidden')).toBeVisible();
  expect(await page.content()).not.toMatch(/CCIPRJ_/);

  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.clock.runFor(9_999);
  await expect(shown, 'ten seconds of its own').toHaveText(/^CCIPRJ_/);
});

test('what is revealed cannot be selected, and Ctrl+C copies it as Copy does', async ({ rondo }) => {
  const { page, desktop } = await rondo({ vault: 'connected' });
  const shown = await revealNew(page);
  await shown.click({ clickCount: 3 });
  expect(await page.evaluate('String(getSelection())')).not.toContain('CCIPRJ_');
  await desktop.copy("somebody's own text");
  await page.evaluate('getSelection().empty()');
  await page.keyboard.press('Control+c');
  await expect.poll(() => desktop.clipboard()).toMatch(/^CCIPRJ_/);
  expect(await desktop.clipboardFormats(), 'with the mark').not.toEqual(['text/plain']);
});

test('what is revealed hides when the window does', async ({ rondo }) => {
  const { page } = await rondo({ vault: 'connected' });
  const shown = await revealNew(page);
  // Playwright has its pages believe that they are in front, whatever their window is.
  await page.evaluate(`Object.defineProperty(document, 'hidden', { value: true });
    document.dispatchEvent(new Event('visibilitychange'))`);
  await expect(shown).toHaveCount(0);
  expect(await page.content()).not.toMatch(/CCIPRJ_/);
});

test('the clipboard is cleared when its time is over, also while locked, and only if it still holds the value', async ({
  rondo,
}) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop } = app;
  await rotate(page, 'release-please');
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  await desktop.advance(15_000);
  expect(await desktop.clipboard()).not.toBe('');
  await desktop.advance(15_000);
  await expect.poll(() => desktop.clipboard()).toBe('');

  await page.keyboard.press('c');
  await expect.poll(() => desktop.clipboard()).not.toBe('');
  const locked = await app.replaced(() => page.keyboard.press('Control+l'));
  await locked.getByRole('heading', { name: 'Rondo is locked' }).waitFor();
  await expect.poll(() => desktop.clipboard(), 'it may still be pasted, and goes when its time is over').not.toBe('');
  await desktop.advance(30_000);
  await expect.poll(() => desktop.clipboard()).toBe('');
  await desktop.copy("somebody's own text");
  await desktop.advance(60_000);
  expect(await desktop.clipboard()).toBe("somebody's own text");
});

test('C in a dialog over a rotation copies nothing of the rotation, and in the take dialog its own value', async ({
  rondo,
}) => {
  const { page, desktop, sandbox } = await rondo({ vault: 'connected' });
  await rotate(page, 'release-please');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio').first().focus();
  await page.keyboard.press('c');
  await page.getByLabel('Label').fill('artifact-mirror');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /artifact-mirror/ }).waitFor();
  expect(await desktop.clipboard(), 'while another dialog was open').toBe('');
  await page.keyboard.press('c');
  await expect(dialog.getByText('On the clipboard')).toBeVisible();
  expect(await desktop.clipboard()).toBe(
    sandbox.tokens().find(({ label }) => label === 'artifact-mirror')?.value ?? 'made',
  );
});

test('a badge is copied with the address of the host that its token belongs to', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  const { page, desktop, sandbox } = app;
  const order = { project: 'gh/tidewater/web', scope: 'status', label: 'for-the-readme', keep: false } as const;
  expectOk(await app.call('token.create-project', order));
  await onToken(page, order.label);
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Copy as badge' }).click();
  await expect(page.getByText('On the clipboard')).toBeVisible();
  const value = sandbox.tokens().find(({ label }) => label === order.label)?.value;
  expect(await desktop.clipboard()).toBe(
    `[![CircleCI](${sandbox.url}/${order.project}.svg?style=svg&circle-token=${value})](${sandbox.url}/${order.project})`,
  );
  await desktop.advance(30_000);
  await expect.poll(() => desktop.clipboard()).toBe('');
});

test('a value that the vault still holds is not called forgotten, and can be taken after giving up', async ({
  rondo,
}) => {
  const { page, desktop, sandbox } = await rondo({ vault: 'connected' });
  await rotate(page, 'release-please');
  await setFaults(sandbox, ['error=403@DELETE /api']);
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(page.getByText('The vault holds it until this rotation ends.')).toBeVisible();
  await expect(page.getByText('The vault has forgotten the value.')).toHaveCount(0);
  const value = await desktop.clipboard();
  await desktop.copy("somebody's own text");
  await page.getByRole('button', { name: 'Give up' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give up' }).click();
  await expect(page.getByText('It was given up.')).toBeVisible();
  await page.getByRole('button', { name: /^Copy/ }).first().click();
  await expect.poll(() => desktop.clipboard()).toBe(value);
  await page.getByRole('button', { name: 'Done, forget it' }).click();
  await expect(page.getByText('The vault has forgotten the value.')).toBeVisible();
});

/** Quits as a person would; what it leaves on the desktop and running then. */
async function quit({ process }: OpenRondo): Promise<unknown> {
  const left = new Promise((resolve) => {
    process.onLine((line) => {
      const told = /^left: (.*)$/.exec(line)?.[1];
      if (told !== undefined) resolve(JSON.parse(told));
    });
  });
  process.kill('SIGTERM');
  expect(await process.ended).toBe(0);
  return left;
}

test('quitting takes the value from the clipboard, and ends the core first', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await copyNew(app.page, 'artifact-mirror');
  expect(await app.desktop.clipboard()).toMatch(/^CCIP/);
  expect(await quit(app)).toEqual({ clipboard: '', core: 'ended' });
});

test('quitting leaves on the clipboard what is not ours', async ({ rondo }) => {
  const app = await rondo({ vault: 'connected' });
  await copyNew(app.page, 'artifact-mirror');
  await app.desktop.copy("somebody's own text");
  expect(await quit(app)).toEqual({ clipboard: "somebody's own text", core: 'ended' });
});

test('a clipboard that cannot be cleared is told beside the value, and that Rondo goes on trying', async ({
  rondo,
}) => {
  const { page, desktop } = await rondo({ vault: 'connected' });
  await rotate(page, 'release-please');
  await page.keyboard.press('c');
  await expect(page.getByText('On the clipboard')).toBeVisible();
  await desktop.keepClipboard();
  await page.getByRole('button', { name: 'Clear now' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await page.clock.setFixedTime(Date.now() + 40_000);
  await expect(page.getByText('It did not let itself be cleared yet.')).toBeVisible();
});

test('the panel says whether clipboard histories are asked to skip the value', async ({ rondo }) => {
  const { page, desktop } = await rondo({ vault: 'connected' });
  const own = (format: string) => format !== 'text/plain';
  await rotate(page, 'release-please');
  await page.keyboard.press('c');
  await expect(page.getByText('Clipboard histories are asked to skip it.')).toBeVisible();
  expect((await desktop.clipboardFormats()).filter(own)).not.toEqual([]);
  await desktop.refuseFormats();
  await page.keyboard.press('c');
  await expect(page.getByText('Rondo cannot mark it for clipboard histories here')).toBeVisible();
  expect(await desktop.clipboard()).toMatch(/^CCIP/);
  expect(await desktop.clipboardFormats()).toEqual(['text/plain']);
});

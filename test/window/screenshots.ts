// Makes a picture of every screen in both themes at 1280 x 820 into out/screenshots/, for looking.
// Run: node test/window/screenshots.ts [part of a screen's name]
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { findBrowser } from '../../build/find-browser.mjs';
import { expectOk } from '../support/core-pieces.ts';
import { type OpenWindow, openWindow, type WindowOptions } from './open-window.ts';

const targetDir = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
const only = process.argv[2] ?? '';

interface Picture {
  readonly name: string;
  readonly window: WindowOptions;
  readonly size?: { readonly width: number; readonly height: number };
  prepare(page: Page, window: OpenWindow): Promise<void>;
}

const connected: WindowOptions = { vault: 'connected' };
const go = (name: string) => (page: Page) => page.getByRole('button', { name, exact: false }).first().click();
const rail = (page: Page, name: string) => page.getByRole('navigation').getByRole('button', { name }).click();

async function chosen(page: Page) {
  await page.getByRole('grid', { name: 'Tokens' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
}

async function rotated(page: Page) {
  await chosen(page);
  await page.keyboard.press('r');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Rotate/ })
    .click();
  await page.getByRole('button', { name: /^Copy/ }).first().waitFor();
}

const pictures: readonly Picture[] = [
  {
    name: 'first-run',
    window: { vault: 'none' },
    prepare: (page) => page.getByLabel('Password', { exact: true }).fill('correct horse battery'),
  },
  {
    name: 'begin',
    window: { vault: 'empty' },
    prepare: (page) => page.getByRole('heading', { name: 'How do you' }).waitFor(),
  },
  { name: 'connect', window: { vault: 'empty' }, prepare: go('Paste a token') },
  {
    name: 'unlock',
    window: connected,
    async prepare(page) {
      await page.getByRole('grid', { name: 'Tokens' }).waitFor();
      await page.keyboard.press('Control+l');
      await page.getByLabel('Password of this vault').fill('not this one');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'inventory', window: connected, prepare: chosen },
  {
    name: 'inventory-no-match',
    window: connected,
    async prepare(page) {
      await page.keyboard.press('/');
      await page.getByRole('searchbox').fill('depoly');
    },
  },
  {
    name: 'inventory-bulk',
    window: connected,
    async prepare(page) {
      await chosen(page);
      await page.keyboard.press(' ');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press(' ');
    },
  },
  { name: 'inventory-narrow', window: connected, size: { width: 640, height: 410 }, prepare: chosen },
  {
    name: 'rotation-plan',
    window: connected,
    async prepare(page) {
      await chosen(page);
      await page.keyboard.press('r');
    },
  },
  { name: 'rotation-sealed', window: connected, prepare: rotated },
  {
    name: 'rotation-copied',
    window: connected,
    async prepare(page) {
      await rotated(page);
      await page.keyboard.press('c');
      await page.getByText('On the clipboard').waitFor();
    },
  },
  {
    name: 'rotation-done',
    window: connected,
    async prepare(page) {
      await rotated(page);
      await page.keyboard.press('c');
      await page.getByText('On the clipboard').waitFor();
      await page.getByRole('button', { name: 'Done, forget it' }).click();
      await page.getByRole('heading', { name: 'is replaced' }).waitFor();
    },
  },
  { name: 'rotation-narrow', window: connected, size: { width: 640, height: 760 }, prepare: rotated },
  {
    name: 'rotations',
    window: connected,
    async prepare(page) {
      await rotated(page);
      await rail(page, 'Rotations');
    },
  },
  {
    name: 'create',
    window: connected,
    async prepare(page) {
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByLabel('Label').fill('artifact-mirror');
    },
  },
  {
    name: 'create-personal',
    window: connected,
    async prepare(page) {
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByRole('button', { name: 'Personal', exact: true }).click();
    },
  },
  {
    name: 'take',
    window: connected,
    async prepare(page) {
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByLabel('Label').fill('artifact-mirror');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^Reveal/ }).click();
    },
  },
  {
    name: 'delete',
    window: connected,
    async prepare(page, { core }) {
      const { tokens } = expectOk(await core.client('token.list', { kind: 'project' }));
      await page.keyboard.press('/');
      await page.getByRole('searchbox').fill(tokens[0]?.label ?? '');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
    },
  },
  {
    name: 'palette',
    window: connected,
    async prepare(page) {
      await page.getByRole('grid', { name: 'Tokens' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('rot dep');
    },
  },
  {
    name: 'keys',
    window: connected,
    async prepare(page) {
      await page.getByRole('grid', { name: 'Tokens' }).waitFor();
      await page.keyboard.press('?');
    },
  },
  { name: 'home', window: connected, prepare: (page) => rail(page, 'Home') },
  {
    name: 'activity',
    window: connected,
    async prepare(page) {
      await rail(page, 'Activity');
      await page.getByRole('button', { name: 'Check the chain' }).click();
      await page.getByText('The chain is whole').waitFor();
    },
  },
  { name: 'settings', window: connected, prepare: (page) => rail(page, 'Settings') },
];

await mkdir(targetDir, { recursive: true });
const executablePath = findBrowser(process.env);
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
for (const picture of pictures.filter(({ name }) => name.includes(only))) {
  const page = await browser.newPage({ viewport: picture.size ?? { width: 1280, height: 820 } });
  page.setDefaultTimeout(8_000);
  await using window = await openWindow(page, picture.window);
  try {
    await picture.prepare(page, window);
  } catch (error) {
    process.stdout.write(`${picture.name}: ${error instanceof Error ? error.message.slice(0, 400) : error}\n`);
  }
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${targetDir}${picture.name}-${theme}.png` });
  }
  if (window.complaints.length > 0)
    process.stdout.write(`${picture.name}: ${window.complaints.join(' | ').slice(0, 600)}\n`);
}
await browser.close();

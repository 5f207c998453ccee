// The demonstration in the window: node test/e2e/demo/main.ts [--headed]
// Prints each step, leaves a picture of each in demo/, and exits 0 only if every act was read back from the sandbox.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../../build/bundle.mjs';
import { openRondo } from '../open-rondo.ts';
import { prepare } from '../prepare.mjs';
import { walk } from './walk.ts';

const picturesDir = join(root, 'demo');
const say = (line: string) => process.stdout.write(`${line}\n`);

await prepare();
await rm(picturesDir, { recursive: true, force: true });
await mkdir(picturesDir, { recursive: true });

await using rondo = await openRondo({ vault: 'none', isHeadless: !process.argv.includes('--headed') });
let steps = 0;
const takePicture = async (page: Page, name: string) => {
  const picture = `${String(steps).padStart(2, '0')}-${name}.png`;
  await page.screenshot({ path: join(picturesDir, picture) });
  return `demo/${picture}`;
};

try {
  const readBacks = await walk(rondo, async ({ name, did, page }) => {
    steps += 1;
    say(`${steps}. ${name}: ${did} (${await takePicture(page, name)})`);
  });
  say('');
  for (const { what, ok, found } of readBacks) say(`${ok ? 'ok    ' : 'NOT OK'} ${what.padEnd(9)} ${found}`);
  for (const complaint of rondo.complaints) say(`NOT OK the page complained: ${complaint}`);
  if (rondo.complaints.length > 0 || readBacks.some(({ ok }) => !ok)) process.exitCode = 1;
  else say('\nEach act was done by clicks in the window and read back from the sandbox. The vault is removed again.');
} catch (error) {
  process.exitCode = 1;
  say(`The window did not do what was expected of it (${await takePicture(rondo.page, 'stopped')}):`);
  say(error instanceof Error ? error.message : String(error));
}

// What the tests of the whole app need before the first of them: the app and its test entry, built, and a browser.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, digestSources, entries, nodeDir, root } from '../../build/bundle.mjs';
import { whyNoBrowser } from '../../build/find-browser.mjs';
import { chooseBrowser } from '../../build/runtime.mjs';
import { buildWindow, windowState } from '../../build/window.mjs';

const entryDir = join(root, 'out/e2e');

/** @throws Error in one sentence when no browser can be had */
export async function prepare() {
  const { env } = process;
  if (chooseBrowser({ root, env, mayDownload: true, say }) === undefined) throw new Error(whyNoBrowser(env));
  const digest = digestSources();
  await bundle({ entryPoints: entries, targetDir: nodeDir, digest });
  if (windowState() !== 'fresh') await buildWindow();
  await bundle({
    entryPoints: { main: 'test/e2e/entry.ts', core: 'test/e2e/quick-core.ts' },
    targetDir: entryDir,
    digest,
  });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(entryDir, 'package.json'), `${JSON.stringify({ name: 'rondo', version, main: 'main.mjs' })}\n`);
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

// What the tests of the whole app need before the first of them: the app and its test entry, built, and a browser.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, digestSources, entries, nodeDir, root } from '../../build/bundle.mjs';
import { whyNoBrowser } from '../../build/find-browser.mjs';
import { chooseRuntime } from '../../build/runtime.mjs';
import { buildWindow, windowState } from '../../build/window.mjs';

const entryDir = join(root, 'out/e2e');

/**
 * A browser is fetched where there is none, Electron never.
 * @throws Error in one sentence when there is nothing to open a window with
 */
export async function prepare({ isHeadless = true } = {}) {
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  if (chooseRuntime({ root, env, isHeadless, mayDownload: true, say }) === undefined)
    throw new Error(whyNoBrowser(env));
  await buildForTests();
}

export async function buildForTests() {
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

// Builds the desktop app into out/window (main, core process, preload) and out/renderer (the page).
//
// Guarantees, as bundle.mjs does: files are put in place whole. The bundle of the main process comes last: where it
// matches the sources, everything that it starts does as well.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildInto, bundle, bundleState, digestSources, root } from './bundle.mjs';

const usualDir = join(root, 'out');

const sources = [
  ...['build/bundle.mjs', 'build/window.mjs', 'build/vite.config.ts', 'package-lock.json'],
  ...['main', 'renderer', 'shared'],
];

/** @returns {'fresh' | 'stale' | 'missing'} */
export function windowState() {
  if (!existsSync(join(usualDir, 'renderer/index.html'))) return 'missing';
  return bundleState(digestSources(sources), [join(usualDir, 'window/main.mjs')]);
}

/**
 * @param {string} outDir gets `window/` and `renderer/`
 * @returns {Promise<void>}
 */
export async function buildWindow(outDir = usualDir) {
  const digest = digestSources(sources);
  const windowDir = join(outDir, 'window');
  await Promise.all([bundlePreload(windowDir), bundlePage(join(outDir, 'renderer'))]);
  const entryPoints = { core: 'main/core-process/main.ts', 'derive-key-worker': 'main/vault/derive-key-worker.ts' };
  await bundle({ entryPoints, targetDir: windowDir, digest });
  await bundle({ entryPoints: { main: 'main/electron/main.ts' }, targetDir: windowDir, digest });
}

/** A sandboxed preload is one CommonJS file: it can require nothing but a part of Electron. @param {string} windowDir */
async function bundlePreload(windowDir) {
  const { build } = await import('esbuild');
  await buildInto(windowDir, async (ownDir) => {
    await build({
      absWorkingDir: root,
      entryPoints: ['main/electron/preload.ts'],
      outfile: join(ownDir, 'preload.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'chrome148',
      external: ['electron'],
      logLevel: 'warning',
    });
  });
}

/** Files of earlier builds stay beside it: a window that is open may still ask for them. @param {string} pageDir */
async function bundlePage(pageDir) {
  const { build } = await import('vite');
  await buildInto(pageDir, async (outDir) => {
    await build({
      configFile: join(root, 'build/vite.config.ts'),
      logLevel: 'warn',
      build: { outDir, emptyOutDir: true },
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWindow();

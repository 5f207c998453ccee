// Builds the desktop app into out/window (main, core process, preload) and out/renderer (the page).
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, digestSources, root } from './bundle.mjs';

const windowDir = join(root, 'out/window');

/**
 * @param {Readonly<Record<string, string>>} mainEntry what starts the app: the real entry, or the one of the tests
 * @returns {Promise<void>}
 */
export async function buildWindow(mainEntry = { main: 'main/electron/main.ts' }) {
  const digest = digestSources();
  const entryPoints = {
    ...mainEntry,
    core: 'main/core-process/main.ts',
    'derive-key-worker': 'main/vault/derive-key-worker.ts',
  };
  await bundle({ entryPoints, targetDir: windowDir, digest });
  await bundlePreload();
  const { build } = await import('vite');
  await build({ configFile: join(root, 'build/vite.config.ts'), logLevel: 'warn' });
}

/** A sandboxed preload is one CommonJS file: it can require nothing but a part of Electron. */
async function bundlePreload() {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: ['main/electron/preload.ts'],
    outfile: join(windowDir, 'preload.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'chrome148',
    external: ['electron'],
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWindow();

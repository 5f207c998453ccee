// Bundles what Node runs into out/: the command line and the key derivation worker. Packages stay outside the bundle,
// because two of them carry binaries or WebAssembly.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {Record<string, string>} output name to source */
const entries = {
  rondo: 'main/cli/main.ts',
  'derive-key-worker': 'main/vault/derive-key-worker.ts',
};

/**
 * @param {Record<string, string>} entryPoints
 * @param {string} outDir
 */
export async function bundle(entryPoints = entries, outDir = 'out/node') {
  await rm(new URL(`../${outDir}`, import.meta.url), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();

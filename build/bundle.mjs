// Bundles what Node runs into out/: the command line and the key derivation worker. Packages stay outside the bundle,
// because two of them carry binaries or WebAssembly; except zod, whose hundred files every process would open at its start.
//
// Guarantees: whoever starts out/node/… at any moment finds whole files, also while several builds run at once, because
// each build writes into a folder of its own and then renames file by file. A bundle opens with the digest of the
// sources that it was made from, so that "is it fresh?" needs no second file that could disagree.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const nodeDir = join(root, 'out/node');

/** @type {{ dependencies: Record<string, string>, devDependencies: Record<string, string>, homepage?: string }} */
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const outside = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((name) => name !== 'zod');

/**
 * What `npx rondo` needs: output name to source.
 * @type {Readonly<Record<string, string>>}
 */
export const entries = {
  rondo: 'main/cli/main.ts',
  'derive-key-worker': 'main/vault/derive-key-worker.ts',
};

/** What the bundles of Node are made from. */
const nodeSources = ['build/bundle.mjs', 'package-lock.json', 'main', 'shared'];

/**
 * A digest and not a date: copies, checkouts and deleted files have misleading dates. Reading every source takes a few
 * milliseconds.
 * @param {readonly string[]} sources files and folders
 * @returns {string}
 */
export function digestSources(sources = nodeSources) {
  const paths = sources.map((source) => join(root, source)).filter(existsSync);
  const hash = createHash('sha256');
  for (const path of paths.flatMap((path) => (statSync(path).isFile() ? [path] : filesUnder(path).sort()))) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
export function filesUnder(folder) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** @param {string} digest */
const firstLine = (digest) => `// Made from sources ${digest}\n`;

/**
 * @param {string} digest
 * @param {readonly string[]} paths of bundles
 * @returns {'fresh' | 'stale' | 'missing'}
 */
export function bundleState(digest, paths = Object.keys(entries).map((name) => join(nodeDir, `${name}.mjs`))) {
  if (!paths.every(existsSync)) return 'missing';
  return paths.every((path) => readFileSync(path, 'utf8').startsWith(firstLine(digest))) ? 'fresh' : 'stale';
}

/**
 * @param {{ entryPoints: Readonly<Record<string, string>>, targetDir: string, digest: string }} options
 * @returns {Promise<void>}
 * @throws when esbuild is not installed, or refuses a source (it has said why on standard error)
 */
export async function bundle({ entryPoints, targetDir, digest }) {
  const { build } = await import('esbuild');
  await buildInto(targetDir, async (ownDir) => {
    await build({
      absWorkingDir: root,
      entryPoints: { ...entryPoints },
      outdir: ownDir,
      outExtension: { '.js': '.mjs' },
      banner: { js: firstLine(digest).trimEnd() },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      external: outside,
      // Names stay, so that a stack trace can be read. What is left is compiled faster at every start.
      minifyWhitespace: true,
      minifySyntax: true,
      sourcemap: true,
      logLevel: 'warning',
    });
  });
}

/**
 * Lets `build` fill a folder of its own, then moves what it made to its place, file by file.
 * @param {string} targetDir
 * @param {(ownDir: string) => Promise<void>} build
 * @returns {Promise<void>}
 */
export async function buildInto(targetDir, build) {
  mkdirSync(targetDir, { recursive: true });
  // Beside the target: renaming works within one file system only, and source maps keep their relative paths.
  const ownDir = mkdtempSync(join(dirname(targetDir), '.building-'));
  try {
    await build(ownDir);
    for (const from of filesUnder(ownDir)) {
      const to = join(targetDir, relative(ownDir, from));
      mkdirSync(dirname(to), { recursive: true });
      renameSync(from, to);
    }
  } finally {
    rmSync(ownDir, { recursive: true, force: true });
  }
}

#!/usr/bin/env node
// What `npx rondo` runs: finds a Node that can hold the vault, builds out/node when it does not match the sources, and
// runs it. Plain JavaScript that Node 18 parses, and nothing but Node's own modules before the version is known:
// better-sqlite3 ends an older Node without a word. Standard output belongs to the command: everything said here goes
// to standard error.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Node-API 10 is what better-sqlite3's binaries speak: Node 22.14, 23.6 and later. */
const neededNodeApi = 10;

/** Tells the second process that it is the second, so that an optional Node that is too old does not start a third. */
const marker = 'RONDO_OWN_NODE';

const isSecond = process.env[marker] !== undefined;
delete process.env[marker];

if (Number(process.versions.napi) >= neededNodeApi) {
  if (isSecond) endWithParent();
  await run();
} else {
  const node = isSecond ? undefined : optionalNode();
  if (node === undefined) askForNode();
  else runWith(node);
}

async function run() {
  const { bundle, bundleState, digestSources, entries, nodeDir } = await import('./bundle.mjs');
  const digest = digestSources();
  const state = bundleState(digest);
  if (state === 'missing' || (state === 'stale' && canBuild())) {
    if (!canBuild())
      return say('it is not built, and esbuild, which builds it, is not installed. Run npm ci, then try again.');
    process.stderr.write('rondo: building out/node from the sources\n');
    try {
      await bundle({ entryPoints: entries, targetDir: nodeDir, digest });
    } catch (error) {
      return say(`out/node could not be built: ${error instanceof Error ? error.message : error}`);
    }
  }
  await import(pathToFileURL(join(nodeDir, 'rondo.mjs')).href);
}

/** A packaged install has out/ and no development dependencies: it runs what it has. */
function canBuild() {
  return resolves('esbuild') !== undefined;
}

/** The Node that an optional dependency of ours brought along. @returns {string | undefined} */
function optionalNode() {
  const windows = process.platform === 'win32';
  const manifest = resolves(`node-${windows ? 'win' : process.platform}-${process.arch}/package.json`);
  const inPackage = manifest === undefined ? [] : [join(dirname(manifest), 'bin', windows ? 'node.exe' : 'node')];
  // On Windows .bin holds a script that only a shell can start.
  const inBin = windows ? [] : [fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))];
  return [...inBin, ...inPackage].find((path) => existsSync(path));
}

/** @param {string} request @returns {string | undefined} */
function resolves(request) {
  try {
    return createRequire(import.meta.url).resolve(request);
  } catch {
    return undefined;
  }
}

/**
 * Two processes that behave as one: the same standard streams, signals passed on, the same end.
 * @param {string} node
 */
function runWith(node) {
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: streams(process.argv),
    env: { ...process.env, [marker]: '1' },
  });
  child.on('error', askForNode);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to both; passing it on would look like a second, impatient one.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.exitCode = 128 + constants.signals[signal];
    process.kill(process.pid, signal);
  });
}

/**
 * The standard streams, the descriptor that the password comes from under its own number, and a channel behind them.
 * @param {readonly string[]} words
 * @returns {import('node:child_process').StdioOptions}
 */
function streams(words) {
  const named = words.flatMap((word, index) => (word === '--password-fd' ? [words[index + 1] ?? ''] : []));
  const joined = words.flatMap((word) => /^--password-fd=(.*)$/.exec(word)?.[1] ?? []);
  const descriptor = Number([...named, ...joined].at(-1) ?? 0);
  /** @type {('inherit' | 'ignore' | 'ipc')[]} */
  const all = ['inherit', 'inherit', 'inherit'];
  // No process has as many open; a larger number is refused where it is read.
  if (Number.isInteger(descriptor) && descriptor > 2 && descriptor < 1_024) {
    while (all.length < descriptor) all.push('ignore');
    all.push('inherit');
  }
  return [...all, 'ipc'];
}

/** Killing the first process must not leave the second at work: the channel between them closes with the first. */
function endWithParent() {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel?.unref();
}

function askForNode() {
  say(
    `it needs Node 22.14 or later, and this is ${process.version}. ` +
      'Install one from https://nodejs.org, or run npm ci here: on Linux and Windows that brings one along.',
  );
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`rondo: ${sentence}\n`);
  process.exitCode = 1;
}

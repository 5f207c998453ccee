#!/usr/bin/env node
// What `npm start` runs: the app in a window, on Electron where it is there or can be had, else on an installed Chrome or
// Chromium through electron-over-chromium/.
//   node build/start.mjs [--app=path] [--headless] [--no-download] [arguments of the app]
// One line on standard error says which of the two it is. Nothing here waits without a limit. The app is built first where
// out/ does not match the sources.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasDisplay } from './display.mjs';
import { findBrowser, installBrowser, whyNoBrowser } from './find-browser.mjs';
import { downloadElectron, electronBinary, electronPackage } from './find-electron.mjs';
import { sandboxNote } from './sandbox.mjs';
import { buildWindow, windowState } from './window.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const runner = fileURLToPath(new URL('electron-over-chromium/runner.ts', import.meta.url));

const own = process.argv.slice(2).filter((argument) => /^--(app=.*|headless|no-download)$/.test(argument));
const appArguments = process.argv.slice(2).filter((argument) => !own.includes(argument));
const app = own.find((argument) => argument.startsWith('--app='))?.slice('--app='.length) ?? root;
const isHeadless = own.includes('--headless');
const mayDownload = !own.includes('--no-download') && !process.env.ELECTRON_SKIP_BINARY_DOWNLOAD;

/**
 * SECURITY: no core dumps, which would hold the vault's keys. Only a shell can set that limit; where it may not, the app
 * starts all the same.
 */
const withoutCoreDumps = ['/bin/sh', '-c', 'ulimit -c 0 2>/dev/null; exec "$0" "$@"'];

if (!isHeadless && !hasDisplay(process.env)) {
  end(
    'there is no display here, and a window needs one. `npm run demo` does the main job unseen, and leaves pictures of it in demo/.',
  );
} else if (app !== root || (await isBuilt())) {
  start();
}

async function isBuilt() {
  if (windowState() === 'fresh') return true;
  say('building out/window from the sources');
  try {
    await buildWindow();
    return true;
  } catch (error) {
    end(`out/window could not be built: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}

function start() {
  // Only a window on a display can be Electron's: it has no headless mode.
  const electron = isHeadless ? undefined : findElectron();
  if (electron !== undefined) {
    say(`Electron ${electron.version}${sandboxNote(process.getuid?.())}`);
    // Electron refuses its sandbox to root, as every Chromium does.
    const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return runWith(electron.binary, [...rootOnly, app, ...appArguments]);
  }
  if (!process.features.typescript) {
    return end(`it needs Node 22.18 or later, and this is ${process.version}. Run npm ci, then npm start.`);
  }
  const { env } = process;
  const browser = findBrowser(env) ?? (mayDownload ? installBrowser({ root, env, say }) : undefined);
  if (browser === undefined) return end(whyNoBrowser(env));
  // The runner says what it runs on, since it asks the browser for its version.
  runWith(process.execPath, [
    runner,
    `--browser=${browser}`,
    ...(isHeadless ? ['--headless'] : []),
    app,
    ...appArguments,
  ]);
}

/** @returns {{ binary: string, version: string } | undefined} */
function findElectron() {
  const electron = electronPackage(root);
  if (electron === undefined) return undefined;
  const { env } = process;
  const markerPath = join(root, 'out/electron-not-downloaded');
  const binary =
    electronBinary(electron, env) ?? (mayDownload ? downloadElectron(electron, { env, markerPath, say }) : undefined);
  return binary === undefined ? undefined : { binary, version: electron.version };
}

/**
 * Signals are passed on, and its end is ours.
 * @param {string} command
 * @param {string[]} args
 */
function runWith(command, args) {
  const [file = '', ...all] =
    process.platform === 'win32' ? [command, ...args] : [...withoutCoreDumps, command, ...args];
  const child = spawn(file, all, { stdio: 'inherit' });
  child.on('error', (error) => end(error.message));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // A terminal sends Ctrl+C to both.
    process.on(signal, () => void (signal !== 'SIGINT' && child.kill(signal)));
  }
  child.on('exit', (code) => process.exit(code ?? 1));
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`rondo: ${sentence}\n`);
}

/** @param {string} sentence */
function end(sentence) {
  say(sentence);
  process.exitCode = 1;
}

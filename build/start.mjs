#!/usr/bin/env node
// What `npm start` runs: the app in a window, on Electron where it is there or can be had, else on an installed Chrome or
// Chromium through electron-over-chromium/.
//   node build/start.mjs [--app=path] [--headless] [--no-download] [arguments of the app]
// One line on standard error says which of the two it is. Nothing here waits without a limit. The app is built first where
// out/ does not match the sources.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasDisplay } from './display.mjs';
import { whyNoBrowser } from './find-browser.mjs';
import { rootOnly } from './find-electron.mjs';
import { chooseBrowser, chooseElectron } from './runtime.mjs';
import { sandboxNote } from './sandbox.mjs';
import { buildWindow, windowState } from './window.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const runner = fileURLToPath(new URL('electron-over-chromium/runner.ts', import.meta.url));

const own = process.argv.slice(2).filter((argument) => /^--(app=.*|headless|no-download)$/.test(argument));
const appArguments = process.argv.slice(2).filter((argument) => !own.includes(argument));
const app = own.find((argument) => argument.startsWith('--app='))?.slice('--app='.length) ?? root;
const isHeadless = own.includes('--headless');
const mayDownload = !own.includes('--no-download');

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
  const { env } = process;
  const wish = { root, env, isHeadless, mayDownload, say };
  const electron = chooseElectron(wish);
  if (electron !== undefined) {
    say(`Electron ${electron.version}${sandboxNote(process.getuid?.())}`);
    return runWith(electron.binary, [...rootOnly(), app, ...appArguments]);
  }
  if (!process.features.typescript) {
    return end(`it needs Node 22.18 or later, and this is ${process.version}. Run npm ci, then npm start.`);
  }
  const browser = chooseBrowser(wish);
  if (browser === undefined) return end(whyNoBrowser(env));
  // The runner says what it runs on.
  const flags = [`--browser=${browser.path}`, `--browser-version=${browser.version}`];
  runWith(process.execPath, [runner, ...flags, ...(isHeadless ? ['--headless'] : []), app, ...appArguments]);
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

// Where a Chrome or Chromium is: the environment's word, then the names that systems install it under, then the usual
// places, then what Playwright downloaded. Plain JavaScript without packages: `npm start` reads it on any Node.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Chromium first: on a machine with both, it is the one that nobody is signed in to. */
const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'];

/** @param {NodeJS.ProcessEnv} env @returns {string | undefined} */
export function findBrowser(env) {
  const { RONDO_BROWSER: chosen } = env;
  if (chosen) return isExecutable(chosen) ? chosen : undefined;
  const onPath = names.flatMap((name) => (env.PATH ?? '').split(delimiter).map((dir) => join(dir, name)));
  return [...onPath, ...usualPlaces(env), ...ofPlaywright(env)].find(isExecutable);
}

/** What a person is told where there is none. @param {NodeJS.ProcessEnv} env @returns {string} */
export function whyNoBrowser({ RONDO_BROWSER: chosen }) {
  return chosen
    ? `RONDO_BROWSER names ${chosen}, which is no program that can be started: name another one, or unset it.`
    : 'it needs Electron or a browser: install Chromium or Chrome, or name one in RONDO_BROWSER, then try again.';
}

/** @param {NodeJS.ProcessEnv} env @returns {string[]} */
function usualPlaces(env) {
  if (process.platform === 'darwin') {
    const apps = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((dir) =>
      apps.map((name) => join(dir, `${name}.app/Contents/MacOS/${name}`)),
    );
  }
  if (process.platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    const programs = ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe'];
    return roots.flatMap((root) =>
      [...programs, 'Microsoft\\Edge\\Application\\msedge.exe'].map((path) => join(root, path)),
    );
  }
  return ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap((dir) =>
    [...names, 'chrome'].map((name) => join(dir, name)),
  );
}

/** The newest first. @param {NodeJS.ProcessEnv} env @returns {string[]} */
function ofPlaywright(env) {
  const caches = { darwin: 'Library/Caches', win32: 'AppData\\Local' };
  const cache = process.platform === 'darwin' || process.platform === 'win32' ? caches[process.platform] : '.cache';
  const root = env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), cache, 'ms-playwright');
  if (!existsSync(root)) return [];
  const number = (/** @type {string} */ name) => Number(name.slice('chromium-'.length));
  const versions = readdirSync(root).filter((name) => /^chromium-\d+$/.test(name));
  return versions
    .sort((a, b) => number(b) - number(a))
    .flatMap((version) =>
      readdirSync(join(root, version)).flatMap((dir) => [
        join(root, version, dir, 'chrome'),
        join(root, version, dir, 'chrome.exe'),
        join(root, version, dir, 'Chromium.app/Contents/MacOS/Chromium'),
        join(root, version, dir, 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing'),
      ]),
    );
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser and its libraries are 200 to 500 MB: after ten minutes nobody believes in it any more. */
const installMs = 600_000;
const aptGet = '/usr/bin/apt-get';

/**
 * The machine, as far as installing asks it and acts on it. `run`: whether the command succeeded.
 * @typedef {{
 *   run: (command: string, ...args: string[]) => boolean,
 *   isRoot: boolean,
 *   exists: (path: string) => boolean,
 * }} Machine
 */

/** @param {NodeJS.ProcessEnv} env @returns {Machine} */
function thisMachine(env) {
  return {
    run: (command, ...args) =>
      spawnSync(command, args, { env, timeout: installMs, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0,
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
  };
}

/**
 * Gets one: Playwright's own download, which needs no rights, or Debian's package, which needs root. It says in one line
 * what it does, and in another where that failed. Where somebody named a browser, no other one is fetched in its place.
 * @param {{ root: string, env: NodeJS.ProcessEnv, say: (sentence: string) => void, machine?: Machine }} options
 * @returns {string | undefined}
 */
export function installBrowser({ root, env, say, machine = thisMachine(env) }) {
  if (env.RONDO_BROWSER) return undefined;
  return downloadChromium({ root, env, say, machine }) ?? installPackage({ env, say, machine });
}

/** @param {{ root: string, env: NodeJS.ProcessEnv, say: (sentence: string) => void, machine: Machine }} options */
function downloadChromium({ root, env, say, machine: { run, exists } }) {
  const playwright = join(root, 'node_modules/playwright/cli.js');
  if (!exists(playwright)) return undefined;
  say('no Chrome or Chromium is installed: downloading one with Playwright');
  const isThere = run(process.execPath, playwright, 'install', '--no-shell', 'chromium');
  const found = isThere ? findBrowser(env) : undefined;
  // A download that lacks the system's libraries does not even say its version.
  if (found !== undefined && run(found, '--version')) return found;
  say(isThere ? 'what was downloaded does not start here' : 'nothing could be downloaded');
  return undefined;
}

/** @param {{ env: NodeJS.ProcessEnv, say: (sentence: string) => void, machine: Machine }} options */
function installPackage({ env, say, machine: { run, isRoot, exists } }) {
  if (!isRoot || !exists(aptGet)) return undefined;
  say("installing Debian's chromium with apt-get");
  const quiet = ['-qq', '-o', 'Acquire::http::Timeout=20'];
  // Old lists may still do.
  run(aptGet, ...quiet, 'update');
  if (run(aptGet, ...quiet, 'install', '--yes', '--no-install-recommends', 'chromium')) return findBrowser(env);
  say('apt-get could not install it');
  return undefined;
}

// Where a Chrome or Chromium is that starts: the environment's word, then the names that systems install it under, then the
// usual places, then what Playwright downloaded. Plain JavaScript without packages: `npm start` reads it on any Node.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** @typedef {{ path: string, version: string }} Browser `version`: as in 156.0.8078.79 */

/** Chromium first: on a machine with both, it is the one that nobody is signed in to. */
const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'];

/**
 * The first that tells its version. One that is there and does not even do that lacks a library, or stands for something
 * that is not installed: the next may be whole.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ passedOver?: (path: string) => void, limitMs?: number }} options
 *   `passedOver` is told of each that is there and does not start; `limitMs`: how long each has to answer
 * @returns {Browser | undefined}
 */
export function findBrowser(env, { passedOver = () => {}, limitMs = answerMs } = {}) {
  const { RONDO_BROWSER: chosen } = env;
  for (const path of chosen ? [chosen] : new Set(places(env))) {
    if (!isExecutable(path)) continue;
    const version = browserVersion(path, limitMs);
    if (version !== undefined) return { path, version };
    passedOver(path);
  }
  return undefined;
}

const versionNumber = /\d+\.\d+\.\d+\.\d+/;

/** Several times what a cold start on a slow disk takes: one that says nothing after that says nothing at all. */
const answerMs = 20_000;

/**
 * Undefined: it does not start, or is no Chrome or Chromium.
 * @param {string} path
 * @returns {string | undefined}
 */
export function browserVersion(path, limitMs = answerMs) {
  // On Windows it says nothing, and lies beside a folder that is named by its version.
  const said =
    process.platform === 'win32'
      ? readdirSync(dirname(path)).findLast((name) => versionNumber.test(name))
      : spawnSync(path, ['--version'], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
          timeout: limitMs,
          killSignal: 'SIGKILL',
        }).stdout;
  return versionNumber.exec(said ?? '')?.[0];
}

/** @param {NodeJS.ProcessEnv} env @returns {string[]} */
function places(env) {
  const onPath = names.flatMap((name) => (env.PATH ?? '').split(delimiter).map((dir) => join(dir, name)));
  return [...onPath, ...usualPlaces(env), ...ofPlaywright(env)];
}

/** What a person is told where there is none. @param {NodeJS.ProcessEnv} env @returns {string} */
export function whyNoBrowser({ RONDO_BROWSER: chosen }) {
  return chosen
    ? `RONDO_BROWSER names ${chosen}, which does not start, or is no Chrome or Chromium: name another one, or unset it.`
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

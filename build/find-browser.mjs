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
  const chosen = env.RONDO_BROWSER;
  if (chosen !== undefined && chosen !== '') return isExecutable(chosen) ? chosen : undefined;
  const onPath = names.flatMap((name) => (env.PATH ?? '').split(delimiter).map((dir) => join(dir, name)));
  return [...onPath, ...usualPlaces(env), ...ofPlaywright(env)].find(isExecutable);
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

/**
 * Gets one: Playwright's own download, which needs no rights, or Debian's package, which needs root. It says in one line
 * what it does.
 * @param {{ root: string, env: NodeJS.ProcessEnv, say: (sentence: string) => void }} options
 * @returns {string | undefined}
 */
export function installBrowser({ root, env, say }) {
  const playwright = join(root, 'node_modules/playwright/cli.js');
  /** @type {(command: string, ...args: string[]) => boolean} */
  const run = (command, ...args) => {
    const { status } = spawnSync(command, args, { env, timeout: installMs, stdio: ['ignore', 'ignore', 'inherit'] });
    return status === 0;
  };
  if (existsSync(playwright)) {
    say('no Chrome or Chromium is installed: downloading one with Playwright');
    // A download that lacks the system's libraries does not even say its version.
    if (run(process.execPath, playwright, 'install', '--no-shell', 'chromium')) {
      const found = findBrowser(env);
      if (found !== undefined && run(found, '--version')) return found;
    }
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say("installing Debian's chromium with apt-get");
    const quiet = ['-qq', '-o', 'Acquire::http::Timeout=20'];
    run('apt-get', ...quiet, 'update');
    if (run('apt-get', ...quiet, 'install', '--yes', '--no-install-recommends', 'chromium')) return findBrowser(env);
  }
  return undefined;
}

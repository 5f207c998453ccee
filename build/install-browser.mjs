// Gets a browser where there is none that starts. Plain JavaScript without packages, as find-browser.mjs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './find-browser.mjs';

/** A browser and its libraries are 200 to 500 MB: after ten minutes nobody believes in it any more. */
const installMs = 600_000;
const aptGet = '/usr/bin/apt-get';

/**
 * The machine, as far as installing asks it and acts on it. `run`: whether the command succeeded.
 * @typedef {{
 *   run: (command: string, ...args: string[]) => boolean,
 *   isRoot: boolean,
 *   exists: (path: string) => boolean,
 *   find: () => import('./find-browser.mjs').Browser | undefined,
 * }} Machine
 */

/** @param {NodeJS.ProcessEnv} env @returns {Machine} */
function thisMachine(env) {
  return {
    run: (command, ...args) =>
      spawnSync(command, args, { env, timeout: installMs, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0,
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
    find: () => findBrowser(env),
  };
}

/**
 * Gets one that starts: Playwright's own download, which needs no rights, or Debian's package, which needs root. It says in one line
 * what it does, and in another where that failed. Where somebody named a browser, no other one is fetched in its place.
 * @param {{ root: string, env: NodeJS.ProcessEnv, say: (sentence: string) => void, machine?: Machine }} options
 * @returns {import('./find-browser.mjs').Browser | undefined}
 */
export function installBrowser({ root, env, say, machine = thisMachine(env) }) {
  if (env.RONDO_BROWSER) return undefined;
  return downloadChromium({ root, say, machine }) ?? installPackage({ say, machine });
}

/** @param {{ root: string, say: (sentence: string) => void, machine: Machine }} options */
function downloadChromium({ root, say, machine: { run, exists, find } }) {
  const playwright = join(root, 'node_modules/playwright/cli.js');
  if (!exists(playwright)) return undefined;
  say('no Chrome or Chromium that starts is here: downloading one with Playwright');
  const isThere = run(process.execPath, playwright, 'install', '--no-shell', 'chromium');
  // Where the system lacks libraries, it does not start either.
  const found = isThere ? find() : undefined;
  if (found === undefined) say(isThere ? 'what was downloaded does not start here' : 'nothing could be downloaded');
  return found;
}

/** @param {{ say: (sentence: string) => void, machine: Machine }} options */
function installPackage({ say, machine: { run, isRoot, exists, find } }) {
  if (!isRoot || !exists(aptGet)) return undefined;
  say("installing Debian's chromium with apt-get");
  const quiet = ['-qq', '-o', 'Acquire::http::Timeout=20'];
  // Old lists may still do.
  run(aptGet, ...quiet, 'update');
  const isThere = run(aptGet, ...quiet, 'install', '--yes', '--no-install-recommends', 'chromium');
  const found = isThere ? find() : undefined;
  if (found === undefined) say(isThere ? 'what it installed does not start here' : 'apt-get could not install it');
  return found;
}

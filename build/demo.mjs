#!/usr/bin/env node
// What `npm run demo` runs: the main job in the real window against the embedded CircleCI. On a display the window is
// seen; without one it is walked by clicks all the same, and leaves pictures in demo/. Where no browser can be had the
// command line does the same job, and says that no window was shown.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bundle.mjs';
import { hasDisplay } from './display.mjs';
import { findBrowser, installBrowser, whyNoBrowser } from './find-browser.mjs';

const { env } = process;

if (findBrowser(env) === undefined && installBrowser({ root, env, say }) === undefined) {
  if (env.RONDO_BROWSER) say(whyNoBrowser(env));
  else say('no Chrome or Chromium can be had here.');
  say('no window is shown: the command line does the same job.');
  process.exitCode = run('build/rondo.mjs', 'demo');
} else {
  say(hasDisplay(env) ? 'the window does the main job by itself' : 'no display here: the window is walked unseen');
  const code = run('test/e2e/demo/main.ts', ...(hasDisplay(env) ? ['--headed'] : []));
  process.exitCode = code;
  // Only somebody at a terminal can close a window again.
  if (code === 0 && hasDisplay(env) && process.stdin.isTTY && process.stdout.isTTY) handOver();
}

/** A second window on a fresh vault: nothing drives this one, and nothing but the person closes it. */
function handOver() {
  const dir = mkdtempSync(join(tmpdir(), 'rondo-demo-'));
  say('now it is yours: choose any password, then "Open the sandbox". Closing the window ends the demo.');
  try {
    process.exitCode = run('build/start.mjs', `--vault=${join(dir, 'vault')}`, `--user-data-dir=${join(dir, 'data')}`);
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** @param {string[]} args @returns {number} */
function run(...args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`rondo: ${sentence}\n`);
}

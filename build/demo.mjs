#!/usr/bin/env node
// What `npm run demo` runs: the main job in the real window against the embedded CircleCI. On a display the window is
// seen, on what `npm start` would choose; without one it is walked by clicks all the same, and leaves pictures in demo/. Where
// neither can be had the command line does the same job, and says that no window was shown. Stopped in the middle (Ctrl+C,
// SIGTERM) it waits for what runs to remove what it wrote.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './bundle.mjs';
import { endings } from './demo-endings.mjs';
import { hasDisplay } from './display.mjs';
import { handOver } from './hand-over.mjs';

const { env } = process;
const walkPath = 'test/e2e/demo/main.ts';

/** Seen, else unseen, else told by the command line. */
const seen = hasDisplay(env) ? await walkSeen() : endings['no-window'];
const code = seen === endings['no-window'] ? await walkUnseen() : seen;
process.exitCode = code;
if (code === endings['no-window'] || code === endings['no-browser']) await showNoWindow();
// Only somebody at a terminal can close a window again.
else if (seen === endings.done && process.stdin.isTTY && process.stdout.isTTY) await showYours();

async function walkSeen() {
  say('the window does the main job by itself');
  const ended = await run(walkPath, '--headed');
  if (ended === endings['no-window']) say('no window came on this display');
  return ended;
}

function walkUnseen() {
  say(hasDisplay(env) ? 'it is walked unseen' : 'no display here: the window is walked unseen');
  return run(walkPath);
}

async function showNoWindow() {
  say('no window is shown: the command line does the same job.');
  process.exitCode = await run('build/rondo.mjs', 'demo');
}

async function showYours() {
  say(
    'now it is yours: choose any password, then "Open the sandbox". Its vault is removed when you close it: sign in to no real account.',
  );
  await handOver((...args) => run('build/start.mjs', ...args));
}

/** @param {string[]} args @returns {Promise<number>} */
async function run(...args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    // A terminal sends Ctrl+C to both.
    if (signal !== 'SIGINT') child.kill(signal);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, passOn);
  const [code] = await once(child, 'exit');
  for (const signal of signals) process.off(signal, passOn);
  return code ?? 1;
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`rondo: ${sentence}\n`);
}

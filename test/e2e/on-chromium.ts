import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import type { Browser } from '../../build/find-browser.mjs';
import type { AppProcess, AppStart } from './app-process.ts';

const runner = fileURLToPath(new URL('../../build/electron-over-chromium/runner.ts', import.meta.url));

/** Each window is a Chromium of its own, which says on standard error where a test may speak to it. */
const announcement = /^DevTools listening on (ws:\S+)$/;

/** The app on an installed Chromium, through the project's own Electron API. */
export function startOnChromium({ path, version }: Browser, { args, dir, isHeadless }: AppStart): AppProcess {
  const known = [`--browser=${path}`, `--browser-version=${version}`];
  const flags = [...known, '--remote-debugging-port=0', ...(isHeadless ? ['--headless'] : [])];
  const child = spawn(process.execPath, [runner, ...flags, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: dir, XDG_RUNTIME_DIR: dir },
  });
  const errors: string[] = [];
  const addresses: string[] = [];
  let onAddress = (address: string) => void addresses.push(address);
  createInterface(child.stderr).on('line', (line) => {
    const address = announcement.exec(line)?.[1];
    if (address === undefined) errors.push(line);
    else onAddress(address);
  });
  return {
    pid: child.pid ?? Number.NaN,
    onPage(listener, onFailure) {
      onAddress = (address) => void pageAt(address).then(listener, onFailure);
      for (const address of addresses.splice(0)) onAddress(address);
    },
    onLine: (listener) => void createInterface(child.stdout).on('line', listener),
    errors: () => errors.filter((line) => line !== '').join('\n'),
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? undefined))),
    kill: (signal) => void child.kill(signal),
  };
}

async function pageAt(address: string): Promise<Page> {
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the browser has no context');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  // Until then it shows the window's ground and nothing else. What is on it a test waits for itself: the end of loading
  // may have been before it was listened to.
  await page.waitForURL((url) => url.pathname === '/index.html', { waitUntil: 'commit' });
  return page;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { root } from '../../../build/bundle.mjs';

/** `npm run demo` with a browser that somebody named and that cannot be started, so that none is fetched either. */
async function demoWithoutBrowser(env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(root, 'build/demo.mjs')], {
    env: { ...process.env, RONDO_BROWSER: '/nowhere/chromium', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, stdout, stderr };
}

test('without a browser the command line does the job, and it is said that no window was shown', async () => {
  const { code, stdout, stderr } = await demoWithoutBrowser();
  expect(stderr).toContain('RONDO_BROWSER names /nowhere/chromium, which does not start, or is no Chrome or Chromium');
  expect(stderr).toContain('rondo: no window is shown: the command line does the same job.\n');
  expect(stdout).toContain('read back from the sandbox');
  expect(code).toBe(0);
});

test('and what fails there fails the demo', async () => {
  const { code } = await demoWithoutBrowser({ TMPDIR: '/nowhere', TMP: '/nowhere', TEMP: '/nowhere' });
  expect(code).not.toBe(0);
});

test('with a browser that does not start neither on the display nor unseen, it is the same', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'rondo-demo-test-'));
  try {
    const browser = join(dir, 'chromium');
    writeFileSync(browser, '#!/bin/sh\ncase "$1" in --version) echo Chromium 156.0.1.2; exit 0;; esac; exit 7\n');
    chmodSync(browser, 0o755);
    const { code, stdout, stderr } = await demoWithoutBrowser({ RONDO_BROWSER: browser, DISPLAY: ':77', TMPDIR: dir });
    const [onDisplay, unseen, none] = [
      'rondo: no window came on this display\n',
      'rondo: it is walked unseen\n',
      'rondo: no window is shown: the command line does the same job.\n',
    ].map((sentence) => stderr.indexOf(sentence));
    expect([onDisplay, unseen, none].every((place) => place !== -1)).toBe(true);
    expect(stdout.match(/no window could be opened: /g)).toHaveLength(2);
    expect(stdout + stderr, 'no trace of the code').not.toMatch(/^ +at /m);
    expect(stdout).toContain('read back from the sandbox');
    expect(code).toBe(0);
    expect(readdirSync(dir), 'nothing is left behind').toEqual(['chromium']);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

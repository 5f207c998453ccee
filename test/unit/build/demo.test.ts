import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { root } from '../../../build/bundle.mjs';

/** `npm run demo` with a browser that somebody named and that cannot be started, so that none is fetched, nor an Electron. */
async function demoWithoutBrowser(env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(root, 'build/demo.mjs')], {
    env: {
      ...process.env,
      ...{
        RONDO_BROWSER: '/nowhere/chromium',
        ELECTRON_OVERRIDE_DIST_PATH: '/nowhere',
        ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
      },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, stdout, stderr };
}

test('without a browser the command line does the job, and it is said that no window was shown', async () => {
  const { code, stdout, stderr } = await demoWithoutBrowser({ DISPLAY: ':77' });
  expect(stderr, 'it is looked for once').not.toContain('it is walked unseen');
  expect(stderr).toContain('RONDO_BROWSER names /nowhere/chromium, which does not start, or is no Chrome or Chromium');
  expect(stderr).toContain('rondo: no window is shown: the command line does the same job.\n');
  expect(stdout).toContain('read back from the sandbox');
  expect(code).toBe(0);
});

test('where Electron is there the window is its, and no browser is missed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'rondo-demo-test-'));
  try {
    const electron = join(dir, 'electron');
    writeFileSync(electron, `#!/bin/sh\ncase "$*" in *--version) exit 0;; esac; echo "$@" > ${dir}/started; exit 7\n`);
    chmodSync(electron, 0o755);
    const { code, stderr } = await demoWithoutBrowser({ DISPLAY: ':77', ELECTRON_OVERRIDE_DIST_PATH: dir });
    expect(readFileSync(join(dir, 'started'), 'utf8')).toContain(join(root, 'out/e2e'));
    expect(stderr).toMatch(/^rondo: Electron 45\.\d+\.\d+/m);
    // This one shows nothing: it goes on as ever.
    expect(stderr).toContain('rondo: no window came on this display\n');
    expect(stderr).toContain('rondo: no window is shown: the command line does the same job.\n');
    expect(code).toBe(0);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
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

test('a window that came and ended fails the demo: the command line would only hide it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'rondo-demo-test-'));
  try {
    const browser = join(dir, 'chromium');
    // It answers, so there was a window, and ends at once.
    const answer = `printf '{"method":"Any.thing","params":{}}\\0' >&4`;
    writeFileSync(
      browser,
      `#!/bin/sh\ncase "$1" in --version) echo Chromium 156.0.1.2; exit 0;; esac; ${answer}; exit 7\n`,
    );
    chmodSync(browser, 0o755);
    const { code, stdout, stderr } = await demoWithoutBrowser({ RONDO_BROWSER: browser, DISPLAY: ':77', TMPDIR: dir });
    expect(stdout).toContain('the app ended with 1 before its page was there: ');
    expect(stdout).not.toContain('read back from the sandbox');
    expect(stderr).not.toContain('no window');
    expect(code).toBe(1);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

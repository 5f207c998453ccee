import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whyNoWindow } from '../../build/electron-over-chromium/no-window.ts';
import { whyNoBrowser } from '../../build/find-browser.mjs';
import { doesStart, downloadElectron, electronBinary } from '../../build/find-electron.mjs';
import { sandboxNote } from '../../build/sandbox.mjs';
import { fixture } from './run-app.ts';

const startPath = fileURLToPath(new URL('../../build/start.mjs', import.meta.url));
let dir = '';
const ends: (() => void)[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rondo-start-'));
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  rmSync(dir, { recursive: true, force: true });
});

/** An executable of the test's own. */
function program(path: string, script: string): string {
  const full = join(dir, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, `#!/bin/sh\n${script}\n`);
  chmodSync(full, 0o755);
  return full;
}

const tellsItsVersion = 'case "$*" in *--version) echo v45.4.1; exit 0;; esac;';

async function start(args: readonly string[], env: Readonly<Record<string, string>>) {
  const { DISPLAY, WAYLAND_DISPLAY, ...others } = process.env;
  const child = spawn(process.execPath, [startPath, ...args], { env: { ...others, ...env, TMPDIR: dir } });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    texts.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    texts.stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, ...texts };
}

describe('npm start', () => {
  test('without a display says so, points to the terminal, and downloads nothing', async () => {
    const { code, stderr } = await start([], {});
    expect(code).toBe(1);
    expect(stderr).toBe(
      'rondo: there is no display here, and a window needs one. `npm run demo` does the main job unseen, and leaves pictures of it in demo/.\n',
    );
  });

  test('takes Electron where it is, without core dumps, and ends with its code', async () => {
    program('electron', `${tellsItsVersion} echo "$@"; echo "core dumps: $(ulimit -c)"; exit 5`);
    const env = { DISPLAY: ':9', ELECTRON_OVERRIDE_DIST_PATH: dir };
    const { code, stdout, stderr } = await start(['--no-download', '--app=some/app', '--own', 'x'], env);
    expect(stderr).toMatch(/^rondo: Electron 45\.\d+\.\d+[^\n]*\n$/);
    expect(stderr).toContain(sandboxNote(process.getuid?.()));
    expect(stdout).toMatch(/(^|--no-sandbox )some\/app --own x\ncore dumps: 0\n$/);
    expect(code).toBe(5);
  });

  test.each([
    ['that lacks a library', 'echo "libnss3.so: cannot open shared object file" >&2; exit 127'],
    ['that is refused its sandbox', 'kill -TRAP $$'],
  ])('takes a browser in place of an Electron %s, and says so in one line', async (_what, script) => {
    const electron = program('electron', script);
    const browser = program('chromium', 'case "$1" in --version) echo Chromium 156.0.1.2; exit 0;; esac; exit 7');
    const env = { DISPLAY: ':9', ELECTRON_OVERRIDE_DIST_PATH: dir, RONDO_BROWSER: browser };
    const { code, stderr } = await start(['--no-download', `--app=${fixture('packaged')}`], env);
    const [first, second] = stderr.split('\n');
    expect(first).toMatch(/^rondo: Electron 45\.\d+\.\d+ does not start here, so a browser is taken: /);
    expect(first).toContain(`${electron} --version`);
    expect(second).toMatch(/^rondo: Electron API over Chromium 156/);
    expect(code).toBe(0);
  });

  test('passes over a browser that does not start, and says which', async () => {
    const broken = program('chromium', 'exit 127');
    program('chromium-browser', 'case "$1" in --version) echo Chromium 7.0.1.2; exit 0;; esac; exit 7');
    const args = ['--headless', '--no-download', `--app=${fixture('packaged')}`];
    const { stderr } = await start(args, { PATH: dir });
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      `rondo: ${broken} does not start here, so it is passed over`,
      expect.stringMatching(/^rondo: Electron API over Chromium 7[^\n]*$/),
    ]);
  });

  test('else takes a browser, and says in one line what it runs on', async () => {
    const { code, stderr } = await start(['--headless', '--no-download', `--app=${fixture('packaged')}`], {});
    expect(stderr).toMatch(/^rondo: Electron API over Chromium \d+[^\n]*\n$/);
    expect(stderr).toContain(sandboxNote(process.getuid?.()));
    expect(code).toBe(0);
  });

  test('tells root that there is no sandbox, and nobody else', () => {
    expect(sandboxNote(0)).toBe(', as root and so without its sandbox: better start it as an ordinary user');
    expect([sandboxNote(1000), sandboxNote(undefined)]).toEqual(['', '']);
  });

  test('says in one sentence what is missing: the browser, or the app', async () => {
    // May download, and does not.
    const without = await start(['--headless'], { RONDO_BROWSER: join(dir, 'nowhere') });
    expect(without.code).toBe(1);
    expect(without.stderr).toBe(
      `rondo: RONDO_BROWSER names ${dir}/nowhere, which does not start, or is no Chrome or Chromium: name another one, or unset it.\n`,
    );
    expect(whyNoBrowser({ RONDO_BROWSER: '' })).toMatch(/^it needs Electron or a browser: /);
    const noApp = await start(['--headless', '--no-download', `--app=${dir}/app`], {});
    expect(noApp.code).toBe(1);
    expect(noApp.stderr).toMatch(/there is no app at .*: build it first\n$/);
  });

  test('a browser that does not start is said in one sentence, and not tried again', async () => {
    const again = `const open = () => {
      const window = new BrowserWindow({});
      window.webContents.once('render-process-gone', open);
      window.loadURL('app://x/').catch(() => {});
    };`;
    writeFileSync(
      join(dir, 'app.cjs'),
      `const { app, BrowserWindow, session } = require('electron'); ${again}
      app.on('ready', () => {
        session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
        session.defaultSession.setPermissionCheckHandler(() => false);
        open();
      });`,
    );
    const number = '--version) echo Chromium 156.0.1.2; exit 0;;';
    const starts = `echo started >> ${join(dir, 'starts')}`;
    const env = { RONDO_BROWSER: program('broken', `case "$1" in ${number} esac; ${starts}; exit 7`) };
    const { code, stderr } = await start(['--headless', '--no-download', `--app=${join(dir, 'app.cjs')}`], env);
    const [, ...said] = stderr.split('\n');
    expect(said).toEqual([
      `rondo: no window could be opened: ${env.RONDO_BROWSER} ended with 7 before it answered. Started by hand, it tells why.`,
      '',
    ]);
    expect(code).toBe(1);
    expect(readFileSync(join(dir, 'starts'), 'utf8')).toBe('started\n');
    const mute = await start(['--headless', '--no-download', `--app=${join(dir, 'app.cjs')}`], {
      RONDO_BROWSER: program('mute', 'exit 7'),
    });
    expect([mute.code, mute.stderr]).toEqual([
      1,
      [
        `rondo: ${join(dir, 'mute')} does not start here, so it is passed over`,
        `rondo: RONDO_BROWSER names ${join(dir, 'mute')}, which does not start, or is no Chrome or Chromium: name another one, or unset it.\n`,
      ].join('\n'),
    ]);
  });

  test('a browser that does not start makes one doubt the display, where one is named', () => {
    const noWindow = { executable: '/usr/bin/chromium', how: 'ended with 1', isHeadless: false };
    expect(whyNoWindow({ ...noWindow, env: { DISPLAY: ':77' } })).toBe(
      'no window could be opened: /usr/bin/chromium ended with 1 before it answered. Is there a display at DISPLAY=:77? If not, unset DISPLAY. `npm run demo` does the main job unseen.',
    );
    expect(whyNoWindow({ ...noWindow, env: { DISPLAY: ':77', WAYLAND_DISPLAY: 'wayland-0' } })).toContain(
      'If not, unset WAYLAND_DISPLAY.',
    );
    expect(whyNoWindow({ ...noWindow, env: {} })).toContain('Started by hand, it tells why.');
  });
});

describe("Electron's own binary", () => {
  /** More than a busy machine takes for what it is to finish. */
  const patient = { firstByteMs: 20_000, downloadMs: 40_000 };
  const impatient = { firstByteMs: 700, downloadMs: 5000 };
  const markerPath = () => join(dir, 'marker');
  const electron = () => ({ version: '45.0.0', dir });

  /** What Electron's package does when its archive has come. */
  function installer(script: string): void {
    writeFileSync(join(dir, 'install.js'), script);
  }

  /** In a process of its own: a download blocks this one. It notes the arguments of every process as it is asked. */
  async function mirrorThatSends(): Promise<string> {
    const server = spawn(process.execPath, [
      '-e',
      `const seen = () => require('node:child_process').execFileSync('ps', ['-eo', 'args'], { maxBuffer: 1e8 });
       require('node:http').createServer((q, r) => { require('node:fs').writeFileSync('${dir}/seen', seen()); r.end(q.url); })
         .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`,
    ]);
    ends.push(() => server.kill());
    const [port] = await once(server.stdout, 'data');
    return `http://127.0.0.1:${String(port).trim()}/`;
  }

  function attempt(
    mirror: string,
    within = patient,
  ): { readonly binary: string | undefined; readonly said: readonly string[] } {
    const said: string[] = [];
    const env = { PATH: process.env.PATH ?? '', ELECTRON_MIRROR: mirror };
    const say = (sentence: string) => said.push(sentence);
    const options = { env, markerPath: markerPath(), say, limits: within };
    return { binary: downloadElectron(electron(), options), said };
  }

  test('that never answers does not start', () => {
    expect(doesStart(program('electron', 'exec sleep 600'), 500)).toBe(false);
    expect(doesStart(program('electron', tellsItsVersion), 10_000)).toBe(true);
  });

  test('is downloaded where a server begins to send', async () => {
    installer(`const fs = require('node:fs'); fs.mkdirSync('${dir}/dist'); fs.writeFileSync('${dir}/dist/electron', '');
      fs.writeFileSync('${dir}/path.txt', 'electron')`);
    expect(electronBinary(electron(), {})).toBeUndefined();
    const { binary, said } = attempt(await mirrorThatSends());
    expect(binary).toBe(join(dir, 'dist/electron'));
    expect(electronBinary(electron(), {})).toBe(binary);
    expect(said).toEqual(['downloading Electron 45.0.0 (once; at most a minute)']);
  });

  test("is asked for without its mirror's address in an argument: a company's may hold a password", async () => {
    installer('');
    const secret = `key-${randomUUID()}`;
    attempt(`${await mirrorThatSends()}${secret}/`);
    const seen = readFileSync(join(dir, 'seen'), 'utf8');
    expect(seen).toContain('fetch(');
    expect(seen).not.toContain(secret);
  });

  test('is given up where it begins to come and does not end', async () => {
    installer(`require('node:fs').writeFileSync('${dir}/begun', ''); setInterval(() => {}, 1000)`);
    const { binary } = attempt(await mirrorThatSends(), { ...patient, downloadMs: patient.firstByteMs + 3000 });
    expect([existsSync(join(dir, 'begun')), binary, electronBinary(electron(), {})]).toEqual([
      true,
      undefined,
      undefined,
    ]);
    expect(existsSync(markerPath())).toBe(true);
  });

  test('is given up where a server takes the call and says nothing, and not asked for again that day', async () => {
    installer(`require('node:fs').writeFileSync('${dir}/installed', '')`);
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => server.close());
    const address = server.address();
    const mirror = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    expect(attempt(mirror, impatient)).toEqual({ binary: undefined, said: [expect.stringContaining('downloading')] });
    expect(existsSync(join(dir, 'installed'))).toBe(false);
    expect(attempt(mirror)).toEqual({ binary: undefined, said: [] });
    expect(readFileSync(markerPath(), 'utf8'), 'an address may hold a password').not.toContain('127.0.0.1');
    // Another place may have it, and is the one that is not asked again then.
    expect(attempt('http://127.0.0.1:1/').said).toHaveLength(1);
    expect(attempt('http://127.0.0.1:1/').said).toHaveLength(0);
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    utimesSync(markerPath(), twoDaysAgo, twoDaysAgo);
    expect(attempt('http://127.0.0.1:1/').said).toHaveLength(1);
  });
});

test('the app itself does not start where it would be open to other programs', async () => {
  const { code, stderr } = await start(['--headless', '--no-download', '--remote-debugging-port=0'], {});
  expect(stderr).toContain('Rondo did not start: It was started so that other programs could look into its window');
  expect(code).toBe(1);
});

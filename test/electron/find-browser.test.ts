import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../build/find-browser.mjs';
import { installBrowser } from '../../build/install-browser.mjs';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rondo-browser-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const version = '156.0.8078.79';

/** An executable: one that tells its version, where nothing else is said. */
function program(path: string, script = `echo Chromium ${version} built on nothing`): string {
  const full = join(dir, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, `#!/bin/sh\n${script}\n`);
  chmodSync(full, 0o755);
  return full;
}

test('takes the one that is named, then Chromium before Chrome on the path, then what Playwright has', () => {
  const chrome = program('bin/google-chrome');
  expect(findBrowser({ PATH: join(dir, 'bin') })).toEqual({ path: chrome, version });
  const chromium = program('bin/chromium');
  expect(findBrowser({ PATH: join(dir, 'bin') })?.path).toBe(chromium);
  expect(findBrowser({ PATH: join(dir, 'bin'), RONDO_BROWSER: chrome })?.path).toBe(chrome);
  expect(findBrowser({ PATH: join(dir, 'bin'), RONDO_BROWSER: join(dir, 'nowhere') })).toBeUndefined();
});

test('passes over each that does not start, that never answers and that is no browser, and tells which', () => {
  const broken = [
    program('a/chromium', 'echo "libnss3.so: cannot open shared object file" >&2; exit 127'),
    program('b/chromium', 'exec sleep 600'),
    program('a/google-chrome-stable', 'echo wine-6.0'),
  ];
  const whole = program('b/google-chrome');
  const passed: string[] = [];
  const env = { PATH: ['a', 'b', 'a'].map((name) => join(dir, name)).join(delimiter) };
  const found = findBrowser(env, { passedOver: (path) => passed.push(path), limitMs: 700 });
  expect(found?.path).toBe(whole);
  expect(passed).toEqual(broken);
});

test('takes no other one in place of one that is named and does not start', () => {
  program('bin/google-chrome');
  const env = { PATH: join(dir, 'bin'), RONDO_BROWSER: program('named', 'exit 1') };
  expect(findBrowser(env)).toBeUndefined();
});

describe('one that is missing', () => {
  test('a browser that is missing is installed by Playwright, which is said in one line', () => {
    mkdirSync(join(dir, 'node_modules/playwright'), { recursive: true });
    const installed = join(dir, 'browsers/bin/chromium');
    writeFileSync(
      join(dir, 'node_modules/playwright/cli.js'),
      `const fs = require('node:fs'); fs.mkdirSync('${dirname(installed)}', { recursive: true });
       fs.writeFileSync('${installed}', '#!/bin/sh\\n' + 'echo Chromium ${version}', { mode: 0o755 });`,
    );
    const said: string[] = [];
    const env = { PATH: join(dir, 'browsers/bin') };
    expect(installBrowser({ root: dir, env, say: (sentence) => said.push(sentence) })?.path).toBe(installed);
    expect(said).toEqual(['no Chrome or Chromium that starts is here: downloading one with Playwright']);
  });

  const chromium = { path: '/usr/bin/chromium', version };

  /** Has one installed on a machine where only these commands succeed; what was called there, and what was said. */
  function install(onMachine: {
    readonly isRoot?: boolean;
    readonly has: readonly string[];
    readonly works?: readonly string[];
    /** What is found that starts, each time. */
    readonly finds?: readonly (typeof chromium)[];
    readonly env?: Readonly<Record<string, string>>;
  }) {
    const { isRoot = false, has, works = [], finds = [], env = {} } = onMachine;
    const calls: string[] = [];
    const said: string[] = [];
    const found = installBrowser({
      root: '/project',
      env,
      say: (sentence) => said.push(sentence),
      machine: {
        isRoot,
        exists: (path) => has.some((name) => path.endsWith(name)),
        run(command, ...args) {
          calls.push([basename(command), ...args].join(' '));
          return works.some((name) => calls.at(-1)?.includes(name));
        },
        find: () => finds[0],
      },
    });
    return { found, calls, said };
  }
  const update = 'apt-get -qq -o Acquire::http::Timeout=20 update';
  const add = 'apt-get -qq -o Acquire::http::Timeout=20 install --yes --no-install-recommends chromium';
  const download = expect.stringMatching(/ \/project\/node_modules\/playwright\/cli\.js install --no-shell chromium$/);

  test('root on Debian gets its package, also where its lists could not be read anew', () => {
    const works = [' install '];
    const { found, calls, said } = install({ isRoot: true, has: ['apt-get'], works, finds: [chromium] });
    expect(found).toBe(chromium);
    expect(calls).toEqual([update, add]);
    expect(said).toEqual(["installing Debian's chromium with apt-get"]);
  });

  test('what fails is said, and the next way is tried', () => {
    const { found, calls, said } = install({ isRoot: true, has: ['cli.js', 'apt-get'], finds: [chromium] });
    expect(found).toBeUndefined();
    expect(calls).toEqual([download, update, add]);
    expect(said).toEqual([
      'no Chrome or Chromium that starts is here: downloading one with Playwright',
      'nothing could be downloaded',
      "installing Debian's chromium with apt-get",
      'apt-get could not install it',
    ]);
  });

  test('what lacks the libraries of the system is not taken, wherever it came from', () => {
    const { found, calls, said } = install({ isRoot: true, has: ['cli.js', 'apt-get'], works: ['install'] });
    expect(found).toBeUndefined();
    expect(calls).toEqual([download, update, add]);
    expect(said).toContain('what was downloaded does not start here');
    expect(said.at(-1)).toBe('what it installed does not start here');
  });

  test('nobody but root asks apt-get, and nobody does where there is none', () => {
    expect(install({ has: ['apt-get'] })).toEqual({ found: undefined, calls: [], said: [] });
    expect(install({ isRoot: true, has: [] })).toEqual({ found: undefined, calls: [], said: [] });
  });

  test('nothing is fetched in the place of a browser that is named and missing', () => {
    const env = { RONDO_BROWSER: join(dir, 'nowhere') };
    const all = { isRoot: true, has: ['cli.js', 'apt-get'], works: ['install'], finds: [chromium], env };
    expect(install(all)).toEqual({ found: undefined, calls: [], said: [] });
  });
});

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser, installBrowser } from '../../build/find-browser.mjs';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rondo-browser-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** An executable that does nothing. */
function program(path: string): string {
  const full = join(dir, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '#!/bin/sh\n');
  chmodSync(full, 0o755);
  return full;
}

test('takes the one that is named, then Chromium before Chrome on the path, then what Playwright has', () => {
  const chrome = program('bin/google-chrome');
  expect(findBrowser({ PATH: join(dir, 'bin') })).toBe(chrome);
  const chromium = program('bin/chromium');
  expect(findBrowser({ PATH: join(dir, 'bin') })).toBe(chromium);
  expect(findBrowser({ PATH: join(dir, 'bin'), RONDO_BROWSER: chrome })).toBe(chrome);
  expect(findBrowser({ PATH: join(dir, 'bin'), RONDO_BROWSER: join(dir, 'nowhere') })).toBeUndefined();
});

describe('one that is missing', () => {
  test('a browser that is missing is installed by Playwright, which is said in one line', () => {
    mkdirSync(join(dir, 'node_modules/playwright'), { recursive: true });
    const installed = join(dir, 'browsers/bin/chromium');
    writeFileSync(
      join(dir, 'node_modules/playwright/cli.js'),
      `const fs = require('node:fs'); fs.mkdirSync('${dirname(installed)}', { recursive: true });
       fs.writeFileSync('${installed}', '#!/bin/sh\\n' + 'echo ' + process.argv.slice(2).join(' '), { mode: 0o755 });`,
    );
    const said: string[] = [];
    const env = { PATH: join(dir, 'browsers/bin') };
    expect(installBrowser({ root: dir, env, say: (sentence) => said.push(sentence) })).toBe(installed);
    expect(said).toEqual(['no Chrome or Chromium is installed: downloading one with Playwright']);
  });

  /** Has one installed on a machine where only these commands succeed; what was called there, and what was said. */
  function install(onMachine: {
    readonly isRoot?: boolean;
    readonly has: readonly string[];
    readonly works?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  }) {
    const { isRoot = false, has, works = [], env = {} } = onMachine;
    const calls: string[] = [];
    const said: string[] = [];
    const found = installBrowser({
      root: '/project',
      // Nothing of this machine is found in its place.
      env: { PATH: '', PLAYWRIGHT_BROWSERS_PATH: join(dir, 'none'), ...env },
      say: (sentence) => said.push(sentence),
      machine: {
        isRoot,
        exists: (path) => has.some((name) => path.endsWith(name)),
        run(command, ...args) {
          calls.push([basename(command), ...args].join(' '));
          return works.some((name) => calls.at(-1)?.includes(name));
        },
      },
    });
    return { found, calls, said };
  }
  const update = 'apt-get -qq -o Acquire::http::Timeout=20 update';
  const add = 'apt-get -qq -o Acquire::http::Timeout=20 install --yes --no-install-recommends chromium';
  const download = expect.stringMatching(/ \/project\/node_modules\/playwright\/cli\.js install --no-shell chromium$/);

  test('root on Debian gets its package, also where its lists could not be read anew', () => {
    const env = { PATH: dirname(program('bin/chromium')) };
    const { found, calls, said } = install({ isRoot: true, has: ['apt-get'], works: [' install '], env });
    expect(found).toBe(join(dir, 'bin/chromium'));
    expect(calls).toEqual([update, add]);
    expect(said).toEqual(["installing Debian's chromium with apt-get"]);
  });

  test('what fails is said, and the next way is tried', () => {
    const { found, calls, said } = install({ isRoot: true, has: ['cli.js', 'apt-get'] });
    expect(found).toBeUndefined();
    expect(calls).toEqual([download, update, add]);
    expect(said).toEqual([
      'no Chrome or Chromium is installed: downloading one with Playwright',
      'nothing could be downloaded',
      "installing Debian's chromium with apt-get",
      'apt-get could not install it',
    ]);
  });

  test('a download that lacks the libraries of the system is not taken', () => {
    const env = { PATH: dirname(program('bin/chromium')) };
    const { found, calls, said } = install({ has: ['cli.js', 'apt-get'], works: ['cli.js install'], env });
    expect(found).toBeUndefined();
    expect(calls).toEqual([download, 'chromium --version']);
    expect(said.at(-1)).toBe('what was downloaded does not start here');
  });

  test('nobody but root asks apt-get, and nobody does where there is none', () => {
    expect(install({ has: ['apt-get'] })).toEqual({ found: undefined, calls: [], said: [] });
    expect(install({ isRoot: true, has: [] })).toEqual({ found: undefined, calls: [], said: [] });
  });

  test('nothing is fetched in the place of a browser that is named and missing', () => {
    const env = { RONDO_BROWSER: join(dir, 'nowhere') };
    const all = { isRoot: true, has: ['cli.js', 'apt-get'], works: ['install'], env };
    expect(install(all)).toEqual({ found: undefined, calls: [], said: [] });
  });
});

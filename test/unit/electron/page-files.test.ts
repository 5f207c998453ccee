import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { servePageFile } from '../../../main/electron/page-files.ts';

/** As the app is built: the page beside the window's own bundles. */
let outDir = '';

beforeEach(() => {
  outDir = mkdtempSync(join(tmpdir(), 'rondo-page-files-'));
  for (const path of [
    ...['renderer/index.html', 'renderer/assets/index.js', 'renderer/index.map', 'renderer/assets/plain'],
    ...['window/preload.cjs', 'window/main.mjs', 'window/beside.js', 'renderer-else/index.js', 'vault/vault.db'],
  ]) {
    mkdirSync(dirname(join(outDir, path)), { recursive: true });
    writeFileSync(join(outDir, path), `this is ${path}`);
  }
});
afterEach(() => rmSync(outDir, { recursive: true, force: true }));

const serve = (url: string) => servePageFile(join(outDir, 'renderer'), url);

describe("the page's protocol", () => {
  test.each([
    ['app://rondo/index.html', 'renderer/index.html', 'text/html; charset=utf-8'],
    ['app://rondo/assets/index.js', 'renderer/assets/index.js', 'text/javascript; charset=utf-8'],
    ['app://rondo/assets/index.js?v=2#x', 'renderer/assets/index.js', 'text/javascript; charset=utf-8'],
  ])('serves the bundle: %s', async (url, path, type) => {
    const response = serve(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(`this is ${path}`);
    expect(response.headers.get('content-type')).toBe(type);
  });

  test.each([
    // The address parser takes these back to the page's own folder, where there is no such file.
    'app://rondo/../window/beside.js',
    'app://rondo/%2e%2e/window/beside.js',
    // These only mean something once they are decoded.
    'app://rondo/..%2fwindow%2fbeside.js',
    'app://rondo/assets/..%2f..%2fwindow%2fbeside.js',
    'app://rondo/..%2frenderer-else%2findex.js',
    'app://rondo/..%252fwindow%252fbeside.js',
    'app://rondo/..%5cwindow%5cbeside.js',
    // No kind of file that a page has.
    'app://rondo/preload.cjs',
    'app://rondo/..%2fwindow%2fpreload.cjs',
    'app://rondo/..%2fwindow%2fmain.mjs',
    'app://rondo/..%2fvault%2fvault.db',
    'app://rondo/index.map',
    'app://rondo/assets/plain',
    'app://rondo/assets/',
    'app://rondo/',
    // Nobody's address.
    'app://window/beside.js',
    'app://else/index.html',
    'app:///index.html',
    'app://rondo/nowhere.js',
    'app://rondo/index.html%00.js',
    'app://rondo/%e0%a4%a.js',
  ])('serves nothing else: %s', async (url) => {
    const response = serve(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

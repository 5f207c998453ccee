import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../build/bundle.mjs';
import { electronPackage } from '../../../build/find-electron.mjs';
import { type ArchivedFile, readArchive } from '../../support/asar-archive.ts';
import { fusesOf, makeUpElectron } from '../../support/made-up-electron.ts';

const dir = mkdtempSync(join(tmpdir(), 'rondo-dist-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, args, { cwd: dir, env: { ...process.env, ...environment } });
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

const dist = (electronDist: string, ...args: readonly string[]) =>
  run([join(root, 'build/dist.mjs'), ...args, `--output=${join(dir, 'made')}`], {
    ELECTRON_OVERRIDE_DIST_PATH: electronDist,
    // Nothing is downloaded.
    APPIMAGE_TOOLS_PATH: `${electronDist}-tools`,
  });

// The real electron-builder with the real electron-builder.yml, which it holds against its own schema first.
describe('npm run dist, given a made-up Electron for Linux, packs', () => {
  const packed = join(dir, 'made/linux-unpacked');
  const unpacked = join(packed, 'resources/app.asar.unpacked');
  const database = `node_modules/better-sqlite3/prebuilds/linux-${arch()}.node`;
  let files: ArchivedFile[] = [];

  // A few seconds where nothing else runs. A hang ends it, slowness does not.
  beforeAll(async () => {
    makeUpElectron(join(dir, 'electron'), electronPackage(root)?.version ?? '');
    const { code, stdout, stderr } = await dist(join(dir, 'electron'), '--dir');
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('out/packed') });
    files = readArchive(join(packed, 'resources/app.asar'));
  }, 180_000);

  test("this build's bundles, the page and package.json", () => {
    const own = files.map(({ path }) => path).filter((path) => !path.startsWith('node_modules/'));
    // What a bundler calls the parts of a page is its own affair.
    expect([...new Set(own.map((path) => path.replace(/assets\/.*\./, 'assets/*.')))].sort()).toEqual([
      'out/renderer/assets/*.css',
      'out/renderer/assets/*.js',
      'out/renderer/assets/*.woff2',
      'out/renderer/index.html',
      'out/window/core.mjs',
      'out/window/derive-key-worker.mjs',
      'out/window/main.mjs',
      'out/window/preload.cjs',
      'package.json',
    ]);
    const page = contentOf('out/renderer/index.html').toString();
    const asked = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => `out/renderer/${path}`);
    expect(asked).not.toEqual([]);
    expect(own).toEqual(expect.arrayContaining(asked));
    expect(JSON.parse(contentOf('package.json').toString())).toMatchObject({
      main: 'out/window/main.mjs',
      type: 'module',
    });
  });

  test('of node_modules what the bundles import, without sources, types, maps and pages', () => {
    const inPackages = files.map(({ path }) => path).filter((path) => path.startsWith('node_modules/'));
    const packages = new Set(inPackages.map((path) => path.split('/')[1]));
    expect([...packages].sort()).toEqual([
      ...['better-sqlite3', 'libsodium-sumo', 'libsodium-wrappers', 'p-queue', 'undici'],
    ]);
    expect(inPackages.filter((path) => !/\.(js|mjs|json|node)$|\/licen[sc]e$/i.test(path))).toEqual([]);
    expect(inPackages.filter((path) => path.endsWith('.node'))).toEqual([database]);
  });

  test('nothing that names a folder of the machine that packed', () => {
    const own = files.filter(({ path, content }) => path.startsWith('out/') && content?.includes(root) === true);
    expect(own.map(({ path }) => path)).toEqual([]);
  });

  test('only the binary beside the archive, and a checksum of everything else', () => {
    expect(files.filter(({ content }) => content === undefined).map(({ path }) => path)).toEqual([database]);
    const beside = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(beside.map((entry) => join(entry.parentPath, entry.name))).toEqual([join(unpacked, database)]);
    expect(readFileSync(join(unpacked, database)).equals(readFileSync(join(root, database)))).toBe(true);
    for (const { path, content, claimedHash } of files) {
      const bytes = content ?? readFileSync(join(unpacked, path));
      expect({ path, hash: claimedHash }).toEqual({ path, hash: createHash('sha256').update(bytes).digest('hex') });
    }
  });

  test('every package that a bundle imports, with all that it loads itself', async () => {
    for (const { path, content } of files) {
      const to = join(dir, 'extracted', path);
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, content ?? readFileSync(join(unpacked, path)));
    }
    const names = new Set(
      ['core', 'derive-key-worker', 'main'].flatMap((name) => packagesIn(`out/window/${name}.mjs`)),
    );
    expect([...names].sort()).toEqual(['better-sqlite3', 'libsodium-wrappers', 'p-queue', 'undici']);
    const loader = join(dir, 'extracted/out/window/load.mjs');
    writeFileSync(loader, [...names].map((name) => `import ${JSON.stringify(name)};\n`).join(''));
    expect(await run([loader])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('a binary that is nobody else’s Node, and loads nothing but this archive', () => {
    // In the order of Electron's documentation: run as Node, cookies, NODE_OPTIONS, --inspect, checksums, archive only;
    // then the snapshot, which is as it was, the privileges of file:, and one that the yml does not know.
    expect(fusesOf(readFileSync(join(packed, 'rondo-window')))).toBe('010011001');
    expect(existsSync(join(packed, 'resources/default_app.asar'))).toBe(false);
  });

  function contentOf(path: string): Buffer {
    return files.find((file) => file.path === path)?.content ?? Buffer.alloc(0);
  }

  function packagesIn(path: string): string[] {
    const imported = contentOf(path)
      .toString()
      .matchAll(/(?:^|[;}])\s*(?:import|export)[^"'`;()]*from\s*"([^"]+)"|\bimport\("([^"]+)"\)/gm);
    return [...imported]
      .flatMap(([, fixed, late]) => fixed ?? late ?? [])
      .filter((name) => !/^node:|^electron$/.test(name));
  }
});

test('for Linux it makes what it can where there is no homepage to name, and says what not', async () => {
  makeUpElectron(join(dir, 'for-installers'), electronPackage(root)?.version ?? '');
  makeUpAppImageTools(join(dir, 'for-installers-tools'));
  const { code, stderr } = await dist(join(dir, 'for-installers'));
  expect(stderr).toContain('rondo: no .deb is made: it must name a homepage, and package.json has none\n');
  expect({ code, made: stderr.match(/^rondo: made .*$/gm) }).toEqual({
    code: 0,
    made: [expect.stringMatching(/\/Rondo-[\d.]+\.AppImage$/)],
  });
}, 180_000);

test('where it cannot be packed to the end, it fails', async () => {
  makeUpElectron(join(dir, 'without'), electronPackage(root)?.version ?? '');
  const { code, stderr } = await dist(join(dir, 'without'));
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('rondo: not packed to the end: APPIMAGE_TOOLS_PATH'),
  });
}, 180_000);

/** They make an empty file. */
function makeUpAppImageTools(to: string): void {
  const host = join(to, `linux-${arch()}`);
  for (const folder of [host, join(to, `lib/${arch()}`), join(to, 'lib/x64')]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(to, `runtime-${arch()}`), '');
  for (const tool of ['mksquashfs', 'desktop-file-validate']) {
    writeFileSync(join(host, tool), '#!/bin/sh\n: > "$2"\n', { mode: 0o755 });
  }
}

// Its tools would have to be downloaded; the entry is written before them.
test('the menu starts an AppImage with the sandbox of its page', async () => {
  const { code, stdout } = await run([join(root, 'test/unit/build/appimage-menu-entry.mjs'), join(dir, 'appimage')]);
  expect({ code, commands: stdout.match(/^Exec=.*$/gm) }).toEqual({ code: 0, commands: ['Exec=AppRun %U'] });
}, 180_000);

test('without Electron it says so in one sentence', async () => {
  const { code, stdout, stderr } = await dist(join(dir, 'nothing'));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^rondo: nothing was packed: [^\n]* could not be had here\. [^\n]*\n$/);
});

test('with another Electron than package.json names it packs nothing', async () => {
  makeUpElectron(join(dir, 'other'), '1.2.3');
  const { code, stderr } = await dist(join(dir, 'other'));
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('has Electron 1.2.3') });
});

// What `npm run dist` runs: builds the app anew and packs it as electron-builder.yml says.
//   npm run dist [-- --dir] [--output=folder]
// `--dir` stops before installers, whose tools electron-builder downloads: the packed app in a folder. It packs for the
// system whose Electron is at hand: the one in ELECTRON_OVERRIDE_DIST_PATH, else that of `npm start`, else a download. Where
// there is none, one sentence says so, and nothing was built.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { manifest, root } from './bundle.mjs';
import { downloadElectron, electronBinary, electronPackage } from './find-electron.mjs';
import { buildWindow } from './window.mjs';

/** A folder of its own, made anew: what is packed is what this build made. electron-builder.yml names it. */
const packedDir = join(root, 'out/packed');
/** Whoever packs would rather wait than not have it. */
const limits = { firstByteMs: 10_000, downloadMs: 15 * 60_000 };

const { values: asked } = parseArgs({ options: { dir: { type: 'boolean' }, output: { type: 'string' } } });

const electronDist = findElectronDist();
if (electronDist !== undefined) {
  say('building out/packed from the sources');
  try {
    // Whatever this shell is used for: else React would be packed as it is for those who look for its faults.
    process.env.NODE_ENV = 'production';
    rmSync(packedDir, { recursive: true, force: true });
    await buildWindow(packedDir);
    await pack(electronDist);
  } catch (error) {
    end(`not packed to the end: ${error instanceof Error ? error.message : error}`);
    // A package of electron-builder's (async-exit-hook) ends this process with 0 when nothing is left to do.
    process.once('exit', () => {
      process.exitCode = 1;
    });
  }
}

/** @returns {string | undefined} the folder with an unpacked Electron, of the version that package.json names */
function findElectronDist() {
  const electron = electronPackage(root);
  if (electron === undefined) return end('electron is not installed. Run npm ci, then try again.');
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || ownDist(electron);
  const versionPath = dist && join(dist, 'version');
  if (!versionPath || !existsSync(versionPath)) {
    return end(
      `nothing was packed: a package holds Electron's binary, and Electron ${electron.version} could not be had here. ` +
        'Name a mirror in ELECTRON_MIRROR, or a folder with that Electron unpacked in ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  const version = readFileSync(versionPath, 'utf8').trim().replace(/^v/, '');
  if (version === electron.version) return dist;
  return end(`nothing was packed: ${dist} has Electron ${version}, and package.json names ${electron.version}.`);
}

/** @param {{ version: string, dir: string }} electron @returns {string | undefined} */
function ownDist(electron) {
  const { env } = process;
  const markerPath = join(root, 'out/electron-not-downloaded');
  // That a start was refused lately keeps nobody from trying to pack.
  rmSync(markerPath, { force: true });
  const mayDownload = !env.ELECTRON_SKIP_BINARY_DOWNLOAD;
  const binary =
    electronBinary(electron, env) ??
    (mayDownload ? downloadElectron(electron, { env, markerPath, say, limits }) : undefined);
  return binary === undefined ? undefined : join(electron.dir, 'dist');
}

/** @param {string} electronDist */
async function pack(electronDist) {
  const { build, Platform } = await import('electron-builder');
  const has = (/** @type {string} */ name) => existsSync(join(electronDist, name));
  const platform = has('Electron.app') ? Platform.MAC : has('electron.exe') ? Platform.WINDOWS : Platform.LINUX;
  process.env.RONDO_PACKED_SYSTEM = platform.nodeName;
  const made = await build({
    projectDir: root,
    targets: platform.createTarget(targetsFor(platform === Platform.LINUX)),
    config: {
      electronDist,
      ...(asked.output === undefined ? {} : { directories: { output: asked.output } }),
      // From an unpacked Electron it would take along the app that Electron shows when it has none.
      afterExtract: ({ packager, appOutDir }) => {
        rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
      },
    },
  });
  for (const path of made) say(`made ${path}`);
}

/**
 * @param {boolean} isLinux
 * @returns {string | undefined} what is made; undefined: what electron-builder.yml names
 */
function targetsFor(isLinux) {
  if (asked.dir === true) return 'dir';
  if (!isLinux || manifest.homepage !== undefined) return undefined;
  say('no .deb is made: it must name a homepage, and package.json has none');
  return 'AppImage';
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`rondo: ${sentence}\n`);
}

/** @param {string} sentence @returns {undefined} */
function end(sentence) {
  say(sentence);
  process.exitCode = 1;
}

// What the window runs on: Electron where it is there, or can be had, and starts; else a Chrome or Chromium. Plain
// JavaScript without packages: `npm start` reads it on any Node.
import { join } from 'node:path';
import { findBrowser } from './find-browser.mjs';
import { doesStart, downloadElectron, electronBinary, electronPackage } from './find-electron.mjs';
import { installBrowser } from './install-browser.mjs';

/**
 * @typedef {{ electron: { binary: string, version: string } } | { browser: import('./find-browser.mjs').Browser }} Runtime
 * @typedef {object} RuntimeWish
 * @property {string} root
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isHeadless Only a window on a display can be Electron's: it has no headless mode.
 * @property {boolean} mayDownload Whether Electron, or else a browser, may be fetched where it is missing.
 * @property {(sentence: string) => void} say
 */

/** @param {RuntimeWish} wish @returns {Runtime | undefined} */
export function chooseRuntime(wish) {
  const electron = chooseElectron(wish);
  if (electron !== undefined) return { electron };
  const browser = chooseBrowser(wish);
  return browser && { browser };
}

/** As it is said wherever it is said what the window runs on. @param {Runtime} runtime */
export function nameOf(runtime) {
  return 'electron' in runtime
    ? `Electron ${runtime.electron.version}`
    : `Electron API over Chromium ${runtime.browser.version.split('.', 1)[0]}`;
}

/** @param {RuntimeWish} wish @returns {{ binary: string, version: string } | undefined} */
export function chooseElectron({ root, env, isHeadless, mayDownload, say }) {
  const electron = isHeadless ? undefined : electronPackage(root);
  if (electron === undefined) return undefined;
  const { version } = electron;
  const markerPath = join(root, 'out/electron-not-downloaded');
  const maySeek = mayDownload && !env.ELECTRON_SKIP_BINARY_DOWNLOAD;
  const binary =
    electronBinary(electron, env) ?? (maySeek ? downloadElectron(electron, { env, markerPath, say }) : undefined);
  if (binary === undefined) return undefined;
  if (doesStart(binary)) return { binary, version };
  say(`Electron ${version} does not start here, so a browser is taken: ${binary} --version tells why`);
  return undefined;
}

/** @param {Omit<RuntimeWish, 'isHeadless'>} wish @returns {import('./find-browser.mjs').Browser | undefined} */
export function chooseBrowser({ root, env, mayDownload, say }) {
  const found = findBrowser(env, {
    passedOver: (path) => say(`${path} does not start here, so it is passed over`),
  });
  return found ?? (mayDownload ? installBrowser({ root, env, say }) : undefined);
}

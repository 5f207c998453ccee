// Electron's own binary. Its npm package brings none: it comes from a download at first use, which many networks refuse,
// some by never answering. So the download runs in a process that can be ended, and has two limits.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * A server that has sent nothing after ten seconds is not going to. About 120 MB in a minute: where it takes longer, the
 * browser that is already installed is the better start.
 */
const usualLimits = { firstByteMs: 10_000, downloadMs: 60_000 };
/** A network that refused is not asked again at every start. */
const askAgainMs = 24 * 3600_000;

/** @param {string} root @returns {{ version: string, dir: string } | undefined} the npm package */
export function electronPackage(root) {
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve('electron/package.json');
    return { version: JSON.parse(readFileSync(manifest, 'utf8')).version, dir: dirname(manifest) };
  } catch {
    return undefined;
  }
}

/**
 * The binary, where the package itself would look for it.
 * @param {{ dir: string }} electron
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function electronBinary({ dir }, env) {
  const pathFile = join(dir, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : undefined;
  const { ELECTRON_OVERRIDE_DIST_PATH: chosen } = env;
  const path = chosen ? join(chosen, name ?? 'electron') : name && join(dir, 'dist', name);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** A cold start of 200 MB on a slow disk, and on macOS the check of a program that is new, within this many times over. */
const answerMs = 20_000;

/**
 * Whether it tells its version, started as it would be with an app: where a library is missing, or nothing lets it have its
 * sandbox, it does not even do that.
 * @param {string} binary
 */
export function doesStart(binary, limitMs = answerMs) {
  const { status } = spawnSync(binary, [...rootOnly(), '--version'], {
    stdio: 'ignore',
    timeout: limitMs,
    killSignal: 'SIGKILL',
  });
  return status === 0;
}

/** Electron refuses its sandbox to root, as every Chromium does. @returns {readonly string[]} */
export function rootOnly() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * Tries to get it, within the limits.
 * @param {{ version: string, dir: string }} electron
 * @param {{ env: NodeJS.ProcessEnv, markerPath: string, say: (sentence: string) => void, limits?: typeof usualLimits }} options
 *   `markerPath`: the file that remembers a failure
 * @returns {string | undefined}
 */
export function downloadElectron(electron, { env, markerPath, say, limits = usualLimits }) {
  const url = archiveUrl(electron.version, env);
  if (wasRefused(url, markerPath)) return undefined;
  say(`downloading Electron ${electron.version} (once; at most a minute)`);
  const proxied = { ...env, NODE_USE_ENV_PROXY: '1' };
  const isThere = run(['-e', firstByte], { env: proxied, timeout: limits.firstByteMs, input: url });
  const timeout = limits.downloadMs - limits.firstByteMs;
  if (isThere && run([join(electron.dir, 'install.js')], { env: proxied, timeout })) {
    rmSync(markerPath, { force: true });
    return electronBinary(electron, env);
  }
  mkdirSync(dirname(markerPath), { recursive: true });
  writeFileSync(
    markerPath,
    `Electron could not be downloaded. Tried again a day after this file was written, or from another place.\n${placeOf(url)}\n`,
  );
  return undefined;
}

/** Within a day, and from the same place: another mirror may have it. @param {string} url @param {string} markerPath */
function wasRefused(url, markerPath) {
  if (!existsSync(markerPath) || Date.now() - statSync(markerPath).mtimeMs >= askAgainMs) return false;
  return readFileSync(markerPath, 'utf8').split('\n').includes(placeOf(url));
}

/** A mirror's address may hold a password: the file only tells one address from another. @param {string} url */
function placeOf(url) {
  return createHash('sha256').update(url).digest('hex');
}

/**
 * Succeeds as soon as the archive begins to come. SECURITY: its address, which may hold a password, comes by standard input,
 * as everybody on the machine may read an argument.
 */
const firstByte = `
fetch(require('node:fs').readFileSync(0, 'utf8')).then(async (response) => {
  const { done } = response.ok ? await response.body.getReader().read() : { done: true };
  process.exit(done ? 1 : 0);
}, () => process.exit(1));
`;

/**
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, timeout: number, input?: string }} options `input`: its standard input
 */
function run(args, { input = '', ...options }) {
  const { status } = spawnSync(process.execPath, args, {
    ...options,
    input,
    stdio: ['pipe', 'ignore', 'ignore'],
    killSignal: 'SIGKILL',
  });
  return status === 0;
}

/** As the package makes it, with the mirror that a company may have set. @param {string} version @param {NodeJS.ProcessEnv} env */
function archiveUrl(version, env) {
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror;
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/';
  return `${base}v${version}/electron-v${version}-${platform()}-${arch()}.zip`;
}

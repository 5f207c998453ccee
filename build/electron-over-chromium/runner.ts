import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { findBrowser, whyNoBrowser } from '../find-browser.mjs';
import { nameOf } from '../runtime.mjs';
import { sandboxNote } from '../sandbox.mjs';
import { createApi } from './api.ts';
import { findAppEntry } from './app-entry.ts';
import { type RunnerArguments, readArguments } from './arguments.ts';
import { removeLeftProfiles } from './profile.ts';
import { acceptTestDriver } from './test-driver.ts';
import { readBrowserVersion, versionsOf } from './versions.ts';

/*
 * Runs an Electron app on an installed Chromium:
 *   node runner.ts [--browser=path] [--headless] [--remote-debugging-port=0] [--driven] <app> [arguments of the app]
 * The app is loaded unmodified; its `electron` is ours. The sources run as they are, on a Node that blanks types out.
 */

try {
  await run();
} catch (error) {
  process.stderr.write(`rondo: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const args = readArguments(process.argv.slice(2));
  const { executable, chrome } = browserOf(args);
  const versions = versionsOf(chrome);
  const runtime = nameOf({ browser: { path: executable, version: chrome } });
  process.stderr.write(`rondo: ${runtime}${sandboxNote(process.getuid?.())}\n`);
  const entry = findAppEntry(args.entry, versions.electron);
  const argv = [process.execPath, args.entry, ...args.appArguments];
  const { platform, arch } = process;
  const api = createApi({
    ...{ entry, argv, executable, isHeadless: args.isHeadless, hasDebuggingPort: args.hasDebuggingPort },
    processInfo: { type: 'renderer', platform, arch, versions, sandboxed: true, contextIsolated: true },
  });
  Object.defineProperty(globalThis, Symbol.for('electron-over-chromium'), { value: api });
  Object.defineProperty(process, 'versions', { value: Object.freeze({ ...process.versions, ...versions }) });
  Object.defineProperty(process, 'type', { value: 'browser' });
  process.argv = argv;
  if (args.isDriven) acceptTestDriver(api);
  removeLeftProfiles();
  // As Electron does: a polite signal is a wish to quit, which the app may look after.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => api.app.quit());
  serveElectron();
  process.once('exit', saysItNeverCame);
  await import(pathToFileURL(entry.modulePath).href);
  process.off('exit', saysItNeverCame);
  api.app.becomeReady();
}

/** Electron waits in silence, without end. Where nothing else is left to do, Node ends with this code. */
function saysItNeverCame(exitCode: number): void {
  if (exitCode !== 13) return;
  process.stderr.write(
    'rondo: the app awaits, while it is being loaded, what comes after: Electron is ready only then\n',
  );
}

/** @throws Error in one sentence where there is none that starts */
function browserOf({ executable, browserVersion }: RunnerArguments) {
  if (executable !== undefined) return { executable, chrome: browserVersion ?? readBrowserVersion(executable) };
  const found = findBrowser(process.env);
  if (found === undefined) throw new Error(whyNoBrowser(process.env));
  return { executable: found.path, chrome: found.version };
}

/** For `import` and `require` alike, in the app and in whatever it loads. */
function serveElectron(): void {
  const url = new URL('electron.cjs', import.meta.url).href;
  registerHooks({
    resolve(specifier, context, next) {
      const isElectron = /^electron(\/(main|common))?$/.test(specifier);
      return isElectron ? { url, format: 'commonjs', shortCircuit: true } : next(specifier, context);
    },
  });
}

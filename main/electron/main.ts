// The entry of the desktop app: the only file here that does something when it is loaded.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, clipboard, dialog, powerMonitor, safeStorage, shell, utilityProcess } from 'electron';
import { systemClock } from '../platform/clock.ts';
import { defaultVaultDir, marksDirOf } from '../platform/data-folder.ts';
import { debuggingRefused, isOpenToDebuggers } from './debugging.ts';
import { describeRuntime } from './runtime.ts';
import type { Wanted } from './second-start.ts';
import { prepareApp, startApp } from './start-app.ts';

const outDir = dirname(fileURLToPath(import.meta.url));
const machine = { platform: process.platform, environment: process.env, homeDir: homedir() };

/**
 * `--vault=DIR` as on the command line; `--user-data-dir=DIR`: settings of its own, so that a second Rondo may run;
 * `--marks-dir=DIR`: for a vault that is thrown away, where the person's own folder would keep its mark.
 */
const { values: named } = parseArgs({
  // A packed app is named by its binary alone; else the app's folder comes second, and is no option.
  args: process.argv.slice(1),
  options: { vault: { type: 'string' }, 'user-data-dir': { type: 'string' }, 'marks-dir': { type: 'string' } },
  // Electron has arguments of its own.
  strict: false,
});
const userDataDir = named['user-data-dir'];
if (typeof userDataDir === 'string') app.setPath('userData', userDataDir);

const vaultDir = chosenVaultDir();

prepareApp();
if (isOpenToDebuggers(process)) {
  dialog.showErrorBox('Rondo did not start', debuggingRefused);
  app.exit(1);
} else if (app.requestSingleInstanceLock({ vaultDir } satisfies Wanted)) {
  // Electron is ready once this module has been evaluated: whoever awaits that here waits for ever.
  app.whenReady().then(start).catch(failed);
} else {
  app.quit();
}

function start(): void {
  startApp({
    outDir,
    pageDir: join(outDir, '../renderer'),
    vaultDir,
    marksDir: typeof named['marks-dir'] === 'string' ? resolve(named['marks-dir']) : marksDirOf(machine),
    version: app.getVersion(),
    runtime: describeRuntime(process),
    environment: process.env,
    clock: systemClock,
    clipboard,
    keychain: safeStorage,
    power: () => powerMonitor,
    openExternal: (url) => shell.openExternal(url),
    showError: (title, text) => dialog.showErrorBox(title, text),
    fork: utilityProcess.fork,
  });
}

function failed(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox('Rondo did not start', `${why} Nothing of the vault was touched.`);
  app.exit(1);
}

/** Where the command line would look as well. */
function chosenVaultDir(): string {
  const chosen = typeof named.vault === 'string' ? named.vault : process.env.RONDO_VAULT;
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  return defaultVaultDir(machine);
}

// The entry of the desktop app: the only file here that does something when it is loaded.
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, clipboard, powerMonitor, shell, utilityProcess } from 'electron';
import { systemClock } from '../platform/clock.ts';
import { defaultVaultDir } from '../platform/data-folder.ts';
import { prepareApp, startApp } from './start-app.ts';

const outDir = dirname(fileURLToPath(import.meta.url));

prepareApp();
if (app.requestSingleInstanceLock()) {
  await app.whenReady();
  startApp({
    outDir,
    pageDir: join(outDir, '../renderer'),
    vaultDir: defaultVaultDir({ platform: process.platform, environment: process.env, homeDir: homedir() }),
    version: app.getVersion(),
    runtime: `Electron ${process.versions.electron}`,
    environment: process.env,
    clock: systemClock,
    clipboard,
    power: () => powerMonitor,
    openExternal: (url) => shell.openExternal(url),
    fork: utilityProcess.fork,
  });
} else {
  app.quit();
}

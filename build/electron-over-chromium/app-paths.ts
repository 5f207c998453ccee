import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { notImplemented } from './unimplemented.ts';

export interface AppPaths {
  get(name: string): string;
  set(name: string, path: string): void;
}

/** `userData` alone: below the system's folder for apps until another is set. */
export function createAppPaths(appName: string): AppPaths {
  let userData: string | undefined;
  return {
    get(name) {
      if (name !== 'userData') throw notImplemented(`app.getPath('${name}')`);
      return userData ?? join(appData(), appName);
    },
    set(name, path) {
      if (name !== 'userData') throw notImplemented(`app.setPath('${name}')`);
      if (!isAbsolute(path)) throw new Error('Path must be absolute');
      userData = path;
    },
  };
}

/** Where Electron puts it on each system. */
function appData(): string {
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  if (process.platform === 'win32') return APPDATA ?? join(homedir(), 'AppData/Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support');
  return XDG_CONFIG_HOME ?? join(homedir(), '.config');
}

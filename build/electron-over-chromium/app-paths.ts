import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { notImplemented } from './unimplemented.ts';

export interface AppPaths {
  get(name: string): string;
  set(name: string, path: string): void;
}

const names = ['appData', 'userData', 'logs', 'temp'];

/** Where Electron puts things on each system; `userData` and `logs` follow the app's name until they are set. */
export function createAppPaths(appName: () => string): AppPaths {
  const chosen = new Map<string, string>();

  function byDefault(name: string): string {
    if (name === 'temp') return tmpdir();
    if (name === 'appData') return appData();
    if (name === 'userData') return join(get('appData'), appName());
    return process.platform === 'darwin' ? join(homedir(), 'Library/Logs', appName()) : join(get('userData'), 'logs');
  }

  function get(name: string): string {
    if (!names.includes(name)) throw notImplemented(`app.getPath('${name}')`);
    return chosen.get(name) ?? byDefault(name);
  }

  return {
    get,
    set(name, path) {
      if (!names.includes(name)) throw notImplemented(`app.setPath('${name}')`);
      if (!isAbsolute(path)) throw new Error('Path must be absolute');
      chosen.set(name, path);
    },
  };
}

function appData(): string {
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  if (process.platform === 'win32') return APPDATA ?? join(homedir(), 'AppData/Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support');
  return XDG_CONFIG_HOME ?? join(homedir(), '.config');
}

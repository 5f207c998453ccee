import { join, posix } from 'node:path';

/**
 * The vault's folder where none is named: the system's place for data of applications, one folder below it, so that
 * nothing else of ours lies beside the vault. On Windows the local one: a roaming profile would copy an open database.
 */
export function defaultVaultDir(machine: {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
}): string {
  const { platform, environment, homeDir } = machine;
  if (platform === 'win32')
    return join(environment.LOCALAPPDATA ?? join(homeDir, 'AppData', 'Local'), 'Rondo', 'vault');
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'Rondo', 'vault');
  // The XDG base directory rules: a relative path there is to be ignored.
  const named = environment.XDG_DATA_HOME;
  const dataDir = named !== undefined && posix.isAbsolute(named) ? named : posix.join(homeDir, '.local', 'share');
  return posix.join(dataDir, 'rondo', 'vault');
}

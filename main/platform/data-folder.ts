import { join, posix } from 'node:path';

interface Machine {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
}

/**
 * The vault's folder where none is named: the system's place for data of applications, one folder below it, so that
 * nothing else of ours lies beside the vault. On Windows the local one: a roaming profile would copy an open database.
 */
export function defaultVaultDir({ platform, environment, homeDir }: Machine): string {
  if (platform === 'win32')
    return join(environment.LOCALAPPDATA ?? join(homeDir, 'AppData', 'Local'), 'Rondo', 'vault');
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'Rondo', 'vault');
  return posix.join(absolute(environment.XDG_DATA_HOME) ?? posix.join(homeDir, '.local', 'share'), 'rondo', 'vault');
}

/**
 * Where the highest sequence numbers of vaults are kept a second time: not in a vault's folder, and not in what is copied to
 * other computers, so that whoever puts back an older copy of the vault's folder does not put them back as well.
 */
export function marksDirOf({ platform, environment, homeDir }: Machine): string {
  if (platform === 'win32')
    return join(environment.LOCALAPPDATA ?? join(homeDir, 'AppData', 'Local'), 'Rondo', 'marks');
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'Rondo', 'marks');
  return posix.join(absolute(environment.XDG_STATE_HOME) ?? posix.join(homeDir, '.local', 'state'), 'rondo', 'marks');
}

/** The XDG base directory rules: a relative path there is to be ignored. */
function absolute(named: string | undefined): string | undefined {
  return named !== undefined && posix.isAbsolute(named) ? named : undefined;
}

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
export function defaultVaultDir(machine: Machine): string {
  return ownFolder(machine, 'vault', { named: machine.environment.XDG_DATA_HOME, usual: ['.local', 'share'] });
}

/**
 * Where the highest sequence numbers of vaults are kept a second time: not in a vault's folder, and not in what is copied to
 * other computers, so that whoever puts back an older copy of the vault's folder does not put them back as well.
 */
export function marksDirOf(machine: Machine): string {
  return ownFolder(machine, 'marks', { named: machine.environment.XDG_STATE_HOME, usual: ['.local', 'state'] });
}

interface XdgPlace {
  readonly named: string | undefined;
  /** Below the home folder. */
  readonly usual: readonly string[];
}

function ownFolder({ platform, environment, homeDir }: Machine, name: string, { named, usual }: XdgPlace): string {
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homeDir, 'AppData', 'Local'), 'Rondo', name);
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'Rondo', name);
  // The XDG base directory rules: a relative path there is to be ignored.
  const isNamed = named !== undefined && posix.isAbsolute(named);
  return posix.join(isNamed ? named : posix.join(homeDir, ...usual), 'rondo', name);
}

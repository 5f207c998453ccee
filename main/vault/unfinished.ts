// What a process that was killed left half made beside the vault.
//
// Guarantees: only regular files under a name that nothing but Rondo gives to what is not finished yet, and none that somebody
// is making. A whole file is made under the lock, which is held meanwhile (where a vault is made there is none to unlock); the
// small ones under none, and none of those takes a day.
import { basename, dirname, join } from 'node:path';
import { vaultFileName } from '../../shared/vault-files.ts';
import type { Clock } from '../platform/clock.ts';
import { changedAtMs, discardFile, fileKind, namesIn } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { holdLock } from './lock-file.ts';
import type { VaultPaths } from './vault-paths.ts';

const dayMs = 86_400_000;
const hex = '[0-9a-f]{12}';
const start = vaultFileName.replaceAll('.', '\\.');

/** Of a restore or a repair; and of a vault that was being made or carved. */
const whole = new RegExp(`^${start}\\.${hex}\\.new(-wal|-shm|-journal)?$`);
const small = new RegExp(`^${start}\\.(header|mark|keychain)\\.${hex}\\.new$`);

/** The name that a file of the vault has until it is whole: what `removeUnfinished` knows it by. */
export function unfinishedPath(path: string, random: Random): string {
  return `${path}.${Buffer.from(random.bytes(6)).toString('hex')}.new`;
}

export interface UnfinishedWorld {
  readonly paths: VaultPaths;
  readonly clock: Clock;
}

/** Holding the lock file. What cannot be listed or removed stays, and so does what the caller is making, `ownPath`. */
export function removeUnfinished({ paths, clock }: UnfinishedWorld, ownPath?: string): void {
  for (const path of [...named(paths.vaultDir, whole), ...old(smallOnes(paths), clock)]) {
    if (ownPath === undefined || !path.startsWith(ownPath)) discardFile(path);
  }
}

/** Where somebody else holds the lock it is for the next time. */
export function tryToRemoveUnfinished(world: UnfinishedWorld): void {
  const { paths, clock } = world;
  if (named(paths.vaultDir, whole).length + old(smallOnes(paths), clock).length === 0) return;
  let release: () => void;
  try {
    release = holdLock(paths.lockPath);
  } catch {
    return;
  }
  try {
    removeUnfinished(world);
  } finally {
    release();
  }
}

function smallOnes({ vaultDir, outerMarkPath }: VaultPaths): readonly string[] {
  const own = named(vaultDir, small);
  if (outerMarkPath === undefined) return own;
  const outer = new RegExp(`^${basename(outerMarkPath).replaceAll('.', '\\.')}\\.${hex}\\.new$`);
  return [...own, ...named(dirname(outerMarkPath), outer)];
}

function old(paths: readonly string[], clock: Clock): readonly string[] {
  return paths.filter((path) => clock.now() - (changedAtMs(path) ?? Infinity) > dayMs);
}

function named(dirPath: string, pattern: RegExp): readonly string[] {
  try {
    return namesIn(dirPath)
      .filter((name) => pattern.test(name))
      .map((name) => join(dirPath, name))
      .filter((path) => fileKind(path) === 'file');
  } catch {
    return [];
  }
}

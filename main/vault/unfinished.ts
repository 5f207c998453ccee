// What a process that was killed left half made beside the vault.
//
// Guarantees: only regular files under a name that nothing but Rondo gives to what is not finished yet, and none that somebody
// is making. A whole file is made under the lock, which is held meanwhile (where a vault is made there is none to unlock); the
// small ones under none, and none of those takes a day. Of what a restore or a repair replaces only a second name, as long as
// it is one of the vault that is there: whoever overwrites that file as one of no use overwrites the vault. Not where its
// write-ahead log lies beside it: the vault lacks what is in there, and only the two together say what it was.
import { basename, dirname, join } from 'node:path';
import { vaultFileName } from '../../shared/vault-files.ts';
import type { Clock } from '../platform/clock.ts';
import { discardFile } from '../platform/durable-files.ts';
import { changedAtMs, fileKind, isSameFile, namesIn } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { holdLock } from './lock-file.ts';
import type { VaultPaths } from './vault-paths.ts';

const dayMs = 86_400_000;
const hex = '[0-9a-f]{12}';
const start = vaultFileName.replaceAll('.', '\\.');

/** Of a restore or a repair; and of a vault that was being made or carved. */
const whole = new RegExp(`^${start}\\.${hex}\\.new(-wal|-shm|-journal)?$`);
const small = new RegExp(`^${start}\\.(header|mark|keychain)\\.${hex}\\.new$`);
const replaced = new RegExp(`^${start}\\.replaced-\\d{8}T\\d{9}Z-[0-9a-f]{4}$`);

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
  for (const path of leftBehind({ paths, clock })) {
    if (ownPath === undefined || !path.startsWith(ownPath)) discardFile(path);
  }
}

/** Where somebody else holds the lock it is for the next time. */
export function tryToRemoveUnfinished(world: UnfinishedWorld): void {
  if (leftBehind(world).length === 0) return;
  let release: () => void;
  try {
    release = holdLock(world.paths.lockPath);
  } catch {
    return;
  }
  try {
    removeUnfinished(world);
  } finally {
    release();
  }
}

function leftBehind({ paths, clock }: UnfinishedWorld): readonly string[] {
  return [...named(paths.vaultDir, whole), ...old(smallOnes(paths), clock), ...secondNames(paths)];
}

/** Of the vault, and of its header where the vault has one of the same: that one first, as it is known by the other. */
function secondNames({ vaultDir, vaultPath, headerPath }: VaultPaths): readonly string[] {
  try {
    const isWithoutLog = (path: string) => fileKind(`${path}-wal`) === 'absent';
    const vaults = named(vaultDir, replaced).filter((path) => isSameFile(path, vaultPath) && isWithoutLog(path));
    return vaults.flatMap((path) => {
      const header = `${path}.header`;
      const sides = [`${path}-shm`];
      return isSameFile(header, headerPath) ? [...sides, header, path] : [...sides, path];
    });
  } catch {
    return [];
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

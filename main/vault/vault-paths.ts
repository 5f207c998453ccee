import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { backupsFolderName, markFileName, vaultFileName } from '../../shared/vault-files.ts';
import { isOpenToOthers, letsOthersIn, privateFileMode, privateFolderMode, tighten } from '../platform/file-rights.ts';
import { fileKind, namesIn } from '../platform/files.ts';
import { logFileName } from '../platform/log.ts';

/** A vault's file, or a copy of it. A copy is one file: it has no header in a file of its own. */
export interface VaultFilePaths {
  readonly vaultPath: string;
  readonly headerPath?: string;
  readonly lockPath: string;
}

/** Names inside the vault's folder. All start alike, so that a person sees what belongs together. */
export interface VaultPaths extends VaultFilePaths {
  readonly vaultDir: string;
  readonly headerPath: string;
  readonly markPath: string;
  /** The same in a folder of its own, for whoever has one: an older copy of the vault's folder does not bring it along. */
  readonly outerMarkPath?: string;
  readonly backupsDir: string;
  /** SQLite's own, beside the vault while it is open. */
  readonly sidePaths: readonly string[];
}

export function vaultPaths(vaultDir: string, marksDir?: string): VaultPaths {
  const vaultPath = join(vaultDir, vaultFileName);
  return {
    vaultDir,
    vaultPath,
    headerPath: `${vaultPath}.header`,
    markPath: join(vaultDir, markFileName),
    ...(marksDir === undefined ? {} : { outerMarkPath: join(marksDir, outerMarkName(vaultDir)) }),
    lockPath: `${vaultPath}.lock`,
    backupsDir: join(vaultDir, backupsFolderName),
    sidePaths: sidePathsOf(vaultPath),
  };
}

/** By the folder and not by the vault: a copy of it elsewhere is another vault, which may lag behind. */
function outerMarkName(vaultDir: string): string {
  return `${createHash('sha256').update(resolve(vaultDir)).digest('hex').slice(0, 32)}.mark`;
}

export function copyPaths(vaultPath: string): VaultFilePaths {
  return { vaultPath, lockPath: `${vaultPath}.lock` };
}

export function sidePathsOf(vaultPath: string): readonly string[] {
  return [`${vaultPath}-wal`, `${vaultPath}-shm`];
}

/**
 * Takes the rights of group and others from our files: the vault's and what lies beside it, from whole copies to the trace
 * of bugs; and from the folder when nothing else lives in it.
 * @returns `narrowed`: of what they were taken, where its folder let others in; `exposed`: the files to which others have
 * rights nevertheless, where it still does. Folders further up are not asked.
 */
export function tightenAll({ vaultDir, backupsDir, outerMarkPath }: VaultPaths): Rights {
  const files = namesIfListed(vaultDir)
    .filter((name) => name.startsWith(vaultFileName) || name === logFileName)
    .map((name) => join(vaultDir, name));
  const backups = namesIfListed(backupsDir).map((name) => join(backupsDir, name));
  const reached = () => (lets(vaultDir) ? [...files, ...(lets(backupsDir) ? backups : [])] : []);
  const reachedBefore = new Set(reached());
  const tightened = [...files, ...backups].filter((path) => tighten(path, privateFileMode));
  if (outerMarkPath !== undefined) tighten(outerMarkPath, privateFileMode);
  tighten(backupsDir, privateFolderMode);
  tightenFolder(vaultDir);
  return {
    exposed: reached().filter(isOpenToOthers),
    narrowed: tightened.filter((path) => reachedBefore.has(path)),
  };
}

/** A folder that does not answer is taken for one that does: to say too much is the smaller mistake. */
function lets(folderPath: string): boolean {
  try {
    return letsOthersIn(folderPath);
  } catch {
    return true;
  }
}

export interface Rights {
  readonly exposed: readonly string[];
  readonly narrowed: readonly string[];
}

function namesIfListed(dirPath: string): readonly string[] {
  try {
    return namesIn(dirPath);
  } catch {
    // What was not found keeps its rights, until an unlock that finds it.
    return [];
  }
}

/** A folder that holds other things may be shared on purpose: a home folder, or /tmp. */
export function tightenFolder(vaultDir: string): void {
  const isOurs = (name: string) => /^(vault\.rondo|rondo)/.test(basename(name));
  try {
    if (fileKind(vaultDir) === 'folder' && readdirSync(vaultDir).every(isOurs)) tighten(vaultDir, privateFolderMode);
  } catch {
    // A folder that cannot be listed cannot be tightened either.
  }
}

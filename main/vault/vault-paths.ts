import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { backupsFolderName, markFileName, vaultFileName } from '../../shared/contract/vault.ts';
import { fileKind, privateFileMode, privateFolderMode, tighten } from '../platform/files.ts';

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
  readonly backupsDir: string;
  /** SQLite's own, beside the vault while it is open. */
  readonly sidePaths: readonly string[];
}

export function vaultPaths(vaultDir: string): VaultPaths {
  const vaultPath = join(vaultDir, vaultFileName);
  return {
    vaultDir,
    vaultPath,
    headerPath: `${vaultPath}.header`,
    markPath: join(vaultDir, markFileName),
    lockPath: `${vaultPath}.lock`,
    backupsDir: join(vaultDir, backupsFolderName),
    sidePaths: sidePathsOf(vaultPath),
  };
}

export function copyPaths(vaultPath: string): VaultFilePaths {
  return { vaultPath, lockPath: `${vaultPath}.lock` };
}

export function sidePathsOf(vaultPath: string): readonly string[] {
  return [`${vaultPath}-wal`, `${vaultPath}-shm`];
}

/** Takes the rights of group and others from our files, and from the folder when nothing else lives in it. */
export function tightenAll({ vaultDir, vaultPath, headerPath, markPath, lockPath, sidePaths }: VaultPaths): void {
  for (const path of [vaultPath, headerPath, markPath, lockPath, ...sidePaths]) tighten(path, privateFileMode);
  tightenFolder(vaultDir);
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

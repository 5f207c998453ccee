import { chmodSync, lstatSync, statSync } from 'node:fs';

export const privateFileMode = 0o600;
export const privateFolderMode = 0o700;

/**
 * Takes every right from group and others. Where that is impossible, or something else is there, it stays as it is.
 * @returns whether they had any, and have none now
 */
export function tighten(path: string, mode: number): boolean {
  try {
    const stats = lstatSync(path);
    const isOfItsKind = mode === privateFolderMode ? stats.isDirectory() : stats.isFile();
    if (!isOfItsKind || !isOpenToOthers(path)) return false;
    chmodSync(path, mode);
    return !isOpenToOthers(path);
  } catch {
    // A file of another owner, a file system without rights or a read-only one.
    return false;
  }
}

/** Whether group or others can reach what is in a folder: without that right its files' own say nothing. */
export function letsOthersIn(folderPath: string): boolean {
  if (process.platform === 'win32') return false;
  return ((statSync(folderPath, { throwIfNoEntry: false })?.mode ?? 0) & 0o011) !== 0;
}

/** Whether group or others have any right to it. Windows does not tell that by modes. */
export function isOpenToOthers(path: string): boolean {
  if (process.platform === 'win32') return false;
  try {
    const stats = lstatSync(path);
    return !stats.isSymbolicLink() && (stats.mode & 0o077) !== 0;
  } catch {
    return false;
  }
}

import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What is there, without following a link. */
export type FileKind = 'absent' | 'file' | 'folder' | 'other';

export const privateFileMode = 0o600;
export const privateFolderMode = 0o700;

export function fileKind(path: string): FileKind {
  try {
    const stats = lstatSync(path);
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return 'absent';
    throw error;
  }
}

/** Which file has this name, for as long as it lives; undefined: none. */
export function fileIdentity(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  return stats && `${stats.dev} ${stats.ino}`;
}

/** Whether both are names of one file. Some disks number their files alike: those count one name of each. */
export function isSameFile(path: string, other: string): boolean {
  const names = lstatSync(path, { throwIfNoEntry: false, bigint: true })?.nlink ?? 0n;
  return names > 1n && fileIdentity(path) === fileIdentity(other);
}

/** When its content was last written. Undefined: there is nothing. */
export function changedAtMs(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** Undefined: there is nothing. */
export function sizeOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.size;
}

/**
 * The first `maxBytes` of a regular file. Undefined: it is none. Never waits, not even where a pipe stands in its place,
 * and never follows a link at the last step.
 */
export function readStart(path: string, maxBytes: number): Uint8Array | undefined {
  if (fileKind(path) !== 'file') return undefined;
  return withOpen(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0), (file) => {
    if (!fstatSync(file).isFile()) return undefined;
    const bytes = new Uint8Array(maxBytes);
    let length = 0;
    for (;;) {
      const read = readSync(file, bytes, length, maxBytes - length, length);
      length += read;
      if (read === 0 || length === maxBytes) return bytes.subarray(0, length);
    }
  });
}

/** All of a regular file, as `readStart`. */
export function readWhole(path: string): Uint8Array | undefined {
  return fileKind(path) === 'file' ? readStart(path, lstatSync(path).size) : undefined;
}

/**
 * The folder and those above it, for the owner alone where they are new. One by one: Node's own `recursive` hides why a
 * folder could not be made, and never ends where a system says that nothing is there although the one above it is (/proc).
 */
export function makePrivateFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path && fileKind(above) === 'absent') makePrivateFolder(above);
  try {
    mkdirSync(path, { mode: privateFolderMode });
  } catch (error) {
    // Another process may have made it in the same moment.
    if (!isFolder(path)) throw error;
  }
  // A new folder is on disk when the one above it is.
  syncFolder(above);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** An empty file for the owner alone. @throws EEXIST when something of that name is there, a dangling link included */
export function makePrivateFile(path: string): void {
  const file = openSync(path, 'wx', privateFileMode);
  try {
    closeSync(file);
  } catch (error) {
    discardFile(path);
    throw error;
  }
}

/** Reads a regular file of at most `maxBytes`, without waiting for a pipe. Links are followed. */
export function readRegularFile(path: string, maxBytes: number): Uint8Array | 'no-file' | 'too-large' {
  return withOpen(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0), (file) => {
    const stats = fstatSync(file);
    if (!stats.isFile()) return 'no-file';
    if (stats.size > maxBytes) return 'too-large';
    const bytes = new Uint8Array(stats.size);
    let length = 0;
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, length);
      length += read;
      if (read === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  });
}

/**
 * A new file for the owner alone, whole or not at all; on disk when this returns. False: something of that name is
 * there, and was not touched. @throws ENOENT where there is no folder
 */
export function writeNewFile(path: string, content: Uint8Array): boolean {
  if (fileKind(path) !== 'absent') return false;
  const ownPath = `${path}.${randomBytes(6).toString('hex')}.new`;
  makePrivateFile(ownPath);
  try {
    withOpen(ownPath, constants.O_WRONLY, (file) => {
      for (let at = 0; at < content.length; ) at += writeSync(file, content, at);
    });
    return publishFile(ownPath, path);
  } finally {
    // It may be there under its name already: that this one stays is then no failure.
    discardFile(ownPath);
  }
}

/** The whole new content or the whole old one, whenever the machine stops; on disk when this returns. */
export function replaceFile(path: string, content: Uint8Array): void {
  const ownPath = `${path}.${randomBytes(6).toString('hex')}.new`;
  makePrivateFile(ownPath);
  try {
    withOpen(ownPath, constants.O_WRONLY, (file) => {
      for (let at = 0; at < content.length; ) at += writeSync(file, content, at);
      fsyncSync(file);
    });
    renameSync(ownPath, path);
  } catch (error) {
    discardFile(ownPath);
    throw error;
  }
  syncFolder(dirname(path));
}

/**
 * Gives a finished file its name, and never takes the place of another: false when the name is in use. The file is on
 * disk when this returns; when it throws, nothing of that name is there.
 */
export function publishFile(ownPath: string, path: string): boolean {
  withOpen(ownPath, constants.O_RDWR, fsyncSync);
  try {
    linkSync(ownPath, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    // File systems without hard links (FAT, some network drives): the moment between look and rename stays.
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
    if (fileKind(path) !== 'absent') return false;
    renameSync(ownPath, path);
  }
  discardFile(ownPath);
  try {
    syncFolder(dirname(path));
  } catch (error) {
    // Whether it would still be there tomorrow is not known, and nobody has used it yet.
    discardFile(path);
    throw error;
  }
  return true;
}

/** Takes away what is of no use any more. Where that fails it stays, and what was done before holds nevertheless. */
export function discardFile(path: string): void {
  try {
    removeFile(path);
  } catch {
    // The disk that refuses this has most likely refused something before, and said so.
  }
}

export function removeFile(path: string): void {
  rmSync(path, { force: true });
}

/** The names in a folder; none where there is no folder. */
export function namesIn(path: string): readonly string[] {
  return isFolder(path) ? readdirSync(path) : [];
}

/** Keeps a second name for a file. @throws EEXIST when something of that name is there */
export function keepAs(path: string, secondPath: string): void {
  try {
    linkSync(path, secondPath);
  } catch (error) {
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
    copyFileSync(path, secondPath, constants.COPYFILE_EXCL);
  }
  withOpen(secondPath, constants.O_RDWR, fsyncSync);
  syncFolder(dirname(secondPath));
}

/** A copy for the owner alone, on disk when this returns. @throws EEXIST when something of that name is there */
export function copyPrivately(path: string, copyPath: string): void {
  makePrivateFile(copyPath);
  copyFileSync(path, copyPath);
  withOpen(copyPath, constants.O_RDWR, fsyncSync);
}

/** In one moment the one file stands in the other's place; on disk when this returns. */
export function moveInPlace(ownPath: string, path: string): void {
  renameSync(ownPath, path);
  syncFolder(dirname(path));
}

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

export function syncFolder(path: string): void {
  // Windows cannot open a folder, and keeps names without it.
  if (process.platform === 'win32') return;
  withOpen(path, constants.O_RDONLY, fsyncSync);
}

/** Whether a failure is one of the file system's, by its code such as ENOSPC. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function withOpen<T>(path: string, flags: number, use: (file: number) => T): T {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

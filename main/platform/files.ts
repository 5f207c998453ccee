import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';

/** What is there, without following a link. */
export type FileKind = 'absent' | 'file' | 'folder' | 'other';

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

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
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

/** The names in a folder; none where there is no folder. */
export function namesIn(path: string): readonly string[] {
  return isFolder(path) ? readdirSync(path) : [];
}

/** Whether a failure is one of the file system's, by its code such as ENOSPC. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

export function withOpen<T>(path: string, flags: number, use: (file: number) => T): T {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

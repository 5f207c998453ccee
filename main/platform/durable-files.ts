// Files and folders that are made, named and replaced so that they are whole and on disk when an act returns, whenever the
// machine stops: what the vault calls saved, and a backup kept, rests on the order of the calls here.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { privateFileMode, privateFolderMode } from './file-rights.ts';
import { fileKind, hasCode, isFolder, withOpen } from './files.ts';

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

/**
 * A new file for the owner alone, whole or not at all; on disk when this returns. False: something of that name is
 * there, and was not touched. @throws ENOENT where there is no folder
 */
export function writeNewFile(path: string, content: Uint8Array): boolean {
  if (fileKind(path) !== 'absent') return false;
  const ownPath = `${path}.${randomBytes(6).toString('hex')}.new`;
  makePrivateFile(ownPath);
  try {
    withOpen(ownPath, constants.O_WRONLY, (file) => writeAll(file, content));
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
      writeAll(file, content);
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
    // The moment between look and rename stays.
    if (!lacksLinks(error)) throw error;
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

/** Keeps a second name for a file. @throws EEXIST when something of that name is there */
export function keepAs(path: string, secondPath: string): void {
  try {
    linkSync(path, secondPath);
  } catch (error) {
    if (!lacksLinks(error)) throw error;
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

export function removeFile(path: string): void {
  rmSync(path, { force: true });
}

/** Takes away what is of no use any more. Where that fails it stays, and what was done before holds nevertheless. */
export function discardFile(path: string): void {
  try {
    removeFile(path);
  } catch {
    // The disk that refuses this has most likely refused something before, and said so.
  }
}

export function syncFolder(path: string): void {
  // Windows cannot open a folder, and keeps names without it.
  if (process.platform === 'win32') return;
  withOpen(path, constants.O_RDONLY, fsyncSync);
}

/** File systems without hard links: FAT, some network drives. */
function lacksLinks(error: unknown): boolean {
  return hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK');
}

function writeAll(file: number, content: Uint8Array): void {
  for (let at = 0; at < content.length; ) at += writeSync(file, content, at);
}

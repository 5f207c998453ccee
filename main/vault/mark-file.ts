// The high-water mark: the last sequence number that was seen, sealed, in a file beside the vault. An older copy of the whole
// vault is whole in itself, so nothing in it can tell that it is old; this can, as long as it is not replaced together with
// it. So whoever has another folder for it (main/platform/data-folder.ts) keeps it there as well. It never hinders
// anything: it is there to be told.
//
//   vault.rondo.mark: a blob of kind mark under row id zero, sealed by the mark key. Its sequence number is the mark; its
//   content is a version, 1 (8 bit), and the latest sequence number (64 bit). The two differ only where an older copy was
//   put in the vault's place, was noted (older-copy.ts) and goes on: then the latest is that of the copy. Absent, of marks
//   that an earlier Rondo wrote: it is not known. Earlier ones do not look at it.
//
// Guarantees: the mark never says more than was committed, and is never lowered but on purpose (a restore, a repair); the
// latest number by that, and by noting an older copy.
import { dirname } from 'node:path';
import { discardFile, makePrivateFolder, replaceFile } from '../platform/durable-files.ts';
import { readStart } from '../platform/files.ts';
import { epochOf, maxBlobBytes, nonceOffset, numberAsRowId, openBlob, sealBlob } from './blob.ts';
import type { Keys } from './keys.ts';
import type { VaultPaths } from './vault-paths.ts';

const version = 1;
const contentBytes = 9;
const place = { kind: 'mark', rowId: numberAsRowId(0) } as const;

export function sealMark({ arena, identity, nextNonce }: Keys, sequence: number, latest = sequence): Uint8Array {
  const content = Buffer.alloc(contentBytes, version);
  content.writeBigUInt64BE(BigInt(latest), 1);
  return sealBlob(arena, identity, place, { content, sequence, nonce: nextNonce() });
}

export interface Seen {
  readonly sequence: number;
  readonly latest?: number;
  /** Of this very mark: any other one, also with the same numbers, has another. */
  readonly id: string;
}

export type Reading = Seen | 'missing' | 'unreadable' | 'newer-keys';

export function readMark({ arena, identity }: Keys, markPath: string): Reading {
  try {
    const blob = readStart(markPath, maxBlobBytes);
    if (blob === undefined) return 'missing';
    const opened = openBlob(arena, identity, { place, blob }, ({ sequence, from, to }) => ({
      is: arena.byteAt(from),
      sequence,
      ...(to - from < contentBytes ? {} : { latest: arena.readNumber(from + 1) }),
    }));
    if (opened?.is !== version) return (epochOf(blob) ?? 0) > identity.epoch ? 'newer-keys' : 'unreadable';
    const { is: _, ...numbers } = opened;
    return { ...numbers, id: Buffer.from(blob.subarray(nonceOffset, nonceOffset + 4)).toString('hex') };
  } catch {
    return 'unreadable';
  }
}

export type MarkPaths = Pick<VaultPaths, 'markPath' | 'outerMarkPath'>;

export function placesOf({ markPath, outerMarkPath }: MarkPaths): readonly string[] {
  return outerMarkPath === undefined ? [markPath] : [markPath, outerMarkPath];
}

/** A full disk, a folder that cannot be written: the older mark stays, and the vault is what counts. */
export function tryToMark(paths: MarkPaths, mark: Uint8Array): void {
  for (const path of placesOf(paths)) tryToReplace(path, mark);
}

/**
 * On purpose, with a lower number too. @returns how to put back what was there, as far as it could be read. @throws errors of
 * the disk: then it is there
 */
export function replaceMark(paths: MarkPaths, mark: Uint8Array): () => void {
  const { markPath, outerMarkPath } = paths;
  const before = placesOf(paths).map((path) => ({ path, content: tryToRead(path) }));
  const putBack = () => {
    for (const { path, content } of before) {
      if (content !== undefined) tryToReplace(path, content);
      else if (Buffer.compare(tryToRead(path) ?? new Uint8Array(0), mark) === 0) discardFile(path);
    }
  };
  try {
    replaceFile(markPath, mark);
  } catch (error) {
    // It may have its name already, and only that not on disk.
    putBack();
    throw error;
  }
  if (outerMarkPath !== undefined) tryToReplace(outerMarkPath, mark);
  return putBack;
}

/** What cannot be read is nothing to put back. */
function tryToRead(path: string): Uint8Array | undefined {
  try {
    return readStart(path, maxBlobBytes);
  } catch {
    return undefined;
  }
}

export function tryToReplace(path: string, mark: Uint8Array): void {
  try {
    makePrivateFolder(dirname(path));
    replaceFile(path, mark);
  } catch {
    // Told at the next unlock, where it is missing.
  }
}

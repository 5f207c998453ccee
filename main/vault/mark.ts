// The high-water mark: the last sequence number that was seen, sealed, in a file beside the vault. An older copy of the whole
// vault is whole in itself, so nothing in it can tell that it is old; this can, as long as it is not replaced together with
// it. So whoever has another folder for it (main/platform/data-folder.ts) keeps it there as well. It never hinders
// anything: it is there to be told.
//
//   vault.rondo.mark: a blob of kind mark under row id zero, sealed by the mark key. Its sequence number is the mark; its
//   content is a version, 1 (8 bit).
//
// Guarantees: the mark never says more than was committed, and is never lowered but on purpose (a restore, a repair).
import { dirname } from 'node:path';
import type { Damage, MarkFinding, VerifyReport } from '../../shared/contract/vault.ts';
import { markFileName } from '../../shared/vault-files.ts';
import type { Clock } from '../platform/clock.ts';
import { discardFile, makePrivateFolder, readStart, replaceFile } from '../platform/files.ts';
import { epochOf, maxBlobBytes, numberAsRowId, openBlob, sealBlob } from './blob.ts';
import type { Keys } from './keys.ts';
import type { VaultPaths } from './vault-paths.ts';

const version = 1;
const place = { kind: 'mark', rowId: numberAsRowId(0) } as const;

/** A crash loses at most this much of what it could notice. */
const leastMsBetween = 60_000;

export function sealMark({ arena, identity, nextNonce }: Keys, sequence: number): Uint8Array {
  return sealBlob(arena, identity, place, { content: Uint8Array.of(version), sequence, nonce: nextNonce() });
}

type MarkPaths = Pick<VaultPaths, 'markPath' | 'outerMarkPath'>;

function placesOf({ markPath, outerMarkPath }: MarkPaths): readonly string[] {
  return outerMarkPath === undefined ? [markPath] : [markPath, outerMarkPath];
}

/** A full disk, a folder that cannot be written: the older mark stays, and the vault is what counts. */
export function tryToMark(paths: MarkPaths, mark: Uint8Array): void {
  for (const path of placesOf(paths)) tryToReplace(path, mark);
}

/**
 * On purpose, with a lower number too. @returns how to put back what was there. @throws errors of the disk: then it is there
 */
export function replaceMark(paths: MarkPaths, mark: Uint8Array): () => void {
  const { markPath, outerMarkPath } = paths;
  const before = placesOf(paths).map((path) => ({ path, content: readStart(path, maxBlobBytes) }));
  const putBack = () => {
    for (const { path, content } of before) {
      if (content === undefined) discardFile(path);
      else tryToReplace(path, content);
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

function tryToReplace(path: string, mark: Uint8Array): void {
  try {
    makePrivateFolder(dirname(path));
    replaceFile(path, mark);
  } catch {
    // Told at the next unlock, where it is missing.
  }
}

type Reading = number | 'missing' | 'unreadable' | 'newer-keys';

function readMark({ arena, identity }: Keys, markPath: string): Reading {
  try {
    const blob = readStart(markPath, maxBlobBytes);
    if (blob === undefined) return 'missing';
    const opened = openBlob(arena, identity, { place, blob }, ({ sequence, from }) => ({
      sequence,
      is: arena.byteAt(from),
    }));
    if (opened?.is === version) return opened.sequence;
    return (epochOf(blob) ?? 0) > identity.epoch ? 'newer-keys' : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

export interface Mark {
  /** What there was to say when the vault was opened, until it is accepted. */
  finding(): MarkFinding | undefined;
  /** From now on what is there is the newest. @throws errors of the disk */
  accept(): void;
  /** After a transaction: written now and then. */
  noted(): void;
  /** At lock, while the keys are there. */
  write(): void;
}

export interface MarkWorld {
  readonly keys: Keys;
  readonly paths: MarkPaths;
  readonly clock: Clock;
  /** The last one that this process knows to be on disk; 0 where the manifest does not open, and nothing can be told. */
  readonly sequence: () => number;
}

export function openMark({ keys, paths, clock, sequence }: MarkWorld): Mark {
  let writtenMs = clock.now();

  function write(): void {
    writtenMs = clock.now();
    const current = sequence();
    if (current === 0) return;
    for (const path of placesOf(paths)) {
      const before = readMark(keys, path);
      if (before === 'newer-keys' || (typeof before === 'number' && before >= current)) continue;
      tryToReplace(path, sealMark(keys, current));
    }
  }

  let found = findingOfAll(
    placesOf(paths).map((path) => readMark(keys, path)),
    sequence(),
  );
  return {
    finding: () => found,
    accept() {
      replaceMark(paths, sealMark(keys, sequence()));
      found = undefined;
    },
    noted() {
      if (clock.now() - writtenMs >= leastMsBetween) write();
    },
    write,
  };
}

/**
 * Of the two, the one that knows of something newer. That the outer one is missing says nothing: the vault was moved, or
 * was never opened on this computer.
 */
function findingOfAll([own = 'missing', outer]: readonly Reading[], sequence: number): MarkFinding | undefined {
  const inside = findingOf(own, sequence);
  const outside = outer === undefined ? undefined : findingOf(outer, sequence);
  if (outside?.finding !== 'rolled-back') return inside;
  const isLess = inside?.finding === 'rolled-back' && (inside.seen ?? Infinity) >= (outside.seen ?? Infinity);
  return isLess ? inside : outside;
}

function findingOf(read: Reading, sequence: number): MarkFinding | undefined {
  if (sequence === 0) return undefined;
  if (read === 'missing' || read === 'unreadable') return { finding: read, sequence };
  if (read === 'newer-keys') return { finding: 'rolled-back', sequence };
  return read > sequence ? { finding: 'rolled-back', sequence, seen: read } : undefined;
}

/** What `verify` says, with the mark. That there is none, or none that opens, is no damage. */
export function withMark(report: VerifyReport, mark: MarkFinding | undefined): VerifyReport {
  const found = rolledBack(mark);
  return {
    ...report,
    ok: report.ok && found.length === 0,
    damaged: [...report.damaged, ...found],
    ...(mark === undefined ? {} : { mark }),
  };
}

function rolledBack(mark: MarkFinding | undefined): Damage[] {
  if (mark?.finding !== 'rolled-back') return [];
  const { sequence, seen } = mark;
  const words =
    seen === undefined
      ? 'the vault has older keys than were seen: an older copy was put in its place'
      : `the vault is at ${sequence} and was at ${seen}: an older copy was put in its place`;
  return [{ id: markFileName, kind: 'file', reason: words }];
}

// What the marks (mark-file.ts) tell of the vault that stands beside them, and when they are written.
import type { Damage, MarkFinding, VerifyReport } from '../../shared/contract/vault.ts';
import { markFileName } from '../../shared/vault-files.ts';
import type { Clock } from '../platform/clock.ts';
import type { Keys } from './keys.ts';
import {
  type MarkPaths,
  placesOf,
  type Reading,
  readMark,
  replaceMark,
  type Seen,
  sealMark,
  tryToReplace,
} from './mark-file.ts';

/** A crash loses at most this much of what it could notice. */
const leastMsBetween = 60_000;

export interface Mark {
  /** What there was to say when the vault was opened, until it is accepted. */
  finding(): MarkFinding | undefined;
  /**
   * What was there before an older copy took its place, in words with which the note of it begins. Empty: there is nothing
   * to note.
   */
  older(): readonly string[];
  /** The older copy was noted, and goes on. Where that cannot be written the next unlock has the same words. */
  noted(): void;
  /** From now on what is there is the newest. @throws errors of the disk */
  accept(): void;
  /** After a transaction: written now and then. */
  written(): void;
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

  /** `next`: the latest number of a mark; undefined leaves it as it is. One seal for both, where they say the same. */
  function writeAll(current: number, next: (before: Seen) => number | undefined): void {
    const sealed = new Map<string, Uint8Array>();
    for (const path of placesOf(paths)) {
      const before = readMark(keys, path);
      if (before === 'newer-keys') continue;
      const isSeen = typeof before === 'object';
      const latest = isSeen ? next(before) : current;
      const highest = isSeen ? Math.max(before.sequence, current) : current;
      if (latest === undefined || (isSeen && latest === before.latest && highest === before.sequence)) continue;
      const numbers = `${highest} ${latest}`;
      const mark = sealed.get(numbers) ?? sealMark(keys, highest, latest);
      sealed.set(numbers, mark);
      tryToReplace(path, mark);
    }
  }

  function write(): void {
    writtenMs = clock.now();
    const current = sequence();
    if (current === 0) return;
    writeAll(current, (before) => {
      if (before.latest !== undefined) return Math.max(before.latest, current);
      return current < before.sequence ? undefined : current;
    });
  }

  const readings = placesOf(paths).map((path) => readMark(keys, path));
  let found = findingOfAll(readings, sequence());
  let older = [...new Set(readings.flatMap((read) => olderOf(read, sequence())))];
  return {
    finding: () => found,
    older: () => older,
    noted() {
      older = [];
      const current = sequence();
      writeAll(current, () => current);
    },
    accept() {
      replaceMark(paths, sealMark(keys, sequence()));
      found = undefined;
      older = [];
    },
    written() {
      if (clock.now() - writtenMs >= leastMsBetween) write();
    },
    write,
  };
}

function olderOf(read: Reading, sequence: number): string[] {
  if (sequence === 0) return [];
  if (read === 'newer-keys') return ['its keys are older than were seen'];
  if (typeof read === 'string') return [];
  const { sequence: highest, latest, id } = read;
  // An older copy that was noted knows of it. One that does not is no successor of that copy, however far it came.
  const highestWords = sequence < highest ? [`the vault was at ${highest} before`] : [];
  if (latest === undefined || sequence >= latest) return highestWords;
  const latestWords = `the vault was at ${latest} before (mark ${id})`;
  return latest < highest ? [latestWords, ...highestWords] : [latestWords];
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
  return read.sequence > sequence ? { finding: 'rolled-back', sequence, seen: read.sequence } : undefined;
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

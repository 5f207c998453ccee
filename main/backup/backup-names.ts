// The names of the vault's own backups, and which of them stay.
import { isoInstant } from '../platform/clock.ts';

const pattern = /^(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2}\.\d{3}Z)\.rondo$/;

/** What a backup that was being made when its process was killed leaves, and SQLite's files beside it. */
const unfinished = /^(.*\.rondo)\.[0-9a-f]{12}\.new(-wal|-shm|-journal)?$/;

/** An instant whose colons no system forbids in a name. */
export function backupName(atMs: number): string {
  return `${isoInstant(atMs).replaceAll(':', '-')}.rondo`;
}

/** When the backup of that name was made. Undefined: no name of ours, so never to be touched. */
export function instantOf(name: string): string | undefined {
  const [, hour, minute, second] = pattern.exec(name) ?? [];
  const instant = `${hour}:${minute}:${second}`;
  return hour !== undefined && !Number.isNaN(Date.parse(instant)) ? instant : undefined;
}

/** Of a backup of ours that never got its name. */
export function isUnfinished(name: string): boolean {
  const [, intended = ''] = unfinished.exec(name) ?? [];
  return instantOf(intended) !== undefined;
}

/** A week of days, to undo yesterday; a month of weeks, for what is noticed late. */
const days = 7;
const weeks = 4;
const dayMs = 86_400_000;

/**
 * Those that may go: every one but the newest of each of the last seven days on which one was made, and the newest of
 * each of the last four such weeks.
 */
export function superfluous(instants: readonly string[]): string[] {
  const newestFirst = instants.toSorted().toReversed();
  const day = (instant: string) => Math.floor(Date.parse(instant) / dayMs);
  // The first of January 1970 was a Thursday: weeks begin on Mondays.
  const week = (instant: string) => Math.floor((day(instant) + 3) / 7);
  const stays = new Set([...newestOf(newestFirst, day, days), ...newestOf(newestFirst, week, weeks)]);
  return newestFirst.filter((instant) => !stays.has(instant));
}

function newestOf(newestFirst: readonly string[], period: (instant: string) => number, count: number): string[] {
  const seen = new Map<number, string>();
  for (const instant of newestFirst) if (!seen.has(period(instant))) seen.set(period(instant), instant);
  return [...seen.values()].slice(0, count);
}

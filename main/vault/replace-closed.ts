// What takes the place of a row that does not open, where nothing proves which row stood there. Of a record each part that
// opens is the newest there is, and stays: only the other one comes from a source. Backups leave values out, and hold the
// ones that were replaced since, so a value is taken only where it is the one that was lost. Else nobody has it, and a
// person is asked. What was found in the file, where no table gave it, may be older than what a backup has, and is the newest
// only where the backup's was not sealed later. Of a backup that a restore left behind no number tells anything.
import { tagBytes } from './arena.ts';
import { nonceOffset, sealedOffset } from './blob.ts';
import type { Keys } from './keys.ts';
import { idBytes } from './read-records.ts';
import { type ClosedRow, type ReadableRow, type ReadableRows, readRecordBlobs } from './readable-rows.ts';
import type { RepairSource } from './repair-sources.ts';
import { lookAtSecret, openDescription } from './sealed-rows.ts';
import type { VaultRecord } from './vault.ts';

export interface Taken {
  readonly row: ReadableRow;
  readonly source: RepairSource;
  /** Of the record only this comes from there, and stands in `row` beside the vault's own other part. */
  readonly only?: 'description' | 'value';
  /** Nobody has what it last was: its value may have been another one, or left out of the source. */
  readonly isOlder?: true;
}

/** Whether a record that is described so has the value that it had when it was described so. */
export type HasSameValue = (now: VaultRecord, then: VaultRecord) => boolean;

/** What those know who write the records. */
export interface ValueKnowledge {
  readonly hasSameValue: HasSameValue;
  /** Records of these kinds never have a value, so none of it is lost. */
  readonly kindsWithoutValue: ReadonlySet<string>;
}

export interface Repairing extends ValueKnowledge {
  readonly keys: Keys;
}

export interface Replacing extends Repairing {
  /** Those from which the vault went on, so that what was sealed later is newer. */
  readonly ancestors: ReadonlySet<RepairSource>;
}

/** The part that does not open never held anything. */
export function isEmptied({ kindsWithoutValue }: ValueKnowledge, { meta, recordKind = '' }: ClosedRow): boolean {
  return meta !== undefined && kindsWithoutValue.has(recordKind);
}

/** `candidates`: the rows of its id that the sources have, newest first. Undefined: it is set aside. */
export function replaceClosed(
  replacing: Replacing,
  closed: ClosedRow,
  candidates: readonly Taken[],
): Taken | undefined {
  const { meta, value } = closed;
  const newer = closed.isCarved && candidates.find((taken) => isNewer(replacing, taken, closed));
  if (meta !== undefined && newer === undefined) {
    const known = candidates.find((taken) => isItsValue(replacing, closed, taken));
    const secret = known?.row.blobs[1];
    return known && secret && joined(replacing.keys, known, 'value', [meta, secret]);
  }
  const newest = newer ?? candidates[0];
  if (newest === undefined || closed.table === 'journal') return newest;
  if (value !== undefined) return withOwnValue(replacing.keys, newest, value);
  return isItsValue(replacing, closed, newest) ? newest : { ...newest, isOlder: true };
}

/** Sealed later, in the vault's own past, and nothing was left out of it. */
export function isNewer(
  { kindsWithoutValue, ancestors }: Omit<Replacing, 'keys'>,
  { row, source }: Taken,
  { sequence = 0 }: Pick<ClosedRow, 'sequence'>,
): boolean {
  const isWhole = row.hasValue === true || kindsWithoutValue.has(row.recordKind ?? '');
  return isWhole && ancestors.has(source) && row.sequence > sequence;
}

/**
 * A restore sets the vault back to the backup's number, and the later backups stay, with higher ones. They end in an entry
 * of the log that the vault never had: each entry is chained to all before it.
 */
export function ancestorsOf(log: ReadableRows['log'], sources: readonly RepairSource[]): Set<RepairSource> {
  return new Set(
    sources.filter((source) => {
      const last = Math.max(0, ...source.log.keys());
      const [ours, theirs] = [log.get(last), source.log.get(last)];
      return ours !== undefined && theirs !== undefined && Buffer.compare(ours, theirs) === 0;
    }),
  );
}

/** A value that lies in the file without its description. */
export function besideOrphan(replacing: Replacing, taken: Taken, value: Uint8Array): Taken {
  const { keys } = replacing;
  const found = lookAtSecret(keys, idBytes(taken.row.id), value);
  return found !== undefined && isNewer(replacing, taken, found) ? taken : withOwnValue(keys, taken, value);
}

/** The description is the source's, and older; the value is the vault's own, also where that says that none is held. */
function withOwnValue(keys: Keys, taken: Taken, value: Uint8Array): Taken {
  const [meta, secret] = taken.row.blobs;
  if (meta === undefined || secret === undefined || Buffer.compare(secret, value) === 0) return taken;
  return joined(keys, taken, 'description', [meta, value]) ?? taken;
}

function joined(
  keys: Keys,
  taken: Taken,
  only: 'description' | 'value',
  blobs: readonly [Uint8Array, Uint8Array],
): Taken | undefined {
  const row = readRecordBlobs(keys, idBytes(taken.row.id), blobs);
  return 'blobs' in row ? { ...taken, row, only } : undefined;
}

/**
 * The same sealing of the value, the same row as then, or a description that tells. What lies about in the vault's own file
 * was put beside its description by age, and may be from before it: only the sealing tells there.
 */
function isItsValue({ keys, ...known }: Replacing, closed: ClosedRow, { row, source }: Taken): boolean {
  const [meta, secret] = row.blobs;
  if (meta === undefined || secret === undefined) return false;
  if (known.kindsWithoutValue.has(row.recordKind ?? '')) return true;
  if (closed.closedSecret !== undefined && isSameSealing(closed.closedSecret, secret)) return true;
  if (closed.meta === undefined || source.backup === undefined) return false;
  if (Buffer.compare(closed.meta, meta) === 0) return true;
  const [now, then] = [closed.meta, meta].map((one) => openDescription(keys, idBytes(row.id), one));
  return row.hasValue === true && now !== undefined && then !== undefined && known.hasSameValue(now, then);
}

/** A nonce is drawn once, and a tag belongs to one text: whichever of them the damage left says which sealing it was. */
function isSameSealing(damaged: Uint8Array, sealed: Uint8Array): boolean {
  if (damaged.length !== sealed.length) return false;
  const isSame = (from: number, to?: number) =>
    Buffer.compare(damaged.subarray(from, to), sealed.subarray(from, to)) === 0;
  return isSame(nonceOffset, sealedOffset) || isSame(-tagBytes);
}

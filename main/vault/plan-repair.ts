// What a damaged vault is put together from. Where the manifest opens, and nothing is newer than it, it decides: those
// changes are made that, taken together, give exactly the set of rows that it speaks of. Where no choice does, a row that does not open is replaced by
// the newest that a source has, and rows that are not there at all are taken back only when they are no more than the
// manifest misses: what was deleted must not come back.
import type { Keys } from './keys.ts';
import type { Manifest } from './manifest.ts';
import { type ClosedRow, type ReadableRow, type ReadableRows, rowKey, vouchingManifest } from './readable-rows.ts';
import { type LogPlan, planLog } from './repair-log.ts';
import type { RepairSource } from './repair-sources.ts';
import { addElements, changesThatSumTo, emptyElement } from './set-solver.ts';

export interface Taken {
  readonly row: ReadableRow;
  readonly source: RepairSource;
}

export interface RepairPlan {
  /** Rows that come from a source, by `rowKey`. */
  readonly taken: ReadonlyMap<string, Taken>;
  /** Rows that no source has. */
  readonly setAside: readonly ClosedRow[];
  readonly log: LogPlan;
  /** The manifest vouches for what comes out, row by row. */
  readonly proven: boolean;
}

export function planRepair(keys: Keys, own: ReadableRows, sources: readonly RepairSource[]): RepairPlan {
  const manifest = vouchingManifest(withUnreached(own, sources));
  const proved = manifest && planByManifest(manifest, own, sources);
  const taken = proved ?? planByAge(manifest, own, sources);
  return {
    taken,
    setAside: own.closed.filter((closed) => !taken.has(rowKey(closed))),
    log: planLog(keys, own, sources),
    proven: proved !== undefined,
  };
}

/** What lies in the vault's own file and SQLite does not reach was the vault's as well. */
function withUnreached(own: ReadableRows, sources: readonly RepairSource[]): ReadableRows {
  const fromFile = sources.filter(({ backup }) => backup === undefined);
  return { ...own, newestSequence: Math.max(own.newestSequence, ...fromFile.map((source) => source.newestSequence)) };
}

/** Undefined: no choice among the candidates gives its set. */
function planByManifest(
  { setHash }: Manifest,
  own: ReadableRows,
  sources: readonly RepairSource[],
): Map<string, Taken> | undefined {
  let difference = Buffer.from(setHash).toString('latin1');
  for (const { element } of own.rows.values()) difference = addElements(difference, element);
  if (difference === emptyElement) return new Map();
  // The newer the sources, the fewer the candidates; rows that are not there at all before rows that may be older.
  for (let count = 1; count <= sources.length; count++) {
    const candidates = candidatesOf(own, sources.slice(0, count));
    const absent = candidates.filter(({ row }) => !own.rows.has(rowKey(row)));
    for (const choice of [absent, candidates]) {
      const changes = choice.map(({ row }) => {
        const stands = own.rows.get(rowKey(row));
        return stands === undefined ? row.element : addElements(stands.element, row.element);
      });
      const chosen = changesThatSumTo(changes, difference);
      if (chosen === undefined) continue;
      return byKey(chosen.flatMap((index) => choice[index] ?? []));
    }
  }
  return undefined;
}

function planByAge(
  manifest: Manifest | undefined,
  own: ReadableRows,
  sources: readonly RepairSource[],
): Map<string, Taken> {
  // The first that has a row is the newest.
  const newest = byKey(candidatesOf(own, sources).reverse());
  const closed = new Set(own.closed.map(rowKey));
  const replacing = [...newest].filter(([key]) => closed.has(key));
  const absent = [...newest].filter(([key]) => !closed.has(key) && !own.rows.has(key));
  const fits = absent.length <= missingCount(manifest, own.rows.size + closed.size);
  const fromFile = absent.filter(([, { source }]) => source.backup === undefined);
  return new Map([...replacing, ...(fits ? absent : fromFile)]);
}

function missingCount(manifest: Manifest | undefined, foundCount: number): number {
  return manifest === undefined ? 0 : manifest.recordCount + manifest.journalCount - foundCount;
}

/** Each row of the sources that the vault has not in this form, newest source first. */
function candidatesOf(own: ReadableRows, sources: readonly RepairSource[]): Taken[] {
  const known = new Set([...own.rows.values()].map(({ element }) => element));
  const found: Taken[] = [];
  for (const source of sources) {
    for (const row of source.rows.values()) {
      if (known.has(row.element)) continue;
      known.add(row.element);
      found.push({ row, source });
    }
  }
  return found;
}

function byKey(taken: readonly Taken[]): Map<string, Taken> {
  return new Map(taken.map((one) => [rowKey(one.row), one]));
}

// What a damaged vault is put together from. Where the manifest opens, and nothing is newer than it, it decides: those
// changes are made that, taken together, give exactly the set of rows that it speaks of. Where no choice does, of a row
// that does not open what does not is replaced (replace-closed.ts), and rows that are not there at all are taken back only
// when they are no more than the manifest misses: what was deleted must not come back.
import type { Manifest } from './manifest.ts';
import { type ClosedRow, type ReadableRows, rowKey, vouchingManifest } from './readable-rows.ts';
import { type LogPlan, planLog } from './repair-log.ts';
import type { RepairSource } from './repair-sources.ts';
import {
  ancestorsOf,
  besideOrphan,
  isEmptied,
  isNewer,
  type Repairing,
  type Replacing,
  replaceClosed,
  type Taken,
} from './replace-closed.ts';
import { addElements, changesThatSumTo, emptyElement } from './set-solver.ts';

export interface RepairPlan {
  /** Rows that come from a source, by `rowKey`. */
  readonly taken: ReadonlyMap<string, Taken>;
  /** Rows that no source has, or of which none is known to have the value that does not open. */
  readonly setAside: readonly ClosedRow[];
  /** Rows that go on as they are, without a value, as they never had one. */
  readonly emptied: readonly ClosedRow[];
  readonly log: LogPlan;
  /** The manifest vouches for what comes out, row by row. */
  readonly proven: boolean;
}

export function planRepair(repairing: Repairing, own: ReadableRows, sources: readonly RepairSource[]): RepairPlan {
  const everything = withUnreached(own, sources);
  const replacing = { ...repairing, ancestors: ancestorsOf(everything.log, sources) };
  const manifest = vouchingManifest(everything);
  const proved = manifest && planByManifest(manifest, own, sources);
  const taken = proved ?? planByAge(replacing, manifest, { own, sources });
  const left = own.closed.filter((closed) => !taken.has(rowKey(closed)));
  return {
    taken,
    setAside: left.filter((closed) => !isEmptied(replacing, closed)),
    emptied: left.filter((closed) => isEmptied(replacing, closed)),
    log: planLog(replacing.keys, own, sources),
    proven: proved !== undefined,
  };
}

/** What lies in the vault's own file and SQLite does not reach was the vault's as well. */
function withUnreached(own: ReadableRows, sources: readonly RepairSource[]): ReadableRows {
  const fromFile = sources.filter(({ backup }) => backup === undefined);
  return {
    ...own,
    log: new Map([...fromFile, own].flatMap(({ log }) => [...log])),
    newestSequence: Math.max(own.newestSequence, ...fromFile.map((source) => source.newestSequence)),
  };
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
  replacing: Replacing,
  manifest: Manifest | undefined,
  { own, sources }: { readonly own: ReadableRows; readonly sources: readonly RepairSource[] },
): Map<string, Taken> {
  const candidates = Map.groupBy(candidatesOf(own, sources), ({ row }) => rowKey(row));
  const closed = new Set(own.closed.map(rowKey));
  const replaced = own.closed.flatMap(
    (row) => replaceClosed(replacing, row, newestFirst(replacing, candidates.get(rowKey(row)) ?? [])) ?? [],
  );
  const orphans = orphansOf(own, sources);
  const absent = [...candidates].flatMap(([key, [newest]]) => {
    if (newest === undefined || closed.has(key) || own.rows.has(key)) return [];
    const value = orphans.get(key);
    return value === undefined ? newest : besideOrphan(replacing, newest, value);
  });
  const missing = missingCount(manifest, own.rows.size + closed.size);
  const fromFile = absent.filter(({ source }) => source.backup === undefined);
  const withOrphan = absent.filter(({ row }) => orphans.has(rowKey(row)));
  const fits = (rows: readonly Taken[]) => rows.length <= missing;
  const back = fits(absent) ? absent : manifest === undefined || fits(withOrphan) ? withOrphan : [];
  const inFile = fromFile.flatMap(({ row }) => newestFirst(replacing, candidates.get(rowKey(row)) ?? [])[0] ?? []);
  return byKey([...replaced, ...back, ...inFile]);
}

/** The first that has a row has the newest; but what lies in the vault's own file is as old as it says. */
function newestFirst(replacing: Replacing, candidates: readonly Taken[]): readonly Taken[] {
  const [first, ...others] = candidates;
  if (first === undefined || first.source.backup !== undefined) return candidates;
  const [newer] = others.filter((other) => isNewer(replacing, other, first.row));
  return newer === undefined ? candidates : [newer, ...candidates];
}

/** Values that lie in the vault's own file without their descriptions: what they belong to was hardly deleted. */
function orphansOf(own: ReadableRows, sources: readonly RepairSource[]): Map<string, Uint8Array> {
  const fromFile = sources.filter(({ backup }) => backup === undefined);
  return new Map([...fromFile, own].flatMap(({ orphans = [] }) => [...orphans]));
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

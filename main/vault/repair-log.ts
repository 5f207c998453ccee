// The audit chain of a vault that is put together again. Entries that a source has are taken back as they were sealed, so
// that the chain is whole and the same; only where some are lost for good is it chained anew over what is left, and the
// entry that is written next names them and the old end.
import { type ChainLink, emptyHead, openEntry, readChain, sealEntry } from './audit-chain.ts';
import type { Keys } from './keys.ts';
import type { ReadableRows } from './readable-rows.ts';
import type { RepairSource } from './repair-sources.ts';

export interface LogPlan {
  /** Sealed entries by number, ascending: as they were. */
  readonly entries: ReadonlyMap<number, Uint8Array>;
  /** Entries that were taken from a source. */
  readonly taken: ReadonlyMap<number, RepairSource>;
  /** Numbers that nobody has, or that do not follow, as they or the ones before were others: what is left is chained anew. */
  readonly lost: readonly number[];
}

/**
 * The manifest's head proves the last entry, and each the one before it: of several that open in a place the proved one is
 * taken. Where nothing proves any more, the vault's own stay, and only what is missing comes from a source.
 */
export function planLog(keys: Keys, own: ReadableRows, sources: readonly RepairSource[]): LogPlan {
  const found: [number, Uint8Array][] = [];
  const taken = new Map<number, RepairSource>();
  const stated = own.manifest?.manifest.logCount ?? 0;
  const last = Math.max(stated, ...own.log.keys());
  const end = last > stated ? undefined : own.manifest?.manifest;
  let proved = end?.logHead;
  for (let number = last; number >= 1; number--) {
    const candidates = candidatesFor(number, own, sources);
    const right = proved && firstWithHash(keys, number, candidates, proved);
    const [first] = candidates;
    const isOwnOrNewest = first !== undefined && (first.source === undefined || proved === undefined);
    const chosen = right?.candidate ?? (isOwnOrNewest ? first : undefined);
    proved = right?.previous;
    if (chosen === undefined) continue;
    found.push([number, chosen.blob]);
    if (chosen.source !== undefined) taken.set(number, chosen.source);
  }
  const entries = new Map(found.reverse());
  return { entries, taken, lost: missingFrom(keys, entries, last, end) };
}

interface Candidate {
  readonly blob: Uint8Array;
  /** Absent: it is the vault's own. */
  readonly source?: RepairSource;
}

function candidatesFor(number: number, own: ReadableRows, sources: readonly RepairSource[]): Candidate[] {
  const blob = own.log.get(number);
  const others = sources.flatMap((source) => {
    const there = source.log.get(number);
    return there === undefined ? [] : [{ blob: there, source }];
  });
  return blob === undefined ? others : [{ blob }, ...others];
}

function firstWithHash(keys: Keys, number: number, candidates: readonly Candidate[], hash: Uint8Array) {
  for (const candidate of candidates) {
    const link = openEntry(keys, number, candidate.blob);
    if (link !== undefined && Buffer.compare(link.hash, hash) === 0) return { candidate, previous: link.previous };
  }
  return undefined;
}

function missingFrom(
  keys: Keys,
  entries: ReadonlyMap<number, Uint8Array>,
  last: number,
  end: Parameters<typeof readChain>[2],
): number[] {
  const absent = Array.from({ length: last }, (_, index) => index + 1).filter((number) => !entries.has(number));
  const { broken } = readChain(keys, [...entries], end);
  return [...new Set([...absent, ...broken])].sort((a, b) => a - b);
}

export interface SealedLog {
  readonly entries: readonly (readonly [number: number, blob: Uint8Array])[];
  readonly head: Uint8Array;
}

/** The log as it goes into the new file: as it was where it is whole. */
export function sealLog(keys: Keys, { entries, lost }: LogPlan, sequence: number): SealedLog {
  const links = [...entries].map(([number, blob]) => ({ number, blob, link: openEntry(keys, number, blob) }));
  const head = links.at(-1)?.link?.hash ?? emptyHead;
  if (lost.length === 0) return { entries: [...entries], head };
  return rechain(
    keys,
    links.flatMap(({ link }) => link ?? []),
    sequence,
  );
}

/** The same entries in the same order, numbered from one, in a chain of their own. */
export function rechain(keys: Keys, links: readonly Pick<ChainLink, 'entry'>[], sequence: number): SealedLog {
  let head: Uint8Array = emptyHead;
  const entries = links.map(({ entry }, index) => {
    const { blob, hash } = sealEntry(keys, { number: index + 1, previous: head, sequence }, entry);
    head = hash;
    return [index + 1, blob] as const;
  });
  return { entries, head };
}

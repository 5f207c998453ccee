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
  /** Numbers that nobody has, or that do not follow: what is left is chained anew. */
  readonly lost: readonly number[];
}

export function planLog(keys: Keys, own: ReadableRows, sources: readonly RepairSource[]): LogPlan {
  const entries = new Map(own.log);
  const taken = new Map<number, RepairSource>();
  const stated = own.manifest?.manifest.logCount ?? 0;
  const last = Math.max(stated, ...entries.keys());
  for (let number = 1; number <= last; number++) {
    const source = entries.has(number) ? undefined : sources.find(({ log }) => log.has(number));
    const blob = source?.log.get(number);
    if (source === undefined || blob === undefined) continue;
    entries.set(number, blob);
    taken.set(number, source);
  }
  const ascending = new Map([...entries].sort(([a], [b]) => a - b));
  const end = last > stated ? undefined : own.manifest?.manifest;
  return { entries: ascending, taken, lost: missingFrom(keys, ascending, last, end) };
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

import type { TokenResponse } from '../circleci/circleci.ts';
import type { TokenRecord } from './token-store.ts';
import { pairUnlisted, type UnlistedHints } from './unlisted.ts';

/**
 * Compares what the vault knows of one place with what CircleCI lists there now. Pure: it returns the records to write.
 * It guarantees that a token is called gone only by a complete list that began after the token was last seen (a token
 * that was made meanwhile is not in an older list), and that nothing is ever dropped. A clock that was set back hides a
 * deletion for ten minutes at most.
 */
export interface ListedPlace {
  readonly tokens: readonly ListedToken[];
  readonly complete: boolean;
  /** When the request of the list began and when its answer was there, ISO. */
  readonly askedAt: string;
  readonly readAt: string;
}

/** As listed, with the fingerprint of a value that the list showed in clear; the value itself is already overwritten. */
export type ListedToken = Omit<TokenResponse, 'value'> & { readonly fingerprint?: string };

export interface Merge {
  readonly added: readonly Omit<TokenRecord, 'id' | 'account' | 'kind' | 'project'>[];
  /** What is listed and has to be written: it says something new, or was last seen a while ago. */
  readonly seen: readonly TokenRecord[];
  /** How many of `seen` say something new besides when they were seen or used. */
  readonly changed: number;
  readonly gone: readonly TokenRecord[];
}

/**
 * A rotation reads the same list four times within a second, and each row written anew costs as much as a journal line.
 * Nobody is told "last seen" more exactly than to the minute.
 */
const seenAgainMs = 10_000;

/** A list is taken over within seconds of its answer: what was seen this long after it, was not seen meanwhile. */
const takenOverWithinMs = 10 * 60_000;

export function mergeList(known: readonly TokenRecord[], list: ListedPlace, hints?: UnlistedHints): Merge {
  const unmatched = new Map(
    known.filter((record) => record.revokedAt === undefined).map((record) => [keyOf(record), record]),
  );
  const added: Merge['added'][number][] = [];
  const seen: TokenRecord[] = [];
  let changed = 0;
  const rows = withKeys(list.tokens);
  const unknown = rows.filter(({ key }) => !unmatched.has(key));
  const keys = new Set(rows.map(({ key }) => key));
  // Of one label they share their key.
  const unlisted = known.filter((record) => isUnlisted(record) && !keys.has(keyOf(record)));
  const found = pairUnlisted(unlisted, unknown, hints);
  for (const { key, ...listed } of rows) {
    const record = unmatched.get(key) ?? found.get(key);
    if (record !== undefined) unmatched.delete(keyOf(record));
    if (record === undefined) {
      added.push({ ...listed, firstSeenAt: list.readAt, lastSeenAt: list.readAt, held: 'none', tags: [] });
      continue;
    }
    const { goneAt, neverListed, ...present } = record;
    const isNew = goneAt !== undefined || neverListed !== undefined || saysSomethingNew(record, listed, compared);
    if (isNew) changed += 1;
    if (isNew || saysSomethingNew(record, listed, alsoKept) || !wasJustSeen(record, list.readAt))
      seen.push({ ...present, ...listed, lastSeenAt: list.readAt });
  }
  const gone = [...unmatched.values()]
    .filter((record) => list.complete && record.goneAt === undefined && !mayBeNewer(record, list))
    // Without an id or a time it cannot be found in any list.
    .filter((record) => record.neverListed === undefined)
    .map((record) => missing(record, list.readAt));
  return { added, seen, changed, gone };
}

/** It was seen since the list was asked for. Seen long after the list was read, it was seen by a clock that was set back since. */
function mayBeNewer({ lastSeenAt }: TokenRecord, { askedAt, readAt }: ListedPlace): boolean {
  return lastSeenAt >= askedAt && Date.parse(lastSeenAt) - Date.parse(readAt) <= takenOverWithinMs;
}

function isUnlisted({ neverListed, revokedAt }: TokenRecord): boolean {
  return neverListed === true && revokedAt === undefined;
}

/** Missing after Rondo asked for its deletion: that is the proof which was still due, and its value is dead. */
function missing(record: TokenRecord, readAt: string): TokenRecord {
  return record.deletionAt === undefined
    ? { ...record, goneAt: readAt }
    : { ...record, revokedAt: readAt, held: 'none' };
}

/** A token's key within its place: CircleCI's id, or without one its label, time and ordinal. */
export function keyOf(token: { remoteId?: string; label: string; createdAt?: string; ordinal?: number }): string {
  return token.remoteId ?? JSON.stringify([token.label, token.createdAt ?? '', token.ordinal ?? 0]);
}

/** Numbers the rows without an id that look the same, in the list's order, and gives each row its key. */
export function withKeys<T extends ListedToken>(tokens: readonly T[]): (T & { ordinal?: number; key: string })[] {
  const alike = new Map<string, number>();
  return tokens.map((token) => {
    if (token.remoteId !== undefined) return { ...token, key: token.remoteId };
    const ordinal = alike.get(keyOf(token)) ?? 0;
    alike.set(keyOf(token), ordinal + 1);
    const numbered = ordinal === 0 ? token : { ...token, ordinal };
    return { ...numbered, key: keyOf(numbered) };
  });
}

const compared = ['label', 'wireScope', 'access', 'createdAt', 'expiresAt', 'tail'] as const;
const alsoKept = ['remoteId', 'ordinal', 'lastUsedAt', 'fingerprint'] as const;

function saysSomethingNew(
  record: TokenRecord,
  listed: ListedToken & { ordinal?: number },
  fields: readonly ((typeof compared)[number] | (typeof alsoKept)[number])[],
): boolean {
  return fields.some((field) => listed[field] !== undefined && listed[field] !== record[field]);
}

function wasJustSeen({ lastSeenAt }: TokenRecord, readAt: string): boolean {
  const sinceMs = Date.parse(readAt) - Date.parse(lastSeenAt);
  return sinceMs >= 0 && sinceMs < seenAgainMs;
}

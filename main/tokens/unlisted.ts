import type { ListedToken } from './merge.ts';
import type { TokenRecord } from './token-store.ts';

/**
 * A token that was made by hand while its place had no list has no id: which row it is, a later list tells. Pure.
 */
export interface UnlistedHints {
  /** The id inside the value of this token, where the vault holds the value; hosts list most tokens by it. */
  readonly idInValue?: (record: TokenRecord) => string | undefined;
}

/** Its page shows a value once, so it was pasted soon after it was made. */
const pastedWithinMs = 24 * 3_600_000;
/** CircleCI's clock and ours. */
const clockSkewMs = 10_000;

/**
 * By the key of each row that is such a token's, its record. One that may be either of two rows, or a row that may be
 * either of two tokens, stays apart: two rows of one token are seen, a token under another's name is not.
 */
export function pairUnlisted<Row extends ListedToken & { readonly key: string }>(
  unlisted: readonly TokenRecord[],
  rows: readonly Row[],
  { idInValue = () => undefined }: UnlistedHints = {},
): ReadonlyMap<string, TokenRecord> {
  const pairs = new Map<string, TokenRecord>();
  const open = new Set(unlisted);
  const pair = (record: TokenRecord, row: Row) => {
    pairs.set(row.key, record);
    open.delete(record);
  };
  for (const record of unlisted) {
    const id = idInValue(record);
    const own = rows.find(
      ({ key, remoteId, fingerprint }) =>
        !pairs.has(key) &&
        ((fingerprint !== undefined && fingerprint === record.fingerprint) || (id !== undefined && remoteId === id)),
    );
    if (own !== undefined) pair(record, own);
  }
  const left = rows.filter(({ key }) => !pairs.has(key));
  for (const record of [...open]) {
    const alike = left.filter((row) => mayBe(record, row));
    const [only] = alike;
    if (only === undefined || alike.length > 1) continue;
    if ([...open].some((other) => other !== record && mayBe(other, only))) continue;
    pair(record, only);
  }
  return pairs;
}

function mayBe(record: TokenRecord, row: ListedToken): boolean {
  const agrees = (left: string | undefined, right: string | undefined) =>
    left === undefined || right === undefined || left === right;
  return (
    row.label === record.label &&
    agrees(row.fingerprint, record.fingerprint) &&
    agrees(row.tail, record.tail) &&
    agrees(row.wireScope, record.wireScope) &&
    (row.createdAt === undefined || wasJustMade(row.createdAt, record.firstSeenAt))
  );
}

function wasJustMade(createdAt: string, firstSeenAt: string): boolean {
  const beforeMs = Date.parse(firstSeenAt) - Date.parse(createdAt);
  return beforeMs >= -clockSkewMs && beforeMs <= pastedWithinMs;
}

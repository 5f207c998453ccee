import type { Token, TokenFilter } from './contract/token.ts';

/**
 * What a filter asks of a token; `nowMs` because age and expiry depend on it. `account` must be a whole id here. `age`: a
 * list shows what is certainly as old as was asked for; a choice of what to replace also takes what perhaps is.
 */
export function matchesFilter(
  token: Token,
  filter: TokenFilter,
  nowMs: number,
  age: 'certain' | 'perhaps' = 'certain',
): boolean {
  const { search } = filter;
  return (
    (filter.account === undefined || token.account === filter.account) &&
    (filter.kind === undefined || token.kind === filter.kind) &&
    (filter.project === undefined || token.project === filter.project) &&
    (filter.scope === undefined || token.scope === filter.scope) &&
    (filter.state === undefined || token.state === filter.state) &&
    (filter.owner === undefined || token.owner === filter.owner) &&
    (filter.tag === undefined || token.tags.includes(filter.tag)) &&
    (filter.olderThanMs === undefined || isOlder(token, nowMs - filter.olderThanMs, age)) &&
    (filter.expiresWithinMs === undefined || expiresBetween(token, nowMs, nowMs + filter.expiresWithinMs)) &&
    (search === undefined || matchesSearch(token, search))
  );
}

/** Every word of the search occurs somewhere in what a person sees of the token, in any case. `place` as in `searchText`. */
export function matchesSearch(token: Token, search: string, place?: string): boolean {
  return hasWords(searchText(token, place), searchWords(search));
}

/**
 * What a search looks at. A list that is searched on every key keeps it, as making it is most of the work. `place`: what the
 * list calls its project, whose slug may be of ids that nobody knows.
 */
export function searchText(token: Token, place?: string): string {
  const { label, project, scope, access, owner, note, tail, tags } = token;
  return [label, place, project, scope, access, owner, note, tail, ...tags]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLocaleLowerCase();
}

export function searchWords(search: string): readonly string[] {
  return search.toLocaleLowerCase().split(/\s+/);
}

export function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

function isOlder(token: Token, limitMs: number, age: 'certain' | 'perhaps'): boolean {
  const made = madeBefore(token, limitMs);
  return made === true || made === age;
}

/**
 * A token whose birth CircleCI does not tell is as old as our first sight of it, at least, and may be much older. One that
 * replaced another was first seen when it was made.
 */
export function madeBefore(
  { createdAt, firstSeenAt, rotatedFrom }: Pick<Token, 'createdAt' | 'firstSeenAt' | 'rotatedFrom'>,
  limitMs: number,
): boolean | 'perhaps' {
  if (Date.parse(createdAt ?? firstSeenAt) < limitMs) return true;
  return createdAt === undefined && rotatedFrom === undefined ? 'perhaps' : false;
}

function expiresBetween(token: Token, fromMs: number, toMs: number): boolean {
  if (token.expiresAt === undefined) return false;
  const expiresMs = Date.parse(token.expiresAt);
  return expiresMs > fromMs && expiresMs <= toMs;
}

/** Account, project (personal tokens first), label, created, id. */
export function compareTokens(left: Token, right: Token): number {
  return (
    compare(left.account, right.account) ||
    compare(left.project ?? '', right.project ?? '') ||
    compare(left.label, right.label) ||
    compare(left.createdAt ?? '', right.createdAt ?? '') ||
    compare(left.id, right.id)
  );
}

/** By code unit: the same order on every machine, and many times faster than a locale's. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

import type { Token, TokenFilter } from './contract/token.ts';

/** What a filter asks of a token; `nowMs` because age and expiry depend on it. `account` must be a whole id here. */
export function matchesFilter(token: Token, filter: TokenFilter, nowMs: number): boolean {
  const { search } = filter;
  return (
    (filter.account === undefined || token.account === filter.account) &&
    (filter.kind === undefined || token.kind === filter.kind) &&
    (filter.project === undefined || token.project === filter.project) &&
    (filter.scope === undefined || token.scope === filter.scope) &&
    (filter.state === undefined || token.state === filter.state) &&
    (filter.owner === undefined || token.owner === filter.owner) &&
    (filter.tag === undefined || token.tags.includes(filter.tag)) &&
    (filter.olderThanMs === undefined || isOlder(token, nowMs - filter.olderThanMs)) &&
    (filter.expiresWithinMs === undefined || expiresBetween(token, nowMs, nowMs + filter.expiresWithinMs)) &&
    (search === undefined || matchesSearch(token, search))
  );
}

/** Every word of the search occurs somewhere in what a person sees of the token, in any case. */
export function matchesSearch(token: Token, search: string): boolean {
  return hasWords(searchText(token), searchWords(search));
}

/** What a search looks at. A list that is searched on every key keeps it, as making it is most of the work. */
export function searchText(token: Token): string {
  return [token.label, token.project, token.scope, token.access, token.owner, token.note, token.tail, ...token.tags]
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

/** A token of unknown birth is as old as our first sight of it, at least. */
function isOlder(token: Token, limitMs: number): boolean {
  return Date.parse(token.createdAt ?? token.firstSeenAt) < limitMs;
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

import type { Token } from '../../shared/contract/token.ts';
import type { Id } from '../../shared/ids.ts';
import { hasWords, searchText, searchWords } from '../../shared/token-list.ts';
import { dayMs, isPast, type Standing, standingOf } from './standing.ts';

/** What the chips above the table ask; `any` asks nothing. */
export interface ListFilter {
  readonly account: Id | 'any';
  readonly kind: 'personal' | 'project' | 'any';
  /** What a token may do, in the words of its badge. */
  readonly may: string;
  readonly dueWithinDays: number | 'any';
  readonly value: 'none' | 'sealed' | 'kept' | 'any';
  /** Tokens that CircleCI no longer lists, or that Rondo deleted. */
  readonly past: 'hidden' | 'shown';
}

export const noFilter: ListFilter = {
  account: 'any',
  kind: 'any',
  may: 'any',
  dueWithinDays: 'any',
  value: 'any',
  past: 'hidden',
};

/** How many chips narrow the list. That gone ones are hidden is the usual view and counts as none. */
export function filterCount(filter: ListFilter): number {
  return [filter.account, filter.kind, filter.may, filter.dueWithinDays, filter.value].filter((part) => part !== 'any')
    .length;
}

export function passes(token: Token, filter: ListFilter, nowMs: number): boolean {
  return (
    (filter.past === 'shown' || !isPast(token)) &&
    (filter.account === 'any' || token.account === filter.account) &&
    (filter.kind === 'any' || token.kind === filter.kind) &&
    (filter.may === 'any' || mayDo(token) === filter.may) &&
    (filter.value === 'any' || token.hasValue === filter.value) &&
    (filter.dueWithinDays === 'any' || isDueWithin(token, filter.dueWithinDays, nowMs))
  );
}

function isDueWithin(token: Token, days: number, nowMs: number): boolean {
  const { dueAt } = token;
  return dueAt !== undefined && Date.parse(dueAt) - nowMs <= days * dayMs;
}

export function mayDo(token: Token): string {
  return (token.kind === 'personal' ? token.access : token.scope) ?? 'unknown';
}

/** A token beside the text that a search looks at. */
export interface Searchable {
  readonly token: Token;
  readonly text: string;
}

export function searchable(token: Token, place: string): Searchable {
  return { token, text: searchText(token, place) };
}

export interface Shown<Item> {
  readonly shown: readonly Item[];
  /** Left out although they exist on CircleCI. */
  readonly hidden: number;
  readonly hiddenPast: number;
}

/** What passes, in the order given. One pass, because it runs on every key of a search over 10 000 tokens. */
export function shownTokens<Item extends Searchable>(
  items: readonly Item[],
  { search, filter }: { readonly search: string; readonly filter: ListFilter },
  nowMs: number,
): Shown<Item> {
  const words = searchWords(search.trim());
  const shown: Item[] = [];
  let hidden = 0;
  let hiddenPast = 0;
  for (const item of items) {
    if (passes(item.token, filter, nowMs) && hasWords(item.text, words)) shown.push(item);
    else if (isPast(item.token)) hiddenPast += 1;
    else hidden += 1;
  }
  return { shown, hidden, hiddenPast };
}

/** The label nearest to a search that found nothing, of those that are still to be found: it shares most letter pairs. */
export function nearestLabel(tokens: readonly Token[], search: string): string | undefined {
  const wanted = search.trim().toLocaleLowerCase();
  if (wanted.length < 3) return undefined;
  let best: { label: string; score: number } | undefined;
  for (const token of tokens) {
    if (isPast(token)) continue;
    const { label } = token;
    const score = sharedPairs(wanted, label.toLocaleLowerCase());
    if (score > (best?.score ?? 0.35)) best = { label, score };
  }
  return best?.label;
}

/** Share of the search's letter pairs that the label has as well (Dice's coefficient, on the search's side). */
function sharedPairs(wanted: string, label: string): number {
  let shared = 0;
  for (let index = 0; index < wanted.length - 1; index += 1) {
    if (label.includes(wanted.slice(index, index + 2))) shared += 1;
  }
  return shared / (wanted.length - 1);
}

/** Overdue first, then by days left, then what never ends, then what is gone. */
export function urgency(standing: Standing): number {
  switch (standing.is) {
    case 'leaked':
      return -1e9;
    case 'expired':
      return -1e6 - standing.days;
    case 'over':
      return -1 - standing.days;
    case 'due':
    case 'on-course':
      return standing.days;
    case 'endless':
    case 'unknown':
      return 1e6;
    default:
      return 1e7;
  }
}

export function urgencyOf(token: Token, nowMs: number): number {
  return urgency(standingOf(token, nowMs));
}

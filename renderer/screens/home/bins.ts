import type { Token } from '../../../shared/contract/token.ts';
import { dayMs, wholeDays } from '../../state/standing.ts';

export interface Bins {
  /** Tokens by age in twelfths of a year, the youngest first; the last holds all older ones. */
  readonly ages: readonly number[];
  /** By time left, the soonest first; what is due later than a year is in none. */
  readonly dues: readonly number[];
  readonly medianDays: number;
  readonly endless: number;
}

const bins = 12;
const binMs = (365 * dayMs) / bins;

export function binTokens(tokens: readonly Token[], nowMs: number): Bins {
  const ages = new Array<number>(bins).fill(0);
  const dues = new Array<number>(bins).fill(0);
  const days: number[] = [];
  let endless = 0;
  for (const token of tokens) {
    const ageMs = Math.max(0, nowMs - Date.parse(token.createdAt ?? token.firstSeenAt));
    days.push(wholeDays(ageMs));
    add(ages, Math.min(bins - 1, Math.floor(ageMs / binMs)));
    if (token.dueAt === undefined) endless += 1;
    else add(dues, Math.floor((Date.parse(token.dueAt) - nowMs) / binMs));
  }
  const sorted = days.toSorted((left, right) => left - right);
  return { ages, dues, medianDays: sorted[Math.floor(sorted.length / 2)] ?? 0, endless };
}

function add(counts: number[], index: number): void {
  if (index >= 0 && index < counts.length) counts[index] = (counts[index] ?? 0) + 1;
}

import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { dueGroupOf, isPast, standingOf } from './standing.ts';
import { waitsForPerson } from './waits.ts';

export interface Counts {
  readonly tokens: number;
  /** Leaked, expired, over policy or due today. */
  readonly need: number;
  readonly leaked: number;
  readonly expired: number;
  readonly over: number;
  readonly due: number;
  readonly sealed: number;
  readonly kept: number;
  readonly past: number;
  /** Rotations that wait for a person. */
  readonly waiting: number;
}

export function countsOf(tokens: readonly Token[], rotations: readonly Rotation[], nowMs: number): Counts {
  const counts = { tokens: 0, need: 0, leaked: 0, expired: 0, over: 0, due: 0, sealed: 0, kept: 0, past: 0 };
  for (const token of tokens) {
    if (isPast(token)) {
      counts.past += 1;
      continue;
    }
    counts.tokens += 1;
    const standing = standingOf(token, nowMs);
    const { is } = standing;
    if (dueGroupOf(standing) === 'now') counts.need += 1;
    if (is === 'leaked' || is === 'expired' || is === 'over' || is === 'due') counts[is] += 1;
    if (token.hasValue === 'sealed') counts.sealed += 1;
    if (token.hasValue === 'kept') counts.kept += 1;
  }
  return { ...counts, waiting: rotations.filter(waitsForPerson).length };
}

/** Leaked, expired, over policy or due today. */
export function needsToday(token: Token, nowMs: number): boolean {
  return dueGroupOf(standingOf(token, nowMs)) === 'now';
}

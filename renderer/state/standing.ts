import type { Token } from '../../shared/contract/token.ts';

export const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** From here on a token asks for attention: the first warning of product's four (30, 15, 7, 1). */
export const soonMs = 30 * dayMs;

/**
 * How a token stands today, the worst first. `days` are whole ones: 9 means at least nine more days. `hours` are there in
 * the last day only: "0 days" tells nothing, and what ends within a day may end tomorrow.
 */
export type Standing =
  | { readonly is: 'leaked' }
  | { readonly is: 'expired'; readonly days: number; readonly hours?: number }
  | { readonly is: 'over'; readonly days: number }
  | { readonly is: 'due'; readonly days: number; readonly hours?: number }
  | { readonly is: 'on-course'; readonly days: number }
  | { readonly is: 'endless' }
  | { readonly is: 'unknown' }
  | { readonly is: 'gone' }
  | { readonly is: 'revoked' };

export function standingOf(token: Token, nowMs: number): Standing {
  if (token.state === 'gone' || token.state === 'revoked' || token.state === 'leaked') return { is: token.state };
  const dueMs = token.dueAt === undefined ? undefined : Date.parse(token.dueAt);
  const expiresMs = token.expiresAt === undefined ? undefined : Date.parse(token.expiresAt);
  if (token.state === 'expired' || (expiresMs !== undefined && expiresMs <= nowMs)) {
    return { is: 'expired', ...apart(nowMs - (expiresMs ?? nowMs)) };
  }
  if (dueMs !== undefined) {
    if (dueMs <= nowMs) return { is: 'over', days: wholeDays(nowMs - dueMs) };
    const leftMs = dueMs - nowMs;
    return leftMs <= soonMs ? { is: 'due', ...apart(leftMs) } : { is: 'on-course', days: wholeDays(leftMs) };
  }
  return token.state === 'unknown' ? { is: 'unknown' } : { is: 'endless' };
}

export type Tone = 'quiet' | 'warn' | 'danger' | 'past';

export function toneOf(standing: Standing): Tone {
  switch (standing.is) {
    case 'leaked':
    case 'expired':
      return 'danger';
    case 'over':
    case 'due':
      return 'warn';
    case 'gone':
    case 'revoked':
      return 'past';
    default:
      return 'quiet';
  }
}

/** The groups of the default grouping, in the order in which they ask for a person. */
export const dueGroups = ['now', 'soon', 'course', 'past'] as const;
export type DueGroup = (typeof dueGroups)[number];

export function dueGroupOf(standing: Standing): DueGroup {
  switch (standing.is) {
    case 'leaked':
    case 'expired':
    case 'over':
      return 'now';
    case 'due':
      return standing.days === 0 ? 'now' : 'soon';
    case 'gone':
    case 'revoked':
      return 'past';
    default:
      return 'course';
  }
}

export function isPast(token: Token): boolean {
  return token.state === 'gone' || token.state === 'revoked';
}

function apart(durationMs: number): { readonly days: number; readonly hours?: number } {
  const days = wholeDays(durationMs);
  return days > 0 ? { days } : { days, hours: Math.floor(durationMs / hourMs) };
}

/** Never less than none: CircleCI's clock may be ahead of this one's, and what it has just made is not to come. */
export function wholeDays(durationMs: number): number {
  return Math.max(0, Math.floor(durationMs / dayMs));
}

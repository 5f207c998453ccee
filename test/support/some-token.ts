import type { Token } from '../../shared/contract/token.ts';
import { someMorning } from './fake-clock.ts';

export const dayMs = 86_400_000;

/** An instant so many days after `someMorning`; negative: before it. */
export function inDays(days: number): string {
  return new Date(someMorning + days * dayMs).toISOString();
}

let made = 0;

/** A token as the window sees it: an endless project token, made 100 days ago, unless said otherwise. */
export function someToken(parts: Partial<Token> = {}): Token {
  made += 1;
  return {
    id: made.toString(16).padStart(32, '0'),
    account: 'a'.repeat(32),
    kind: 'project',
    project: 'gh/acme/web',
    scope: 'read-only',
    label: `token ${made}`,
    createdAt: inDays(-100),
    firstSeenAt: inDays(-100),
    lastSeenAt: inDays(0),
    state: 'active',
    hasValue: 'none',
    tags: [],
    ...parts,
  };
}

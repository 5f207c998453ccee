import { describe, expect, test } from 'vitest';
import { dayMs, dueGroupOf, standingOf, toneOf, wholeDays } from '../../../../renderer/state/standing.ts';
import { someMorning } from '../../../support/fake-clock.ts';
import { inDays, someToken } from '../../../support/some-token.ts';

const standing = (parts: Parameters<typeof someToken>[0]) => standingOf(someToken(parts), someMorning);

describe('how a token stands', () => {
  test('a date within 30 days is due, one day later it is on course', () => {
    expect(standing({ expiresAt: inDays(30), dueAt: inDays(30) })).toEqual({ is: 'due', days: 30 });
    expect(standing({ expiresAt: inDays(31), dueAt: inDays(31) })).toEqual({ is: 'on-course', days: 31 });
  });

  test('an expiry that has passed is expired, a policy that has passed is over', () => {
    expect(standing({ expiresAt: inDays(-3), dueAt: inDays(-3) })).toEqual({ is: 'expired', days: 3 });
    expect(standing({ dueAt: inDays(-23) })).toEqual({ is: 'over', days: 23 });
  });

  test('expiring at this very moment is expired', () => {
    expect(standing({ expiresAt: inDays(0), dueAt: inDays(0) })).toEqual({ is: 'expired', days: 0, hours: 0 });
  });

  test('in its last day it has hours, and in the first after it', () => {
    expect(standing({ dueAt: inDays(0.9) })).toEqual({ is: 'due', days: 0, hours: 21 });
    expect(standing({ expiresAt: inDays(-0.1), dueAt: inDays(-0.1) })).toEqual({ is: 'expired', days: 0, hours: 2 });
  });

  test('gone, deleted and leaked come before every date', () => {
    for (const state of ['gone', 'revoked', 'leaked'] as const) {
      expect(standing({ state, expiresAt: inDays(-3), dueAt: inDays(-3) })).toEqual({ is: state });
    }
  });

  test('without a date it never ends', () => {
    expect(standing({})).toEqual({ is: 'endless' });
  });

  test('what is due today needs somebody now, tomorrow it is soon', () => {
    expect(dueGroupOf({ is: 'due', days: 0 })).toBe('now');
    expect(dueGroupOf({ is: 'due', days: 1 })).toBe('soon');
  });

  test('a healthy token has no colour', () => {
    expect(toneOf({ is: 'on-course', days: 200 })).toBe('quiet');
    expect(toneOf({ is: 'endless' })).toBe('quiet');
  });
});

test('what has just been made by a clock that is ahead is none old, and not less', () => {
  expect([-1, 0, dayMs - 1, dayMs].map(wholeDays)).toEqual([0, 0, 0, 1]);
});

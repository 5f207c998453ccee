import { expect, test } from 'vitest';
import { figure } from '../../../../renderer/text/count.ts';
import { ago, countdown, duration } from '../../../../renderer/text/dates.ts';
import { someMorning } from '../../../support/fake-clock.ts';

test('durations in the unit that fits', () => {
  expect([12, 300, 31_700, 125_000, 11_400_000, 400_000_000].map(duration)).toEqual([
    '12 ms',
    '0.3 s',
    '31.7 s',
    '2:05',
    '3 h 10 m',
    '4 d',
  ]);
});

test('a countdown never shows more than is left, and ends at nought', () => {
  expect([30_000, 22_001, 999, 0, -5].map(countdown)).toEqual(['0:30', '0:23', '0:01', '0:00', '0:00']);
});

test('how long ago', () => {
  const before = (ms: number) => ago(new Date(someMorning - ms).toISOString(), someMorning);
  expect([0, 61_000, 3_600_000, 90_000_000].map(before)).toEqual(['now', '1 m', '1 h', '1 d']);
});

test('thousands stand apart', () => {
  expect([7, 1_480, 10_000].map(figure)).toEqual(['7', '1\u202f480', '10\u202f000']);
});

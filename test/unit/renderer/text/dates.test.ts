import { expect, test } from 'vitest';
import { figure } from '../../../../renderer/text/count.ts';
import { ago, countdown, dayOf, daysInWords, duration, longDay } from '../../../../renderer/text/dates.ts';
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

test.each(['2 Dec 2026', 'Wed 2 Dec 2026', '02 december 2026', 'wednesday,  2 DEC 2026', '2026-12-02', ' 2 Dec 2026 '])(
  '%j is a day as somebody writes it',
  (written) => {
    const day = dayOf(written);
    expect(day).toEqual(new Date(2026, 11, 2));
    expect(longDay(day?.toISOString() ?? '')).toBe('Wed 2 Dec 2026');
  },
);

test.each([
  '',
  '31 Feb 2026',
  'not 2 Dec 2026',
  '0 Dec 2026',
  '2 De 2026',
  '2 Decent 2026',
  '2 Dec',
  '2.12.2026',
  '2026-02-31',
  '12-02-2026',
])('%j is none', (written) => {
  expect(dayOf(written)).toBeUndefined();
});

test('the days in a sentence are in words, and nothing else is', () => {
  expect(daysInWords('Last used on 2024-12-23. Expires 2027-01-01, ok')).toBe(
    'Last used on Mon 23 Dec 2024. Expires Fri 1 Jan 2027, ok',
  );
  for (const same of [
    'no day 2026-13-01',
    'at 2026-12-02T10:00:00.000Z',
    'id 12026-12-021',
    'in 2026-12',
    'deploy-2026-12-02',
    '2026-12-02-deploy',
    '"2026-12-02"',
  ])
    expect(daysInWords(same)).toBe(same);
});

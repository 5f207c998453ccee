import { expect, test } from 'vitest';
import { filterOf, isDay, unconcerned } from '../../../../renderer/screens/job/concern.ts';

test.each(['', ' ', '2026-11-01', ' 2028-02-29 '])('%j is a day, or none yet', (text) => {
  expect(isDay(text)).toBe(true);
});

test.each(['2026-02-31', '2027-02-29', '2026-13-01', '2026-00-10', '2026-11-00', '0050-01-01', '1.11.2026', '2026-11'])(
  '%j is not one, and finds nothing wider',
  (before) => {
    expect(isDay(before)).toBe(false);
    expect(filterOf({ ...unconcerned, before })).toBeUndefined();
  },
);

test('a day begins when it does for the person', () => {
  const { createdBefore = '' } = filterOf({ ...unconcerned, before: '2026-11-01' }) ?? {};
  expect(new Date(createdBefore)).toEqual(new Date(2026, 10, 1));
});

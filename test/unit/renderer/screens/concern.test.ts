import { expect, onTestFinished, test, vi } from 'vitest';
import { filterOf, isDay, unconcerned } from '../../../../renderer/screens/job/concern.ts';

test.each(['', ' ', '1 Nov 2026', ' 29 Feb 2028 ', '2026-11-01', ' 2028-02-29 '])(
  '%j is a day, or none yet',
  (text) => {
    expect(isDay(text)).toBe(true);
  },
);

test.each(['2026-02-31', '2027-02-29', '2026-13-01', '2026-00-10', '2026-11-00', '0050-01-01', '1.11.2026', '2026-11'])(
  '%j is not one, and finds nothing wider',
  (before) => {
    expect(isDay(before)).toBe(false);
    expect(filterOf({ ...unconcerned, before })).toBeUndefined();
  },
);

test.each([
  ['Pacific/Auckland', '2026-10-31T11:00:00.000Z'],
  ['America/New_York', '2026-11-01T04:00:00.000Z'],
])('a day begins when it does for the person: in %s', (zone, begins) => {
  vi.stubEnv('TZ', zone);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(filterOf({ ...unconcerned, before: '1 Nov 2026' })).toEqual({ createdBefore: begins });
  expect(filterOf({ ...unconcerned, before: '2026-11-01' })).toEqual({ createdBefore: begins });
});

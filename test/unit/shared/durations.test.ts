import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duration, formatDuration } from '../../../shared/durations.ts';

test.each([
  ['30m', 1_800_000],
  ['2h', 7_200_000],
  ['90d', 7_776_000_000],
  ['2w', 1_209_600_000],
])('%s is %d ms', (text, durationMs) => expect(duration.parse(text)).toBe(durationMs));

test.each(['', '90', 'd', '0d', '-1d', '1.5h', '90 d', '90D', '1y', '9999999d'])('%j is no duration', (text) =>
  expect(duration.safeParse(text).success).toBe(false),
);

test('what is formatted parses back to the same length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600_000 }), (minutes) => {
      expect(duration.parse(formatDuration(minutes * 60_000))).toBe(minutes * 60_000);
    }),
  );
});

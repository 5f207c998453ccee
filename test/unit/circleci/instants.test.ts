import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf } from '../../../main/circleci/instants.ts';

describe('dates of the wire', () => {
  test.each([
    ['2026-04-05T06:07:08.009Z', '2026-04-05T06:07:08.009Z'],
    ['2026-04-05T06:07:08Z', '2026-04-05T06:07:08.000Z'],
    ['2026-04-05T08:07:08+02:00', '2026-04-05T06:07:08.000Z'],
    ['2026-04-05T06:07:08', '2026-04-05T06:07:08.000Z'],
    ['2026-04-05 06:07:08', '2026-04-05T06:07:08.000Z'],
    ['2026-04-05', '2026-04-05T00:00:00.000Z'],
    [1_775_369_228, '2026-04-05T06:07:08.000Z'],
    [1_775_369_228_000, '2026-04-05T06:07:08.000Z'],
  ])('%j is %s', (value, instant) => {
    expect(instantOf(value)).toBe(instant);
  });

  test.each([
    ['never'],
    ['2026-13-45'],
    [''],
    ['5'],
    [Number.NaN],
    [1e300],
    ['+012026-01-01T00:00:00Z'],
    [true],
    [undefined],
    [{}],
  ])('%j is no date', (value) => {
    expect(instantOf(value)).toBeUndefined();
  });

  test('whatever comes, the answer is absent or an instant that stays itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.date().map(String), fc.anything()), (value) => {
        const instant = instantOf(value);
        if (instant !== undefined) expect(instantOf(instant)).toBe(instant);
      }),
    );
  });
});

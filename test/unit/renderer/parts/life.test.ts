import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lifeOf, monthTicks, percent, quarters, yearMeasure } from '../../../../renderer/parts/life.ts';
import { someMorning } from '../../../support/fake-clock.ts';
import { dayMs, inDays, someToken } from '../../../support/some-token.ts';

const measure = yearMeasure(someMorning);
const life = (parts: Parameters<typeof someToken>[0]) => lifeOf(someToken(parts), someMorning, measure);

describe('a life line', () => {
  test('today is in the middle', () => {
    expect(percent(someMorning, measure)).toBe(50);
  });

  test('an expiry is a hard end, a policy alone is a soft one', () => {
    expect(life({ expiresAt: inDays(73), dueAt: inDays(73) }).end).toEqual({ kind: 'hard', x: 60, beyond: false });
    expect(life({ dueAt: inDays(73) }).end).toEqual({ kind: 'soft', x: 60, beyond: false });
    expect(life({}).end).toEqual({ kind: 'endless' });
  });

  test('what was born before the ruler begins says so', () => {
    expect(life({ createdAt: inDays(-400) }).born).toEqual({ x: 0, before: true });
    expect(life({ createdAt: inDays(-365) }).born).toEqual({ x: 0, before: false });
  });

  test('over its policy it goes on living, expired it does not', () => {
    expect(life({ dueAt: inDays(-36.5) })).toMatchObject({ livedTo: 45, over: { from: 45, to: 50 } });
    const expired = life({ expiresAt: inDays(-36.5), dueAt: inDays(-36.5) });
    expect(expired.livedTo).toBe(45);
    expect(expired.over).toBeUndefined();
  });

  test('a gone one ends where it was last seen', () => {
    expect(life({ state: 'gone', lastSeenAt: inDays(-73) }).end).toEqual({ kind: 'gone', x: 40 });
  });

  test('nothing is ever drawn outside of its column', () => {
    const days = fc.integer({ min: -2_000, max: 2_000 });
    fc.assert(
      fc.property(days, days, (born, due) => {
        const { born: start, livedTo, end, over } = life({ createdAt: inDays(born), dueAt: inDays(due) });
        const drawn = [start.x, livedTo, over?.from ?? 0, over?.to ?? 0, end.kind === 'endless' ? 0 : end.x];
        for (const x of drawn) expect(x >= 0 && x <= 100).toBe(true);
      }),
    );
  });
});

test('two years have 24 months, in order', () => {
  const ticks = monthTicks(
    measure,
    (date) => String(date.getMonth()),
    () => true,
  );
  expect(ticks).toHaveLength(24);
  expect(ticks.map(({ x }) => x)).toEqual(ticks.map(({ x }) => x).toSorted((left, right) => left - right));
  expect(monthTicks({ fromMs: someMorning, toMs: someMorning + dayMs }, String, () => true)).toEqual([]);
});

test('of the names of quarters every second is left out where there is little room', () => {
  const ticks = monthTicks(measure, (date) => String(date.getMonth()), quarters).filter(
    ({ label }) => label !== undefined,
  );
  expect(ticks).toHaveLength(8);
  for (const { label, isSpare } of ticks) expect(isSpare ?? false).toBe(label === '3' || label === '9');
});

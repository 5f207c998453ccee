import { expect, test } from 'vitest';
import { countLosses } from '../../../main/electron/losses.ts';
import { fakeClock } from '../../support/fake-clock.ts';

test('three within a minute are borne, a fourth is not; what is older counts no more', () => {
  const clock = fakeClock();
  const losses = countLosses(clock);
  expect([losses.isTooMany(), losses.isTooMany(), losses.isTooMany()]).toEqual([false, false, false]);
  clock.advance(59_999);
  expect(losses.isTooMany()).toBe(true);
  clock.advance(1);
  // Of the five the last two.
  expect([losses.isTooMany(), losses.isTooMany(), losses.isTooMany()]).toEqual([false, false, true]);
});

test('a clock that was turned back makes nobody give up', () => {
  const clock = fakeClock();
  const losses = countLosses(clock);
  for (let times = 0; times < 3; times += 1) losses.isTooMany();
  clock.advance(-3_600_000);
  expect(losses.isTooMany()).toBe(false);
});

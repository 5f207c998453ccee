import { expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import { createForeignWrites } from '../../../main/foreign-writes.ts';
import { steppedClock } from '../../support/stepped-clock.ts';

test('tells what is newer than what was told, until that is told as well', async () => {
  const clock = steppedClock(1_000);
  let sequence: number | undefined;
  let announced = 0;
  const writes = createForeignWrites(clock, {
    sequence() {
      if (sequence === undefined) throw new AppError('locked', 'The vault is locked.');
      return sequence;
    },
    running: () => [],
  });
  const dispose = writes.watch(() => {
    announced += 1;
    writes.told();
  });
  await clock.step();
  sequence = 7;
  await clock.step();
  expect(announced, 'nobody was told anything yet').toBe(0);
  writes.told();
  // Written in the very moment after the reading, before anything looked.
  sequence = 8;
  await clock.step();
  expect(announced, 'another process wrote').toBe(1);
  await clock.step();
  expect(announced, 'nothing new').toBe(1);
  sequence = undefined;
  await clock.step();
  expect(announced, 'locked').toBe(1);
  sequence = 9;
  await clock.step();
  expect(announced, 'written while it was locked here').toBe(2);
  dispose();
  sequence = 10;
  await clock.step();
  expect(announced, 'disposed of').toBe(2);
});

test('tells once that another process is over, and asks only where one was at work', async () => {
  const clock = steppedClock(1_000);
  let running: readonly string[] = [];
  let asked = 0;
  let announced = 0;
  const writes = createForeignWrites(clock, {
    sequence: () => 7,
    running() {
      asked += 1;
      return running;
    },
  });
  using _ = {
    [Symbol.dispose]: writes.watch(() => {
      announced += 1;
      writes.told();
    }),
  };
  writes.told();
  await clock.step();
  expect([asked, announced]).toEqual([1, 0]);
  running = ['a', 'b'];
  writes.told();
  await clock.step();
  expect([asked, announced], 'still at work').toEqual([3, 0]);
  running = ['b'];
  await clock.step();
  expect(announced).toBe(1);
  running = [];
  await clock.step();
  await clock.step();
  expect(announced).toBe(2);
});

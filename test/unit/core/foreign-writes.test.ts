import { expect, test } from 'vitest';
import { AppError } from '../../../main/app-error.ts';
import { createForeignWrites } from '../../../main/foreign-writes.ts';

/** A clock whose next sleep ends when the test says so. */
function steppedClock() {
  let wake = () => {};
  return {
    clock: {
      now: () => 0,
      sleep: (_ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          wake = resolve;
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    },
    async step() {
      wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('tells what is newer than what was told, until that is told as well', async () => {
  const { clock, step } = steppedClock();
  let sequence: number | undefined;
  let announced = 0;
  const writes = createForeignWrites(clock, () => {
    if (sequence === undefined) throw new AppError('locked', 'The vault is locked.');
    return sequence;
  });
  const dispose = writes.watch(() => {
    announced += 1;
    writes.told();
  });
  await step();
  sequence = 7;
  await step();
  expect(announced, 'nobody was told anything yet').toBe(0);
  writes.told();
  // Written in the very moment after the reading, before anything looked.
  sequence = 8;
  await step();
  expect(announced, 'another process wrote').toBe(1);
  await step();
  expect(announced, 'nothing new').toBe(1);
  sequence = undefined;
  await step();
  expect(announced, 'locked').toBe(1);
  sequence = 9;
  await step();
  expect(announced, 'written while it was locked here').toBe(2);
  dispose();
  sequence = 10;
  await step();
  expect(announced, 'disposed of').toBe(2);
});

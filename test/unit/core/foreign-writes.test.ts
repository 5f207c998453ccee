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

test('tells of what another process wrote, once, and not of what this one wrote or of an unlock', async () => {
  const { clock, step } = steppedClock();
  let sequence: number | undefined;
  let told = 0;
  const writes = createForeignWrites(clock, () => {
    if (sequence === undefined) throw new AppError('locked', 'The vault is locked.');
    return sequence;
  });
  const dispose = writes.watch(() => {
    told += 1;
  });
  await step();
  sequence = 7;
  await step();
  expect(told, 'unlocked').toBe(0);
  sequence = 8;
  await step();
  expect(told, 'another process wrote').toBe(1);
  await step();
  expect(told, 'nothing new').toBe(1);
  sequence = 9;
  writes.own();
  await step();
  expect(told, 'this process wrote').toBe(1);
  dispose();
  sequence = 10;
  await step();
  expect(told, 'disposed of').toBe(1);
});

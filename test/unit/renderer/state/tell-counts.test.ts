import { expect, test } from 'vitest';
import { sampleJob, sampleRotation } from '../../../support/contract-samples.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';

test('what is under way is told before as well: a lock cuts it off', async () => {
  const { store, asked, announce } = bridge({ ...openVault, ...read(1, inventoryOf('one')) });
  await store.getState().passwordEntered(new Uint8Array([1]));
  const told = () => asked.findLast(({ channel }) => channel === 'window.count')?.input;
  const counts = { ...sampleJob().counts, done: 0, pending: 7, running: 1 };
  announce({ event: 'rotation.changed', revision: 2, value: sampleRotation({ state: 'running' }) });
  expect(told()).toEqual({ need: 0, due: 0, waiting: 1, underWay: 1 });
  announce({ event: 'job.changed', revision: 3, value: sampleJob({ state: 'running', counts }) });
  expect(told()).toEqual({ need: 0, due: 0, waiting: 8, underWay: 8 });
  // What rests is cut off by no lock.
  announce({ event: 'job.changed', revision: 4, value: sampleJob({ state: 'paused', counts }) });
  announce({ event: 'rotation.changed', revision: 5, value: sampleRotation({ state: 'waiting' }) });
  expect(told()).toEqual({ need: 0, due: 0, waiting: 1, underWay: 0 });
});

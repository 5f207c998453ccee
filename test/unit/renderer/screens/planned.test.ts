import { expect, test } from 'vitest';
import { plannedOf } from '../../../../renderer/screens/rotation/planned.ts';
import { sampleRotation } from '../../../support/contract-samples.ts';
import { someToken } from '../../../support/some-token.ts';

const [one, two, gone] = [someToken(), someToken(), someToken({ state: 'gone' })] as const;
const all = [one, two, gone];
const ids = all.map(({ id }) => id);
const none = new Map();

test('what is gone or being rotated is left out and counted', () => {
  expect(plannedOf(all, none, ids)).toEqual({ tokens: [one, two], skipped: 1, isMany: true });
});

test('one that is left of several is planned as one', () => {
  const rotation = sampleRotation({ token: two.id, state: 'running' });
  const planned = plannedOf(all, new Map([[rotation.id, rotation]]), ids);
  expect(planned).toEqual({ tokens: [one], skipped: 2, isMany: false });
});

test('of several none may be left, and one is one', () => {
  expect(plannedOf([gone], none, ids)).toEqual({ tokens: [], skipped: 1, isMany: true });
  expect(plannedOf(all, none, [one.id])).toEqual({ tokens: [one], skipped: 0, isMany: false });
});

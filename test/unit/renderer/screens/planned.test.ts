import { expect, test } from 'vitest';
import { mayBeRotatedAgain, plannedOf } from '../../../../renderer/screens/rotation/planned.ts';
import type { Rotation } from '../../../../shared/contract/rotation.ts';
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

test.each<[string, Partial<Rotation>, boolean]>([
  ['failed', { state: 'failed' }, true],
  ['given up with nothing made', { state: 'abandoned' }, true],
  ['given up with a new token, whose value waits', { state: 'abandoned', replacement: two.id }, false],
  ['done', { state: 'done', replacement: two.id }, false],
  ['open', { state: 'needs-attention' }, false],
])('may be rotated again: one that is %s', (_, change, expected) => {
  const { replacement: _made, ...bare } = sampleRotation({ token: one.id });
  const rotation: Rotation = { ...bare, ...change };
  expect(mayBeRotatedAgain(rotation, new Map([[rotation.id, rotation]]), one)).toBe(expected);
});

test('what is gone, or in another rotation, is not rotated again', () => {
  const failed = sampleRotation({ token: one.id, state: 'failed' });
  const open = sampleRotation({ token: one.id, state: 'running' });
  expect(mayBeRotatedAgain(failed, new Map([[failed.id, failed]]), gone)).toBe(false);
  expect(mayBeRotatedAgain(failed, new Map([[open.id, open]]), one)).toBe(false);
});

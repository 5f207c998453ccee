import { expect, test } from 'vitest';
import { newestRotationOf } from '../../../../renderer/state/rotation.ts';
import { sampleRotation } from '../../../support/contract-samples.ts';
import { inDays } from '../../../support/some-token.ts';

test('of a token, the newest rotation is shown: an older one may have been given up', () => {
  const [old, replacement, other] = ['a', 'b', 'c'].map((digit) => digit.repeat(32));
  if (old === undefined || replacement === undefined || other === undefined) throw new Error('three are there');
  const givenUp = sampleRotation({ id: '1'.repeat(32), token: old, state: 'abandoned', startedAt: inDays(-3) });
  const done = sampleRotation({ id: '2'.repeat(32), token: old, replacement, startedAt: inDays(-2) });
  const next = sampleRotation({ id: '3'.repeat(32), token: replacement, replacement: other, startedAt: inDays(-1) });
  const all = [givenUp, next, done];
  expect(newestRotationOf(all, old)).toBe(done);
  expect(newestRotationOf(all, replacement)).toBe(next);
  expect(newestRotationOf(all, other)).toBe(next);
  expect(newestRotationOf(all, 'd'.repeat(32))).toBeUndefined();
});

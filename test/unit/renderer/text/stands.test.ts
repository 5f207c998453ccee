import { expect, test } from 'vitest';
import type { BothTokens } from '../../../../renderer/state/both-tokens.ts';
import { overlapSaid, standSaid } from '../../../../renderer/text/stands.ts';
import { sampleRotation, sampleToken } from '../../../support/contract-samples.ts';
import { rotationAt } from '../../../support/rotation-at.ts';

test.each([
  ['there', 'works', 'Both tokens work; nothing is down.'],
  ['there', 'none', 'The old token works; nothing is down.'],
  ['there', 'unproved', 'The old token works; the new one is not proved.'],
  ['there', 'lost', 'The old token works; the new one does not work any more.'],
  ['lost', 'works', 'The old token does not work any more; the new one works.'],
  ['unclear', 'works', 'The old token may be deleted already; the new one works.'],
  ['deleted', 'none', 'The old token is deleted; the new one comes next.'],
] as const)('of an old one that is %s and a new one that is %s', (old, fresh, words) => {
  expect(standSaid({ old, fresh })).toBe(words);
});

test('only where both certainly work nothing is said to be down', () => {
  const olds: BothTokens['old'][] = ['there', 'untouched', 'lost', 'unclear', 'unproved', 'deleted'];
  const news: BothTokens['fresh'][] = ['none', 'unproved', 'works', 'lost'];
  const calm = olds.flatMap((old) =>
    news.flatMap((fresh) => (/nothing is down|[Bb]oth/.test(standSaid({ old, fresh })) ? [`${old} ${fresh}`] : [])),
  );
  expect(calm).toEqual(['there none', 'there works']);
});

test('the picture says that both answer while they do, or did', () => {
  const said = (...of: Parameters<typeof rotationAt>) => overlapSaid(rotationAt(...of), 2_000, {});
  expect(said('retire-old', 'waiting', { state: 'waiting' })).toBe('both answer, 2.0 s so far');
  expect(overlapSaid(sampleRotation(), 2_000, {})).toBe('both answer for 2.0 s');
  expect(said('prove-new', 'running')).toBe('');
  expect(said('prove-new', 'failed', { state: 'needs-attention' })).toBe('');
  expect(said('retire-old', 'running')).toBe('');
  expect(said('prove-old-gone', 'failed', { state: 'needs-attention' })).toBe('');
  expect(said('retire-old', 'waiting', { state: 'abandoned' })).toBe('');
  expect(said('retire-old', 'waiting', { state: 'needs-attention', decision: 'restored' })).toBe('');
});

test('a new token that was lost answers no more; one that ended a rotation did', () => {
  const fresh = sampleToken({ state: 'gone' });
  expect(overlapSaid(rotationAt('retire-old', 'waiting', { state: 'waiting' }), 2_000, { fresh })).toBe('');
  expect(overlapSaid(sampleRotation(), 2_000, { fresh })).toBe('both answer for 2.0 s');
});

import { expect, test } from 'vitest';
import { itemSays } from '../../../../renderer/text/job.ts';
import type { JobItemState } from '../../../../shared/contract/job.ts';
import { sampleToken, tokenId } from '../../../support/contract-samples.ts';
import { rotationAt } from '../../../support/rotation-at.ts';

const item = (state: JobItemState) => ({ token: tokenId, mode: 'overlap' as const, dangers: ['read' as const], state });

test('a token of a paused job is not said to be worked on', () => {
  const rotation = rotationAt('retire-old', 'running');
  expect(itemSays(item('running'), rotation, {})).toMatch(/^Step 5 of 6, deleting the old token\./);
  expect(itemSays(item('paused'), rotation, {})).toBe('Half done; it goes on with the job');
});

test('what became of one is said by its rotation, and by what the inventory knows', () => {
  const waiting = rotationAt('retire-old', 'waiting', { state: 'waiting', retire: 'taken' });
  expect(itemSays(item('waiting'), waiting, {})).toMatch(/^Old and new both work\./);
  expect(itemSays(item('waiting'), waiting, { fresh: sampleToken({ state: 'gone' }) })).toMatch(
    /does not work any more/,
  );
});

test('one that was not begun, or left alone, says so', () => {
  expect(itemSays(item('pending'), undefined, {})).toBe('Not begun yet');
  expect(itemSays(item('left'), undefined, {})).toBe('Nothing was changed');
  const error = { code: 'network' as const, message: 'It was away.' };
  expect(itemSays({ ...item('failed'), error }, undefined, {})).toBe('It was away.');
});

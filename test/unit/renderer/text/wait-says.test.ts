import { expect, test } from 'vitest';
import { rotationText } from '../../../../renderer/text/rotation.ts';
import type { ByHandAct, Rotation } from '../../../../shared/contract/rotation.ts';
import { waitIsOver } from '../../../../shared/wait-over.ts';
import { sampleToken } from '../../../support/contract-samples.ts';
import { rotationAt } from '../../../support/rotation-at.ts';

const guide = (act: ByHandAct) => ({ guide: { act, url: 'https://circleci.com', line: 'Do it.' } });
const taking: Partial<Rotation> = { state: 'waiting', retire: 'taken' };
const timed: Partial<Rotation> = { state: 'waiting', retire: '2h', retireDueAt: '2026-11-26T12:00:00' };

function over(change: Partial<Rotation>): Rotation {
  const rotation = rotationAt('retire-old', 'waiting', { ...taking, ...change });
  return {
    ...rotation,
    steps: rotation.steps.map((step) => (step.state === 'waiting' ? { ...step, detail: waitIsOver } : step)),
  };
}

test.each([
  ['create, overlap', rotationAt('create', 'waiting', { state: 'waiting', ...guide('create') }), /The old one works/],
  [
    'create, cut-over',
    rotationAt('create', 'waiting', { state: 'waiting', mode: 'cut-over', ...guide('create') }),
    /Nothing works until then\.$/,
  ],
  [
    'authorize, overlap',
    rotationAt('prove-new', 'waiting', { state: 'waiting', ...guide('authorize') }),
    /^The old token works\. Authorize .*: the old one goes after that\.$/,
  ],
  [
    'authorize, cut-over',
    rotationAt('prove-new', 'waiting', { state: 'waiting', mode: 'cut-over', ...guide('authorize') }),
    /^The old token is deleted\. Authorize .* keeps it out until then\.$/,
  ],
  [
    'delete, overlap',
    rotationAt('retire-old', 'waiting', { state: 'waiting', ...guide('delete') }),
    /^Old and new both work\. Delete the old one on CircleCI's page, and say so here\.$/,
  ],
  [
    'delete, cut-over',
    rotationAt('retire-old', 'waiting', { state: 'waiting', mode: 'cut-over', ...guide('delete') }),
    /^The old token works\. Delete the old one on CircleCI's page first, and say so here\.$/,
  ],
  [
    'delete, after a lost answer',
    rotationAt('retire-old', 'waiting', { state: 'waiting', deletionLost: true, ...guide('delete') }),
    /^The old token may be deleted already; the new one works\. Look for the old one/,
  ],
  [
    'taking',
    rotationAt('retire-old', 'waiting', taking),
    /^Old and new both work\. .* and the old token is deleted\.$/,
  ],
  [
    'taking, by hand',
    rotationAt('retire-old', 'waiting', { ...taking, byHand: ['retire-old'] }),
    /and delete the old token on CircleCI's page\.$/,
  ],
  ['time', rotationAt('retire-old', 'waiting', timed), /^Old and new both work\. The old one is deleted on Thu 26 Nov/],
  [
    'time, by hand',
    rotationAt('retire-old', 'waiting', { ...timed, byHand: ['retire-old'] }),
    /You delete the old one on CircleCI's page, from Thu 26 Nov 2026/,
  ],
  ['over', over({}), /^Old and new both work\. The old one is deleted within a minute/],
  [
    'overdue, signed out',
    over({ error: { code: 'unauthorized', message: 'No.' } }),
    /the new one is not proved\. Rondo asks for the new one again/,
  ],
])('it waits: %s', (_what, rotation, words) => {
  expect(rotationText.says(rotation)).toMatch(words);
});

test.each([
  ['taking', taking],
  ['time', timed],
] as const)('whose new token the inventory has as gone does not say that both work (%s)', (_what, change) => {
  const said = rotationText.says(rotationAt('retire-old', 'waiting', change), {
    fresh: sampleToken({ state: 'gone' }),
  });
  expect(said).toBe(
    'The old token works; the new one does not work any more. Rondo asks for the new one again before the old one is deleted.',
  );
});

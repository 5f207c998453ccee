import { describe, expect, test } from 'vitest';
import { type Moment, outcomesOf, type Way } from '../support/route-lineage.ts';
import { rotationOutcomes } from '../support/route-outcomes.ts';

const all = () => true;

type Kind = keyof typeof rotationOutcomes;
const kinds: readonly (readonly [Kind, Way, (moment: Moment) => boolean])[] = [
  ['project', { wanted: { label: 'danger' } }, all],
  // The rest is as above.
  ['status', { wanted: { scope: 'status', project: 'gh/tidewater/web' } }, ({ route }) => route === 'badge'],
  [
    'personal',
    { wanted: { label: 'circleci-cli' } },
    ({ step, route }) => route.startsWith('personal.') || step !== 'plan',
  ],
  // The rest is as above.
  ['signIn', { wanted: { label: 'rondo' } }, ({ step, route }) => step !== 'plan' && route !== 'project.read'],
  // Whoever goes on later is asked who it is first; the rest is as above.
  ['resumed', { wanted: { label: 'danger' }, isResumed: true }, ({ route }) => route === 'me'],
];

/** In overlap; the other ways to rotate are in the files beside this one. */
describe.each(kinds)('a rotation of a token of the kind %s', (kind, way, counts) => {
  test('under every fault of every request', { timeout: 900_000 }, async () => {
    expect(await outcomesOf(way, counts)).toEqual(rotationOutcomes[kind]);
  });
});

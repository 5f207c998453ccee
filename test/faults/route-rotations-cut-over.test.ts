import { describe, expect, test } from 'vitest';
import { type Moment, outcomesOf, type Way } from '../support/route-lineage.ts';
import { cutOverOutcomes } from '../support/route-outcomes-cut-over.ts';

const order = { mode: 'cut-over' } as const;

type Kind = keyof typeof cutOverOutcomes;
const kinds: readonly (readonly [Kind, Way, (moment: Moment) => boolean])[] = [
  ['project', { wanted: { label: 'danger' }, order }, () => true],
  // The rest is as in overlap.
  ['personal', { wanted: { label: 'circleci-cli' }, order }, isOfPersonal],
  // The rest is as above.
  ['status', { wanted: { scope: 'status', project: 'gh/tidewater/web' }, order }, ({ route }) => route === 'badge'],
  // Whoever goes on with a deletion that was refused is asked who it is first; the rest is as above.
  ['resumed', { wanted: { label: 'danger' }, order, isResumed: true }, ({ route }) => route === 'me'],
];

function isOfPersonal({ step, route }: Moment): boolean {
  return route.startsWith('personal.') || (route === 'me' && step !== 'plan');
}

describe.each(kinds)('a rotation in cut-over of a token of the kind %s', (kind, way, counts) => {
  test('under every fault of every request', { timeout: 900_000 }, async () => {
    expect(await outcomesOf(way, counts)).toEqual(cutOverOutcomes[kind]);
  });
});

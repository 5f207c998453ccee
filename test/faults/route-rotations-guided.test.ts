import { describe, expect, test } from 'vitest';
import { type Moment, outcomesOf, type Way } from '../support/route-lineage.ts';
import { guidedOutcomes } from '../support/route-outcomes-guided.ts';

const order = { guided: true } as const;

type Kind = keyof typeof guidedOutcomes;
const kinds: readonly (readonly [Kind, Way, (moment: Moment) => boolean])[] = [
  ['project', { wanted: { label: 'danger' }, order }, () => true],
  // The rest is as in overlap.
  ['personal', { wanted: { label: 'circleci-cli' }, order }, isOfPersonal],
  // The rest is as above.
  ['signIn', { wanted: { label: 'rondo' }, order }, ({ step }) => step === 'deliver'],
];

function isOfPersonal({ step, route }: Moment): boolean {
  return route.startsWith('personal.') || (route === 'me' && step !== 'plan');
}

describe.each(kinds)('a guided rotation of a token of the kind %s', (kind, way, counts) => {
  test('under every fault of every request', { timeout: 900_000 }, async () => {
    expect(await outcomesOf(way, counts)).toEqual(guidedOutcomes[kind]);
  });
});

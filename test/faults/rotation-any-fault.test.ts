import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import type { Said, Twist } from '../support/in-between.ts';

/**
 * For any faults at any requests, of the rotation and of resuming it: nothing is lost meanwhile, and once CircleCI behaves
 * it ends with exactly one new token. Nobody else creates tokens here: what then is not certain is tested on its own.
 */
const effects = ['lost before', 'lost after', '500 before', '503 after', '401', '403', '429', 'no JSON'] as const;
type Effect = (typeof effects)[number];

const faults = fc.array(fc.tuple(fc.nat({ max: 24 }), fc.constantFrom(...effects)), { minLength: 1, maxLength: 6 });

function failing(plan: readonly (readonly [number, Effect])[]): Twist {
  const byRequest = new Map(plan);
  let count = 0;
  return async (_asked, ask) => {
    const effect = byRequest.get(count);
    count += 1;
    return effect === undefined ? ask() : answerUnder(effect, ask);
  };
}

async function answerUnder(effect: Effect, ask: () => Promise<Said>): Promise<Said | undefined> {
  if (effect === 'lost after' || effect === '503 after') await ask();
  switch (effect) {
    case 'lost before':
    case 'lost after':
      return undefined;
    case '500 before':
      return { status: 500, body: '' };
    case 'no JSON':
      return { ...(await ask()), body: '<html>' };
    default:
      return { status: Number(effect.slice(0, 3)), body: '{}' };
  }
}

async function expectEnds(connected: ConnectedCore, label: string, twist: Twist): Promise<void> {
  const old = await connected.pick({ label, state: 'active' });
  const before = new Set(connected.alive().keys());
  connected.between.twist = twist;
  const begun = await connected.rotate(old);
  const [faulty = begun] = await connected.resume();
  connected.between.twist = undefined;
  if (faulty.state === 'failed') {
    expect(new Set(connected.alive().keys()), 'failed says that nothing was changed').toEqual(before);
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
  } else {
    const [ended = faulty] = await connected.resume();
    expect(ended.state).toBe('done');
  }
  await expectReplaced(connected, old, before);
  expect(await connected.resume(), 'nothing is open').toEqual([]);
}

test.each(['danger', 'circleci-cli', 'rondo'])(
  'any faults while %s is rotated and resumed',
  { timeout: 900_000 },
  async (label) => {
    await using connected = await connectedCore();
    await fc.assert(
      fc.asyncProperty(faults, (plan) => expectEnds(connected, label, failing(plan))),
      { numRuns: 60 },
    );
  },
);

import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { grouped } from '../support/grouped.ts';
import { failingFrom, type RouteFault, routeFaults } from '../support/route-faults.ts';
import { rotationOutcomes } from '../support/route-outcomes.ts';
import { fakeTimeLimits } from '../support/time-limits.ts';

interface Moment {
  readonly step: string;
  readonly route: string;
}

interface Lineage {
  readonly connected: ConnectedCore;
  readonly moments: Moment[];
  /** Where the host goes away: before this request. */
  refuseAt: number | undefined;
  current: Token;
}

const clock = fakeClock();

async function lineageOf(wanted: Partial<Token>): Promise<Lineage> {
  const moments: Moment[] = [];
  let step = '';
  let lineage: Lineage | undefined;
  const observe = (point: string) => {
    const [, running] = /^journal (\S+) running after$/.exec(point) ?? [];
    const [, route] = /^request (\S+) before$/.exec(point) ?? [];
    if (running !== undefined) step = running;
    if (route === undefined) return;
    if (moments.length === lineage?.refuseAt) lineage.connected.between.refuse();
    moments.push({ step, route });
  };
  const connected = await connectedCore({ clock, observe });
  lineage = { connected, moments, refuseAt: undefined, current: await connected.pick(wanted) };
  return lineage;
}

/** Each rotation replaces the token that the one before it made; the values are kept, so that the old one's is known. */
async function rotateNext({ connected, current, moments }: Lineage): Promise<Rotation> {
  moments.length = 0;
  return connected.rotate(current, { keep: true });
}

async function undisturbed(lineage: Lineage): Promise<readonly Moment[]> {
  const { id } = lineage.current;
  expect((await rotateNext(lineage)).state).toBe('done');
  lineage.current = await lineage.connected.pick({ rotatedFrom: id });
  return [...lineage.moments];
}

/** What reached the sandbox, by its own log. */
async function createsIn({ sandbox }: ConnectedCore, from: number): Promise<{ creates: number; requests: number }> {
  const response = await fetch(new URL('/__sandbox/state', sandbox.url));
  const state: { requests: number; log: { method: string }[] } = JSON.parse(await response.text());
  const log = state.log.slice(state.log.length - (state.requests - from));
  return { creates: log.filter(({ method }) => method === 'POST').length, requests: state.requests };
}

async function failAt(lineage: Lineage, index: number, how: { fault: RouteFault; lasting: boolean }): Promise<string> {
  using timeLimits = fakeTimeLimits();
  const { connected, current: old } = lineage;
  const { between } = connected;
  const before = new Set(connected.alive().keys());
  const { requests } = await createsIn(connected, 0);
  if (how.fault === 'refused') {
    between.closing = true;
    lineage.refuseAt = index;
  } else between.twist = failingFrom(index, how.fault, { clock, timeLimits, lasting: how.lasting });
  const rotation = await rotateNext(lineage);
  between.twist = undefined;
  between.closing = false;
  if (lineage.refuseAt !== undefined) await between.listen();
  lineage.refuseAt = undefined;

  const { creates } = await createsIn(connected, requests);
  const now = connected.alive();
  const fresh = [...now.keys()].filter((id) => !before.has(id)).length;
  const oldWorks = now.has(old.remoteId ?? '');
  expect(fresh, 'never two new tokens').toBeLessThanOrEqual(1);
  const isUnbegun = rotation.state === 'failed' || rotation.guide?.act === 'create';
  expect(isUnbegun, 'said exactly if CircleCI is as before').toBe(oldWorks && fresh === 0);
  expect(oldWorks || fresh === 1, 'one of the two works').toBe(true);

  const ended = rotation.state === 'failed' ? [await rotateNext(lineage)] : await connected.resume();
  expect(ended.map(({ state }) => state)).toEqual(rotation.state === 'done' ? [] : ['done']);
  await expectReplaced(connected, old, before);
  lineage.current = await connected.pick({ rotatedFrom: old.id });

  const failedStep = rotation.steps.find(({ state }) => state === 'failed' || state === 'waiting')?.name;
  const left = `${oldWorks ? 'old' : ''}${oldWorks && fresh === 1 ? ' and ' : ''}${fresh === 1 ? 'new' : ''}`;
  const why = rotation.error === undefined ? '' : ` in ${failedStep}: ${rotation.error.code}`;
  return `${rotation.state}${why}; ${creates} created; ${left}`;
}

/** The first request of its kind in its step, and so on. */
function named({ step, route }: Moment, index: number, moments: readonly Moment[]): string {
  const nth = moments.slice(0, index + 1).filter((one) => one.step === step && one.route === route).length;
  return `${step}: ${route} ${nth}`;
}

/** One moment, every fault. A new vault for each: one that has been through hundreds of rotations is slow. */
async function failEveryWay(wanted: Partial<Token>, index: number, lasting: boolean): Promise<Record<string, string>> {
  const lineage = await lineageOf(wanted);
  await using _connected = lineage.connected;
  await undisturbed(lineage);
  const outcomes: [RouteFault, string][] = [];
  for (const fault of routeFaults) outcomes.push([fault, await failAt(lineage, index, { fault, lasting })]);
  return grouped(outcomes);
}

/** The second rotation of a lineage: from there on the old value is known, and is proved to be refused. */
async function momentsOf(wanted: Partial<Token>): Promise<readonly Moment[]> {
  const lineage = await lineageOf(wanted);
  await using _connected = lineage.connected;
  await undisturbed(lineage);
  const moments = await undisturbed(lineage);
  return moments;
}

type Kind = keyof typeof rotationOutcomes;
const kinds: readonly (readonly [Kind, Partial<Token>, (moment: Moment) => boolean])[] = [
  ['project', { label: 'danger' }, () => true],
  // The rest is as above.
  ['status', { scope: 'status', project: 'gh/tidewater/web' }, ({ route }) => route === 'badge'],
  ['personal', { label: 'circleci-cli' }, ({ step, route }) => route.startsWith('personal.') || step !== 'plan'],
];

/**
 * Every request of a rotation goes wrong in every way, and so does everything that is asked of the same address
 * afterwards; a create and a delete also once only. The moments are those of an undisturbed rotation, as the client and
 * the journal report them: a request that is new has no line in the table, and fails here.
 */
describe.each(kinds)('a rotation of a token of the kind %s', (kind, wanted, counts) => {
  test('under every fault of every request', { timeout: 900_000 }, async () => {
    const moments = await momentsOf(wanted);
    const found: Record<string, Record<string, string>> = {};
    for (const [index, moment] of moments.entries()) {
      if (!counts(moment)) continue;
      const name = named(moment, index, moments);
      found[name] = await failEveryWay(wanted, index, true);
      if (/create$|delete$/.test(moment.route)) found[`${name}, once`] = await failEveryWay(wanted, index, false);
    }
    expect(found).toEqual(rotationOutcomes[kind]);
  });
});

import { expect } from 'vitest';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { SandboxToken } from '../../shared/contract/sandbox.ts';
import type { Token } from '../../shared/contract/token.ts';
import { alike, byHand, bytes } from './by-hand.ts';
import { type ConnectedCore, connectedCore } from './connected-core.ts';
import { expectOk } from './core-pieces.ts';
import { expectReplaced } from './expect-replaced.ts';
import { fakeClock } from './fake-clock.ts';
import { grouped } from './grouped.ts';
import { failingFrom, type RouteFault, routeFaults } from './route-faults.ts';
import { fakeTimeLimits } from './time-limits.ts';

/** A request of a rotation, and the step that sends it; `create told`: to look after what a person said. */
export interface Moment {
  readonly step: string;
  readonly route: string;
}

/** Which token is rotated, and how. */
export interface Way {
  readonly wanted: Partial<Token>;
  readonly order?: { readonly mode?: 'cut-over'; readonly guided?: true };
  /** It rests before the old one goes, and what is tried are the requests of whoever goes on with it. */
  readonly isResumed?: true;
}

interface Lineage {
  readonly connected: ConnectedCore;
  readonly way: Way;
  readonly moments: Moment[];
  step: string;
  /** Where the host goes away: before this request. */
  refuseAt: number | undefined;
  current: Token;
  /** In its place, made by a person. */
  made: SandboxToken | undefined;
}

/** How far a rotation came. `refusal`: what a person said by hand was not taken, and it waits as before. */
interface Reached {
  readonly rotation: Rotation;
  readonly refusal?: string;
}

const clock = fakeClock();

async function lineageOf(way: Way): Promise<Lineage> {
  const moments: Moment[] = [];
  let lineage: Lineage | undefined;
  const observe = (point: string) => {
    const [, running] = /^journal (\S+) running after$/.exec(point) ?? [];
    const [, route] = /^request (\S+) before$/.exec(point) ?? [];
    if (lineage === undefined) return;
    if (running !== undefined) lineage.step = running;
    if (route === undefined) return;
    if (moments.length === lineage.refuseAt) lineage.connected.between.refuse();
    moments.push({ step: lineage.step, route });
  };
  const connected = await connectedCore({ clock, observe });
  const current = await connected.pick(way.wanted);
  lineage = { connected, way, moments, step: '', refuseAt: undefined, current, made: undefined };
  return lineage;
}

/** Each rotation replaces the token that the one before it made; the values are kept, so that the old one's is known. */
async function rotateNext(lineage: Lineage): Promise<Reached> {
  lineage.moments.length = 0;
  const { connected, current, way } = lineage;
  const [resting] = way.isResumed ? await connected.resume() : [];
  if (resting !== undefined) return { rotation: resting };
  const rotation = await connected.rotate(current, { keep: true, ...way.order });
  return way.order?.guided ? actByHand(lineage, rotation) : { rotation };
}

/** Begins the next one and has it rest: until its new value is taken, or as CircleCI keeps Rondo from deleting the old one. */
async function restNext({ connected, current, way }: Lineage): Promise<void> {
  if (!way.isResumed) return;
  const isFirst = way.order?.mode === 'cut-over';
  if (isFirst) await connected.faults({ add: ['error=403@DELETE /'] });
  const order = isFirst ? way.order : { retire: 'taken' as const };
  const { state, replacement = '' } = await connected.rotate(current, { keep: true, ...order });
  expect(state).toBe('waiting');
  await connected.faults({ clear: true });
  if (!isFirst) expectOk(await connected.client('token.taken', { id: replacement }));
}

/** Does what a rotation waits for, and tells it, for as long as it goes on. */
async function actByHand(lineage: Lineage, begun: Rotation): Promise<Reached> {
  const { connected, current } = lineage;
  const person = byHand(connected.sandbox);
  let rotation = begun;
  const told = new Set<string>();
  while (rotation.state === 'waiting' && rotation.guide && !told.has(rotation.guide.act)) {
    const { act } = rotation.guide;
    told.add(act);
    lineage.step = `${act} told`;
    if (act === 'create') lineage.made ??= await alike(connected.sandbox, current);
    else if (connected.alive().has(current.remoteId ?? '')) await person.remove(current.remoteId ?? '');
    const said = act === 'create' ? { value: bytes(lineage.made?.value ?? '') } : ({ confirm: 'deleted' } as const);
    const answer = await connected.client('rotation.resume', { ids: [rotation.id], ...said });
    if (!answer.ok) return { rotation, refusal: answer.error.code };
    rotation = answer.value.rotations[0] ?? rotation;
  }
  return { rotation };
}

/** CircleCI behaves again. What waits for a person all the same is done by hand. */
async function expectEnds(lineage: Lineage, { rotation }: Reached): Promise<void> {
  if (rotation.state === 'done') return expect(await lineage.connected.resume()).toEqual([]);
  const ended = rotation.state === 'failed' ? await rotateNext(lineage) : await resumeNext(lineage);
  expect(ended).toMatchObject({ rotation: { state: 'done' } });
  expect(ended).not.toHaveProperty('refusal');
}

async function resumeNext(lineage: Lineage): Promise<Reached | undefined> {
  const [resumed] = await lineage.connected.resume();
  return resumed === undefined ? undefined : actByHand(lineage, resumed);
}

async function replaced(lineage: Lineage): Promise<void> {
  lineage.current = await lineage.connected.pick({ rotatedFrom: lineage.current.id });
  lineage.made = undefined;
}

async function undisturbed(lineage: Lineage): Promise<readonly Moment[]> {
  await restNext(lineage);
  expect((await rotateNext(lineage)).rotation.state).toBe('done');
  await replaced(lineage);
  return [...lineage.moments];
}

/** What reached the sandbox, by its own log. */
async function changesIn({ sandbox }: ConnectedCore, from: number) {
  const response = await fetch(new URL('/__sandbox/state', sandbox.url));
  const state: { requests: number; log: { method: string }[] } = JSON.parse(await response.text());
  const log = state.log.slice(state.log.length - (state.requests - from));
  const count = (method: string) => log.filter((one) => one.method === method).length;
  return { creates: count('POST'), deletes: count('DELETE'), requests: state.requests };
}

async function failAt(lineage: Lineage, index: number, how: { fault: RouteFault; lasting: boolean }): Promise<string> {
  using timeLimits = fakeTimeLimits();
  const { connected, current: old, way } = lineage;
  const { between } = connected;
  const before = new Set(connected.alive().keys());
  const oldValue = connected.alive().get(old.remoteId ?? '')?.value;
  await restNext(lineage);
  const { requests } = await changesIn(connected, 0);
  if (how.fault === 'refused') {
    between.closing = true;
    lineage.refuseAt = index;
  } else between.twist = failingFrom(index, how.fault, { clock, timeLimits, lasting: how.lasting });
  const reached = await rotateNext(lineage);
  between.twist = undefined;
  between.closing = false;
  if (lineage.refuseAt !== undefined) await between.listen();
  lineage.refuseAt = undefined;

  const { creates, deletes } = await changesIn(connected, requests);
  const now = connected.alive();
  const fresh = [...now.keys()].filter((id) => !before.has(id)).length;
  const oldWorks = now.has(old.remoteId ?? '');
  expectSound(reached.rotation, { oldWorks, fresh, way });
  if (way.order?.guided) expect(creates + deletes, 'Rondo changed nothing itself').toBe(0);
  if (way.wanted.label === 'rondo') await expectSignedIn(connected, reached.rotation, oldValue);
  await expectEnds(lineage, reached);
  // Where a list was kept back, the new token gets its id from the next one.
  if (lineage.made !== undefined) expectOk(await connected.client('sync.run', {}));
  await expectReplaced(connected, old, before);
  await replaced(lineage);

  const left = [oldWorks ? 'old' : '', fresh === 1 ? 'new' : ''].filter((word) => word !== '').join(' and ');
  const sent = way.order?.guided ? '' : `; ${creates} created`;
  return `${spoken(reached)}${sent}; ${left === '' ? 'neither' : left}`;
}

/** What holds however a rotation stands, by what CircleCI itself has. */
function expectSound(
  rotation: Rotation,
  { oldWorks, fresh, way }: { oldWorks: boolean; fresh: number; way: Way },
): void {
  expect(fresh, 'never two new tokens').toBeLessThanOrEqual(1);
  const isAsBefore = oldWorks && fresh === 0;
  if (rotation.state === 'failed') expect(isAsBefore, 'it failed, so CircleCI is as before').toBe(true);
  if (way.order?.mode === 'cut-over') {
    expect(oldWorks && fresh === 1, 'the old one goes first').toBe(false);
    return;
  }
  expect(oldWorks || fresh === 1, 'one of the two works').toBe(true);
  const isProved = rotation.steps.some(({ name, state }) => name === 'prove-new' && state === 'done');
  expect(oldWorks || isProved, 'the old one goes once the new one is proved').toBe(true);
  if (way.order?.guided) return;
  const isUnbegun = rotation.state === 'failed' || rotation.guide?.act === 'create';
  expect(isUnbegun, 'said exactly if CircleCI is as before').toBe(isAsBefore);
}

/**
 * Whatever went wrong with its own token, Rondo signs in with one that works: the new one from when that is proved, and
 * until then the old one.
 */
async function expectSignedIn(
  { client, between }: ConnectedCore,
  { steps }: Rotation,
  oldValue: string | undefined,
): Promise<void> {
  expectOk(await client('sync.run', {}));
  const { accounts } = expectOk(await client('account.list', {}));
  expect(accounts).toMatchObject([{ lastAttempt: { outcome: 'ok' } }]);
  const isDelivered = steps.some(({ name, state }) => name === 'deliver' && state === 'done');
  expect(between.asked.at(-1)?.value === oldValue, 'signs in with the old one').toBe(!isDelivered);
}

function spoken({ rotation, refusal }: Reached): string {
  if (refusal !== undefined) return `${rotation.guide?.act} was told: ${refusal}`;
  const failedStep = rotation.steps.find(({ state }) => state === 'failed' || state === 'waiting')?.name;
  return `${rotation.state}${rotation.error === undefined ? '' : ` in ${failedStep}: ${rotation.error.code}`}`;
}

/** The first request of its kind in its step, and so on. */
function named({ step, route }: Moment, index: number, moments: readonly Moment[]): string {
  const nth = moments.slice(0, index + 1).filter((one) => one.step === step && one.route === route).length;
  return `${step}: ${route} ${nth}`;
}

/** One moment, every fault. A new vault for each: one that has been through hundreds of rotations is slow. */
async function failEveryWay(way: Way, index: number, lasting: boolean): Promise<Record<string, string>> {
  const lineage = await lineageOf(way);
  await using _connected = lineage.connected;
  await undisturbed(lineage);
  const outcomes: [RouteFault, string][] = [];
  for (const fault of routeFaults) outcomes.push([fault, await failAt(lineage, index, { fault, lasting })]);
  return grouped(outcomes);
}

/** The second rotation of a lineage: from there on the old value is known, and is proved to be refused. */
async function momentsOf(way: Way): Promise<readonly Moment[]> {
  const lineage = await lineageOf(way);
  await using _connected = lineage.connected;
  await undisturbed(lineage);
  const moments = await undisturbed(lineage);
  return moments;
}

/**
 * Every request of a rotation goes wrong in every way, and so does everything that is asked of the same address
 * afterwards; a create and a delete also once only. The moments are those of an undisturbed rotation, as the client and
 * the journal report them: a request that is new has no line in the table, and fails there. `counts`: which are tried.
 */
export async function outcomesOf(
  way: Way,
  counts: (moment: Moment) => boolean,
): Promise<Record<string, Record<string, string>>> {
  const moments = await momentsOf(way);
  const found: Record<string, Record<string, string>> = {};
  for (const [index, moment] of moments.entries()) {
    if (!counts(moment)) continue;
    const name = named(moment, index, moments);
    found[name] = await failEveryWay(way, index, true);
    if (/create$|delete$/.test(moment.route)) found[`${name}, once`] = await failEveryWay(way, index, false);
  }
  return found;
}

import { expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { byHand, tell } from '../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { expectNothingLost } from '../support/expect-nothing-lost.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import type { Twist } from '../support/in-between.ts';
import { type RotationAct, runRotation } from '../support/rotation-run.ts';
import { isInUsualRun } from '../support/seeded.ts';

/**
 * As rotation-killed.test.ts, where CircleCI fails as well: a real process goes through what a failure makes of a rotation,
 * and is killed before what it reports (a third of it in a usual run, another third with another seed), and at the end. Then
 * CircleCI is well again, and going on as a person would ends the rotation, with nothing lost and nothing made twice.
 */
interface Cut {
  readonly connected: ConnectedCore;
  readonly old: Token;
  readonly before: ReadonlySet<string>;
  /** Made by a colleague meanwhile. */
  readonly theirs: Set<string>;
}

interface Scene {
  readonly label: string;
  readonly twist: (cut: Cut) => Twist;
  /** What becomes of the rotation where nobody kills it. */
  readonly ends: Rotation['state'];
  /** Somebody must have looked before it goes on, and then a token whose value nobody has stays. */
  readonly mayStay?: true;
}

const list = '/api/v1.1/project/gh/tidewater/web/token';
const refused = { status: 400, body: '{"message":"no"}' };

/** The first create is carried out, and its answer lost. */
function lostCreate({ connected, old, theirs }: Cut, colleague: boolean): Twist {
  let isLost = false;
  return async ({ method }, ask) => {
    if (method !== 'POST' || isLost) return ask();
    isLost = true;
    await ask();
    if (!colleague) return undefined;
    const known = new Set(connected.alive().keys());
    await connected.colleague('POST', list, { label: old.label, scope: 'view-builds' });
    for (const id of connected.alive().keys()) if (!known.has(id)) theirs.add(id);
    return undefined;
  };
}

/** Proved once, the new token is refused from then on: so Rondo's own sign-in goes back to the old one. */
function refusedOnceSwitched({ connected, before }: Cut): Twist {
  let proved = false;
  return ({ path, value }, ask) => {
    const isFresh = [...connected.alive().values()].some((token) => token.value === value && !before.has(token.id));
    if (!isFresh || !path.endsWith('/api/v2/me')) return ask();
    if (proved) return { status: 401, body: '{}' };
    proved = true;
    return ask();
  };
}

function lostDelete(): Twist {
  let isLost = false;
  return async ({ method }, ask) => {
    const said = await ask();
    if (method !== 'DELETE' || isLost) return said;
    isLost = true;
    return undefined;
  };
}

const scenes: [string, Scene][] = [
  ['a create whose answer is lost', { label: 'danger', twist: (cut) => lostCreate(cut, false), ends: 'done' }],
  [
    'a create whose answer is lost, disputed by a colleague’s',
    { label: 'danger', twist: (cut) => lostCreate(cut, true), ends: 'needs-attention', mayStay: true },
  ],
  [
    'a create that is refused',
    { label: 'danger', twist: () => (asked, ask) => (asked.method === 'POST' ? refused : ask()), ends: 'failed' },
  ],
  [
    'a create that only a person can do',
    {
      label: 'danger',
      twist: () => (asked, ask) => (asked.method === 'POST' ? { ...refused, status: 403 } : ask()),
      ends: 'waiting',
    },
  ],
  ['a switch of the sign-in that is undone', { label: 'rondo', twist: refusedOnceSwitched, ends: 'needs-attention' }],
  ['a delete whose answer is lost', { label: 'danger', twist: lostDelete, ends: 'done' }],
  [
    'a delete that is refused',
    {
      label: 'danger',
      twist: () => (asked, ask) => (asked.method === 'DELETE' ? refused : ask()),
      ends: 'needs-attention',
    },
  ],
];

async function open({ client }: ConnectedCore, old: Token): Promise<Rotation | undefined> {
  const { rotations } = expectOk(await client('rotation.list', {}));
  return rotations.find(({ token, state }) => token === old.id && ['waiting', 'needs-attention'].includes(state));
}

/** As a person would: begins it again where it is over, does what it waits for, and names it where it is disputed. */
async function goOn({ connected, old }: Cut): Promise<void> {
  const rotation = await open(connected, old);
  if (rotation === undefined) {
    if (connected.alive().has(old.remoteId ?? '')) await connected.rotate(old);
    return;
  }
  if (rotation.guide?.act === 'create') {
    const wanted = { label: old.label, scope: 'view-builds', project: old.project ?? '' };
    await tell(connected, rotation, { value: (await byHand(connected.sandbox).create(wanted)).value });
  } else {
    expectOk(await connected.client('rotation.resume', { ids: [rotation.id] }));
  }
}

async function expectEnds(cut: Cut, when: string, mayStay = false): Promise<void> {
  const { connected, old, before, theirs } = cut;
  for (let turn = 0; turn < 4; turn += 1) await goOn(cut);
  expect(await open(connected, old), when).toBeUndefined();
  const { remoteId } = await connected.pick({ rotatedFrom: old.id, state: 'active' });
  const others = [...connected.alive().keys()].filter((id) => !before.has(id) && !theirs.has(id) && id !== remoteId);
  expect(others.length, `${when}: nothing else came of it`).toBeLessThanOrEqual(mayStay ? 1 : 0);
  for (const id of theirs) expect(connected.alive().has(id), `${when}: the colleague's is there`).toBe(true);
  await expectReplaced(connected, old, new Set([...before, ...theirs, ...others]));
}

/** Nothing happens between one point's after and the next one's before. */
function isKilledAt(killAt: number, points: readonly string[]): boolean {
  const counts = points[killAt]?.endsWith(' before') === true || killAt === points.length - 1;
  return counts && isInUsualRun(killAt, points.length);
}

test.each(scenes)('%s, killed at any point', { timeout: 900_000 }, async (_name, { label, twist, ends, mayStay }) => {
  // A process's clock is the real one, so the sandbox's must be too.
  await using connected = await connectedCore({ clock: systemClock });
  const { between, vaultDir } = connected;

  async function begun(): Promise<Cut> {
    const old = await connected.pick({ label, state: 'active' });
    return { connected, old, before: new Set(connected.alive().keys()), theirs: new Set() };
  }

  async function run(cut: Cut, act: RotationAct, killAt?: number) {
    between.twist = twist(cut);
    const ended = await runRotation(vaultDir, { ...act, hurried: true }, killAt);
    between.twist = undefined;
    return ended;
  }

  // From the second one on the old value is known, and is proved to be refused.
  await connected.rotate((await begun()).old);
  const first = await begun();
  const { points, states } = await run(first, { start: first.old.id });
  expect(states).toBe(ends);
  expect(points).toMatchSnapshot();
  await expectEnds(first, 'undisturbed', mayStay);
  for (const [killAt, point] of points.entries()) {
    if (!isKilledAt(killAt, points)) continue;
    const cut = await begun();
    const killed = await run(cut, { start: cut.old.id }, killAt);
    expect(killed, `killed at ${point}`).toMatchObject({ signal: 'SIGKILL', states: undefined });
    expect(killed.points.at(-1)).toBe(point);
    await expectNothingLost(connected, cut.old, new Set([...cut.before, ...cut.theirs]));
    await expectEnds(cut, point, mayStay);
  }
});

test.each<[string, Rotation['steps'][number]['name']]>([
  ['waits', 'retire-old'],
  ['is disputed', 'create'],
])('a rotation that %s and is given up, killed at any point', { timeout: 900_000 }, async (what, step) => {
  await using connected = await connectedCore({ clock: systemClock });
  const { between, vaultDir } = connected;
  async function stuck() {
    const old = await connected.pick({ label: 'danger', state: 'active' });
    const cut: Cut = { connected, old, before: new Set(connected.alive().keys()), theirs: new Set() };
    if (what === 'is disputed') between.twist = lostCreate(cut, true);
    const rotation = await connected.rotate(old, { retire: 'taken' });
    between.twist = undefined;
    expect(rotation.steps.find(({ state }) => state !== 'done' && state !== 'skipped')?.name).toBe(step);
    return { cut, id: rotation.id, alive: new Set(connected.alive().keys()) };
  }

  const first = await stuck();
  const { points, states } = await runRotation(vaultDir, { abandon: first.id });
  expect(states).toBe('abandoned');
  expect(points).toEqual(['journal abandoned before', 'journal abandoned after']);
  for (const [killAt, point] of points.entries()) {
    const { cut, id, alive } = await stuck();
    const killed = await runRotation(vaultDir, { abandon: id }, killAt);
    expect(killed).toMatchObject({ signal: 'SIGKILL', states: undefined });
    expect(new Set(connected.alive().keys()), `${point}: nothing was touched`).toEqual(alive);
    expect((await open(connected, cut.old))?.id, point).toBe(point.endsWith('after') ? undefined : id);
    await expectNothingLost(connected, cut.old, alive);
    if (!point.endsWith('after')) expect((await runRotation(vaultDir, { abandon: id })).states).toBe('abandoned');
    // Given up, it is over: another rotation may begin.
    const again = await connected.rotate(cut.old);
    expect(again.state).toBe('done');
  }
});

import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../shared/contract/rotation.ts';
import type { Token } from '../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import type { Asked, Twist } from '../support/in-between.ts';

/**
 * Every request of a rotation is refused in every way, for as long as it is asked. Whatever the refusal: `failed` if and
 * only if CircleCI is as before, the old token is never deleted before the new one answered, and resuming ends it with
 * one new token. What each refusal comes to is in the snapshot, to be read by people.
 */
const statuses = [400, 401, 403, 404, 422, 429, 500];

/** Refuses the request number `index` and all that ask the same with the same token, until it is taken away. */
function refusing(index: number, status: number): Twist {
  let count = -1;
  let refused: Asked | undefined;
  return (asked, ask) => {
    count += 1;
    if (count === index) refused = asked;
    const same = refused?.method === asked.method && refused.path === asked.path && refused.value === asked.value;
    return same ? { status, body: '{"message":"refused by the test"}' } : ask();
  };
}

interface Lineage {
  readonly connected: ConnectedCore;
  current: Token;
}

/** Each rotation replaces the token that the one before it made; the values are kept, so that the old one's is known. */
async function rotateNext(lineage: Lineage): Promise<Rotation> {
  return lineage.connected.rotate(lineage.current, { keep: true });
}

async function requestsOf(lineage: Lineage): Promise<string[]> {
  const { connected, current } = lineage;
  const from = connected.between.asked.length;
  const rotation = await rotateNext(lineage);
  expect(rotation.state).toBe('done');
  lineage.current = await connected.pick({ rotatedFrom: current.id });
  const fresh = connected.alive().get(lineage.current.remoteId ?? '')?.value;
  const whoAsks = (value: string | undefined) =>
    value === undefined
      ? 'nobody'
      : value === connected.sandbox.personalToken
        ? 'Rondo'
        : value === fresh
          ? 'the new token'
          : 'the old token';
  return connected.between.asked
    .slice(from)
    .map(({ method, path, value }) => `${whoAsks(value)} asks ${method} ${path.replace(/[0-9a-f-]{36}$/, 'ID')}`);
}

async function refuseOnce(lineage: Lineage, index: number, status: number): Promise<string> {
  const { connected, current: old } = lineage;
  const before = connected.alive();
  connected.between.twist = refusing(index, status);
  const rotation = await rotateNext(lineage);
  connected.between.twist = undefined;

  const now = connected.alive();
  const unchanged = [...now.keys()].join() === [...before.keys()].join();
  const isUnbegun = rotation.state === 'failed' || rotation.guide?.act === 'create';
  expect(isUnbegun, 'said exactly if nothing was changed').toBe(unchanged);
  const failedStep = rotation.steps.find(({ state }) => state === 'failed')?.name;
  if (failedStep === 'create' || failedStep === 'prove-new') {
    expect(now.has(old.remoteId ?? ''), 'the old token was not touched').toBe(true);
  }
  const ended = rotation.state === 'failed' ? [await rotateNext(lineage)] : await connected.resume();
  expect(ended.map(({ state }) => state)).toEqual(rotation.state === 'done' ? [] : ['done']);
  await expectReplaced(connected, old, new Set(before.keys()));
  lineage.current = await connected.pick({ rotatedFrom: old.id });
  return [rotation.state, failedStep, rotation.error?.code].filter((word) => word !== undefined).join(', ');
}

describe.each<[string, Partial<Token>]>([
  ['a read-only project token', { label: 'danger' }],
  ['a status token', { scope: 'status', project: 'gh/tidewater/web' }],
  ['a personal token', { label: 'circleci-cli' }],
])('%s', (_kind, wanted) => {
  test('is refused at every request in every way', { timeout: 900_000 }, async () => {
    await using connected = await connectedCore();
    const lineage: Lineage = { connected, current: await connected.pick(wanted) };
    await requestsOf(lineage);
    const requests = await requestsOf(lineage);
    const outcomes: string[] = [];
    for (const [index, request] of requests.entries()) {
      for (const status of statuses) {
        outcomes.push(`${request}: ${status} = ${await refuseOnce(lineage, index, status)}`);
      }
    }
    expect(outcomes).toMatchSnapshot();
    expect(expectOk(await connected.client('rotation.list', { state: 'needs-attention' })).rotations).toEqual([]);
  });
});

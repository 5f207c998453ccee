import { describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import type { Twist } from '../../support/in-between.ts';

/** In cut-over the old token goes first: not where its successor is known to be refused, to whom and where that was. */
const cutOver = { mode: 'cut-over' } as const;
const web = 'gh/tidewater/web';
const inWeb = { label: 'grafana-exporter', project: web } as const;

const refusedIn =
  (part: string): Twist =>
  ({ method, path }, ask) =>
    method === 'POST' && path.includes(part) ? { status: 403, body: '{}' } : ask();

const orderOf = ({ id }: { id: string }) => ({ ids: [id], keep: false, dryRun: false, ...cutOver });

async function refusedOnce(
  connected: ConnectedCore,
  part: string,
  wanted: Partial<{ label: string; project: string }>,
) {
  connected.between.twist = refusedIn(part);
  const begun = await connected.rotate(await connected.pick(wanted));
  expect(begun).toMatchObject({ state: 'waiting', error: { code: 'forbidden' }, guide: { act: 'create' } });
  return begun;
}

describe('a cut-over where CircleCI was found to refuse creates', () => {
  test('is refused in that place, and there only, until one in overlap has worked', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const old = await connected.pick({ label: 'danger', project: web });
    const begun = await refusedOnce(connected, '/web/', inWeb);
    expectOk(await client('rotation.abandon', { id: begun.id, confirm: 'ABANDON' }));
    const before = connected.alive();
    expect(expectFailure(await client('rotation.start', orderOf(old)))).toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/a token of gh\/tidewater\/web .* would have no successor. Nothing was deleted/),
    });
    expect(connected.alive()).toEqual(before);
    const elsewhere = await connected.pick({ label: 'fastlane' });
    expect(await connected.rotate(elsewhere, cutOver), 'another project').toMatchObject({ state: 'done' });
    expect(expectFailure(await client('rotation.start', orderOf(old))).code, 'says nothing of this one').toBe(
      'forbidden',
    );
    connected.between.twist = undefined;
    expect(await connected.rotate(await connected.pick({ ...inWeb, state: 'active' }))).toMatchObject({
      state: 'done',
    });
    expect(await connected.rotate(old, cutOver)).toMatchObject({ state: 'done' });
  });

  test.each([401, 403, 404])('is refused after a %i as well', async (status) => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger', project: web });
    connected.between.twist = ({ method }, ask) => (method === 'POST' ? { status, body: '{}' } : ask());
    await connected.rotate(await connected.pick(inWeb));
    expect(expectFailure(await connected.client('rotation.start', orderOf(old))).code).toBe('forbidden');
  });

  test('is refused to that account, and not to another', async () => {
    await using connected = await connectedCore();
    const { client, between, sandbox } = connected;
    const jonas = sandbox.tokens().find(({ label }) => label === 'jonas-laptop')?.value ?? '';
    const value = new TextEncoder().encode(jonas);
    const { account } = expectOk(await client('account.add', { host: between.url, value }));
    expectOk(await client('sync.run', {}));
    await refusedOnce(connected, '/user/token', { label: 'circleci-cli' });
    const own = await connected.pick({ label: 'old-laptop' });
    expect(expectFailure(await client('rotation.start', orderOf(own))).code).toBe('forbidden');
    const theirs = await connected.pick({ label: 'orb-publishing', account: account.id });
    connected.between.twist = undefined;
    expect(await connected.rotate(theirs, cutOver)).toMatchObject({ state: 'done' });
  });

  test('that was cut off before its deletion looks again, and hands the deletion to nobody', async () => {
    const locked: Promise<unknown>[] = [];
    const connected: ConnectedCore = await connectedCore({
      observe: (point) => {
        if (locked.length === 0 && point === 'journal plan running after')
          locked.push(connected.client('vault.lock', {}));
      },
    });
    await using _held = connected;
    const { client } = connected;
    const old = await connected.pick({ label: 'danger', project: web });
    await client('rotation.start', orderOf(old));
    await Promise.all(locked);
    await connected.unlock();
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    await refusedOnce(connected, '/web/', inWeb);
    const resumed = (await connected.resume()).find(({ token }) => token === old.id);
    expect(resumed).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
    expect(resumed, 'no deletion is anybody’s').not.toHaveProperty('guide');
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });
});

test('a creation that is refused after the deletion is handed over, and the next of the order is not begun', async () => {
  await using connected = await connectedCore();
  const { client } = connected;
  connected.between.twist = refusedIn('/token');
  const [first, second] = [await connected.pick({ label: 'danger' }), await connected.pick({ label: 'fastlane' })];
  const ids = [first.id, second.id];
  const { rotations } = expectOk(await client('rotation.start', { ids, keep: false, dryRun: false, ...cutOver }));
  expect(rotations).toMatchObject([
    { token: first.id, state: 'waiting', guide: { act: 'create' }, error: { code: 'forbidden' } },
    { token: second.id, state: 'failed', error: { code: 'needs-attention' } },
  ]);
  expect(rotations[0]?.error?.message).toContain('The old token is deleted and the new one is not made yet');
  expect(connected.alive().has(first.remoteId ?? '')).toBe(false);
  expect(connected.alive().has(second.remoteId ?? '')).toBe(true);
  expect(expectOk(await client('rotation.list', {})).rotations.map(({ token }) => token)).toEqual([first.id]);
});

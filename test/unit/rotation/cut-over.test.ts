import { describe, expect, test } from 'vitest';
import { byHand, tell } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { expectReplaced } from '../../support/expect-replaced.ts';

const cutOver = { mode: 'cut-over' } as const;
const changes = (connected: ConnectedCore) =>
  connected.between.asked.map(({ method }) => method).filter((method) => method !== 'GET');

describe('a rotation in cut-over', () => {
  test('deletes the old token and proves it gone before it makes the new one', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    const rotation = await connected.rotate(old, cutOver);
    expect(rotation).toMatchObject({ state: 'done', mode: 'cut-over', retire: 'now' });
    expect(rotation.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      ...['plan done', 'retire-old done', 'prove-old-gone done', 'create done', 'prove-new done', 'deliver skipped'],
    ]);
    expect(changes(connected)).toEqual(['DELETE', 'POST']);
    expect(rotation.receipt?.proofs.every(({ ok }) => ok)).toBe(true);
    expect(rotation.receipt, 'they never overlapped').not.toHaveProperty('overlapMs');
    await expectReplaced(connected, old, before);
  });

  test('a deletion that CircleCI refuses changed nothing', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = connected.alive();
    await connected.faults({ add: ['error=409@DELETE /api'] });
    expect(await connected.rotate(old, cutOver)).toMatchObject({ state: 'failed' });
    expect(connected.alive()).toEqual(before);
    expect(await connected.pick({ id: old.id })).toMatchObject({ state: 'active' });
  });

  test.each(['error=409@POST /api', 'error=500@POST /api', 'drop-before=POST /api'])(
    'when nothing can be made afterwards (%s) it says what is gone, and resuming ends it',
    async (fault) => {
      await using connected = await connectedCore();
      const old = await connected.pick({ label: 'danger' });
      const before = new Set(connected.alive().keys());
      await connected.faults({ add: [fault] });
      const stopped = await connected.rotate(old, cutOver);
      expect(stopped.state).toBe('needs-attention');
      expect(stopped.error?.message).toMatch(/The old token is deleted and the new one is not made yet/);
      expect(await connected.pick({ id: old.id })).toMatchObject({ state: 'revoked', hasValue: 'none' });
      await connected.faults({ clear: true });
      expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
      await expectReplaced(connected, old, before);
    },
  );

  test.each(['cut-over', 'overlap'] as const)(
    '%s never says that the old token works after such a deletion',
    async (mode) => {
      await using connected = await connectedCore();
      const old = await connected.pick({ label: 'danger' });
      // Every try reaches CircleCI, and no answer comes back.
      connected.between.twist = async ({ method }, ask) => {
        const said = await ask();
        return method === 'DELETE' ? { status: 502, body: '' } : said;
      };
      const { id, state } = await connected.rotate(old, { mode });
      expect(state).toBe('needs-attention');
      expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
      const asked = expectFailure(await connected.client('rotation.abandon', { id }));
      expect(asked.message).toContain('the old token may be deleted already');
      expect(asked.message).not.toContain('still works');
    },
  );

  test('a deletion whose answer is lost is looked after, and never counts as nothing', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    await connected.faults({ add: ['drop-after=DELETE /api'] });
    const stopped = await connected.rotate(old, cutOver);
    expect(['needs-attention', 'done']).toContain(stopped.state);
    await connected.faults({ clear: true });
    await connected.resume();
    await expectReplaced(connected, old, before);
  });

  describe.each([
    ['was carried out', 'drop-after=DELETE /api', false],
    ['was not carried out', 'drop-before=DELETE /api', true],
  ])('a deletion whose answer is lost and that %s', (_what, lost, remains) => {
    test.each([401, 403, 422, 429])('is not called nothing when the next try is answered %i', async (status) => {
      await using connected = await connectedCore();
      const { client } = connected;
      const old = await connected.pick({ label: 'danger' });
      const before = new Set(connected.alive().keys());
      await connected.faults({ add: [lost] });
      expect((await connected.rotate(old, cutOver)).state).toBe('needs-attention');
      expect(connected.alive().has(old.remoteId ?? '')).toBe(remains);
      await connected.faults({ clear: true });
      await connected.faults({ add: [`error=${status}@DELETE /api`] });
      // However often: the first no is remembered as no answer to the lost one, and so is the second.
      for (let time = 0; time < 2; time += 1) {
        const [resumed] = await connected.resume();
        expect(resumed).toMatchObject({ state: 'needs-attention', deletionLost: true });
        expect(resumed?.error?.message).toContain('may be deleted all the same');
        expect(resumed?.error?.message).not.toMatch(/Nothing was (deleted|changed)/);
      }
      const [{ id } = { id: '' }] = expectOk(await client('rotation.list', {})).rotations;
      const asked = expectFailure(await client('rotation.abandon', { id }));
      expect(asked.message).toContain('the old token may be deleted already');
      await connected.faults({ clear: true });
      expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
      await expectReplaced(connected, old, before);
    });
  });

  test('where the host has no route to create, deletes nothing itself: both are done by hand', async () => {
    await using connected = await connectedCore();
    const { between } = connected;
    between.twist = ({ method }, ask) => (method === 'POST' ? { status: 405, body: '{}' } : ask());
    await connected.rotate(await connected.pick({ label: 'fastlane' }));
    const old = await connected.pick({ label: 'danger' });
    const waiting = await connected.rotate(old, cutOver);
    expect(waiting).toMatchObject({ state: 'waiting', guide: { act: 'delete' } });
    const [, again] = await connected.resume();
    expect(again).toMatchObject({ id: waiting.id, state: 'waiting', guide: { act: 'delete' } });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    await byHand(connected.sandbox).remove(old.remoteId ?? '');
    expect(await tell(connected, waiting, { confirm: 'deleted' })).toMatchObject({
      state: 'waiting',
      guide: { act: 'create' },
    });
  });

  test("is refused for Rondo's own sign-in token: nothing could be made afterwards", async () => {
    await using connected = await connectedCore();
    const own = await connected.pick({ label: 'rondo' });
    const order = { ids: [own.id], keep: false, dryRun: false, ...cutOver };
    expect(expectFailure(await connected.client('rotation.start', order)).code).toBe('unsupported');
    expect(changes(connected)).toEqual([]);
  });
});

describe('giving up a rotation', () => {
  test('asks for the word, then ends it where it stands, and the token can be rotated anew', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const old = await connected.pick({ label: 'danger' });
    const { id, replacement = '' } = await connected.rotate(old, { retire: 'taken' });
    const alive = connected.alive();
    for (const confirm of [undefined, 'abandon', ''])
      expect(
        expectFailure(await client('rotation.abandon', { id, ...(confirm === undefined ? {} : { confirm }) })),
      ).toMatchObject({
        code: 'confirmation-required',
        message: expect.stringMatching(/the old token was not touched; the new one stays/),
      });

    expect(expectOk(await client('rotation.abandon', { id, confirm: 'ABANDON' })).rotations).toMatchObject([
      { id, state: 'abandoned' },
    ]);
    expect(connected.alive(), 'nothing was deleted').toEqual(alive);
    expect(await connected.pick({ id: replacement })).toMatchObject({ state: 'active', hasValue: 'sealed' });
    const { entries } = expectOk(await client('audit.list', {}));
    expect(entries.at(-1)).toMatchObject({ action: 'rotation.abandoned', subject: old.id });
    expect(await connected.resume()).toEqual([]);
    expect(expectFailure(await client('rotation.abandon', { id, confirm: 'ABANDON' })).code).toBe('not-found');
    expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
  });

  test('in cut-over it says that the old one is gone', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    await connected.faults({ add: ['error=403@POST /api'] });
    const { id } = await connected.rotate(old, cutOver);
    const asked = expectFailure(await connected.client('rotation.abandon', { id }));
    expect(asked.message).toMatch(/the old token is deleted; no new one was made/);
    expectOk(await connected.client('rotation.abandon', { id, confirm: 'ABANDON' }));
    expect(await connected.pick({ id: old.id })).toMatchObject({ state: 'revoked' });
  });
});

// The disk is full from some moment of a rotation on: what was begun is told as half done, and nothing of it is lost.
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { connectedCore } from '../support/connected-core.ts';
import { expectFailure, expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { intercept } from '../support/intercept.ts';

const order = { keep: false, dryRun: false };

/** From the first time that `point` is reached, until it ends. */
async function fullFrom(point: string) {
  let isFull = false;
  const connected = await connectedCore({
    observe: (reached) => {
      isFull ||= reached === point;
    },
  });
  const end = intercept((call, run) => {
    const isWrite = call.kind === 'sqlite' && call.name.startsWith('BEGIN IMMEDIATE');
    if (isFull && isWrite) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
    return run();
  });
  return { connected, makeRoom: end };
}

test.each(['journal create running before', 'journal create sending before', 'request project.create after'])(
  'from "%s" on: the rotation needs attention, and goes on when there is room',
  async (point) => {
    const { connected, makeRoom } = await fullFrom(point);
    await using held = connected;
    const old = await held.pick({ label: 'danger' });
    const next = await held.pick({ label: 'fastlane' });
    const before = new Set(held.alive().keys());
    try {
      const ids = [old.id, next.id];
      const { rotations } = expectOk(await held.client('rotation.start', { ...order, ids }));
      expect(rotations).toMatchObject([
        {
          token: old.id,
          state: 'needs-attention',
          error: {
            code: 'storage',
            message: expect.stringMatching(/disk is full.* is written down\.$/),
            hint: expect.stringMatching(/Resume it/),
          },
        },
        { token: next.id, state: 'failed', error: { code: 'storage' } },
      ]);
      expect(await held.resume()).toMatchObject([{ token: old.id, state: 'needs-attention' }]);
    } finally {
      makeRoom();
    }
    expect(await held.resume()).toMatchObject([{ token: old.id, state: 'done' }]);
    await expectReplaced(held, old, before);
  },
);

test('before anything was begun: that is the failure, and nothing is open', async () => {
  const { connected, makeRoom } = await fullFrom('journal plan running before');
  await using held = connected;
  const old = await held.pick({ label: 'danger' });
  const answer = await held.client('rotation.start', { ...order, ids: [old.id] });
  makeRoom();
  expect(expectFailure(answer)).toMatchObject({ code: 'storage', message: expect.stringMatching(/disk is full/) });
  expect(expectOk(await held.client('rotation.list', {})).rotations).toEqual([]);
});

// The disk is full from some moment of a rotation on: what was begun is told as half done, and nothing of it is lost.
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { byHand, bytes, tell } from '../support/by-hand.ts';
import { connectedCore } from '../support/connected-core.ts';
import { expectFailure, expectOk } from '../support/core-pieces.ts';
import { expectReplaced } from '../support/expect-replaced.ts';
import { intercept } from '../support/intercept.ts';
import { jobOver, waitFor } from '../support/job-run.ts';

const order = { keep: false, dryRun: false };

/** From the first time that `point` is reached, until it ends. */
async function fullFrom(point: string, writes = Number.POSITIVE_INFINITY) {
  let isFull = false;
  let refused = 0;
  const connected = await connectedCore({
    observe: (reached) => {
      isFull ||= reached === point;
    },
  });
  const end = intercept((call, run) => {
    const isWrite = call.kind === 'sqlite' && call.name.startsWith('BEGIN IMMEDIATE');
    if (isFull && isWrite && refused++ < writes)
      throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
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
            message: 'The disk is full. What this rotation did before that is written down.',
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

test.each([
  [
    'before anything of it is written: the call has failed, and it waits as before',
    'prove-new running before',
    'waiting',
  ],
  ['after that: it is answered as half done', 'prove-new running after', 'needs-attention'],
])('while a rotation by hand is told of its token, %s', async (_what, point, state) => {
  const { connected, makeRoom } = await fullFrom(`journal ${point}`);
  await using held = connected;
  const old = await held.pick({ label: 'danger' });
  const before = new Set(held.alive().keys());
  const { id } = await held.rotate(old, { guided: true });
  const fresh = await byHand(held.sandbox).create({
    label: 'danger',
    scope: 'view-builds',
    project: 'gh/tidewater/web',
  });
  const told = await held.client('rotation.resume', { ids: [id], value: bytes(fresh.value) });
  makeRoom();
  if (state === 'waiting') {
    expect(expectFailure(told)).toMatchObject({
      code: 'storage',
      message: expect.stringMatching(/Nothing in the vault/),
    });
    const [waiting] = expectOk(await held.client('rotation.list', {})).rotations;
    expect(waiting).toMatchObject({ state: 'waiting', guide: { act: 'create' } });
    await tell(held, { id }, { value: fresh.value });
  } else {
    const message = 'The disk is full. What this rotation did before that is written down.';
    expect(expectOk(told).rotations).toMatchObject([{ state, error: { code: 'storage', message } }]);
    await held.resume();
  }
  await byHand(held.sandbox).remove(old.remoteId ?? '');
  expect(await tell(held, { id }, { confirm: 'deleted' })).toMatchObject({ state: 'done' });
  await expectReplaced(held, old, before);
});

test.each([
  ['until the job can be written to again: it pauses and says why', 2, 'paused'],
  ['to its end: it is one that was cut off', Number.POSITIVE_INFINITY, 'interrupted'],
] as const)('in the midst of a job, %s, and it can go on', async (_what, writes, state) => {
  const { connected, makeRoom } = await fullFrom('journal create sending before', writes);
  await using held = connected;
  const job = await jobOver(held, [await held.pick({ label: 'danger' })]);
  makeRoom();
  expect(job.state).toBe(state);
  if (state === 'paused') {
    const message = 'The disk is full. The job paused; what it did before that is written down.';
    expect(job.error).toMatchObject({ code: 'storage', message });
  }
  expect(job.counts.failed, 'none of them has failed').toBe(0);
  const ended = await waitFor(held, expectOk(await held.client('job.resume', { id: job.id })).job);
  expect(ended).toMatchObject({ state: 'done', counts: { done: 1 } });
});

import { expect, test } from 'vitest';
import { byHand } from '../../support/by-hand.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { waitFor } from '../../support/job-run.ts';

/** What a create gives that CircleCI carries out long after both of its answers were lost. */
async function carriedOutLate({ between, sandbox }: ConnectedCore): Promise<string> {
  between.twist = undefined;
  const { id } = await byHand(sandbox).create({ label: 'danger', scope: 'view-builds', project: 'gh/tidewater/web' });
  return id;
}

async function unclear({ client }: ConnectedCore) {
  const { entries } = expectOk(await client('audit.list', {}));
  return entries.filter(({ action }) => action === 'token.creation-unclear').map(({ detail }) => detail);
}

const lost: ConnectedCore['between']['twist'] = ({ method }, ask) =>
  method === 'POST' ? { status: 502, body: '' } : ask();

test('what comes late of a rotation that failed is named by the next one of its token', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  connected.between.twist = lost;
  expect(await connected.rotate(old)).toMatchObject({ state: 'failed' });
  // Once more in vain: what came of the first is looked for all the same.
  expect(await connected.rotate(old)).toMatchObject({ state: 'failed' });
  const late = await carriedOutLate(connected);

  const rotation = await connected.rotate(old);

  expect(rotation).toMatchObject({ state: 'done' });
  expect(rotation.receipt?.proofs.filter(({ ok }) => !ok)).toMatchObject([
    { what: 'creating made no other token', answered: expect.stringContaining(late) },
  ]);
  expect(await unclear(connected)).toEqual([expect.stringContaining(late)]);
  expect(connected.alive().has(late)).toBe(true);
});

test('what comes of one that was given up before it was settled is named as well', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  // Nobody says what came of it.
  let isLost = false;
  connected.between.twist = ({ method, path }, ask) => {
    isLost ||= method === 'POST';
    return isLost && /\/token/.test(path) ? { status: 502, body: '' } : ask();
  };
  const { id } = await connected.rotate(old);
  connected.between.twist = undefined;
  expectOk(await connected.client('rotation.abandon', { id, confirm: 'ABANDON' }));
  const late = await carriedOutLate(connected);
  expect(await connected.rotate(old)).toMatchObject({ state: 'done' });
  expect(await unclear(connected)).toEqual([expect.stringContaining(late)]);
});

test('a job that is retried names it as well', async () => {
  await using connected = await connectedCore();
  const { client } = connected;
  const old = await connected.pick({ label: 'danger' });
  connected.between.twist = lost;
  const { job } = expectOk(await client('job.start', { ids: [old.id] }));
  expect((await waitFor(connected, job)).counts.failed).toBe(1);
  const late = await carriedOutLate(connected);
  expectOk(await client('job.retry', { id: job.id }));
  expect((await waitFor(connected, job)).counts.done).toBe(1);
  expect(await unclear(connected)).toEqual([expect.stringContaining(late)]);
});

test('what failed under another name is not looked for', async () => {
  await using connected = await connectedCore();
  const old = await connected.pick({ label: 'danger' });
  connected.between.twist = lost;
  expect(await connected.rotate(old)).toMatchObject({ state: 'failed' });
  await carriedOutLate(connected);
  const rotation = await connected.rotate(old, { label: 'another' });
  expect(rotation.receipt?.proofs.every(({ ok }) => ok)).toBe(true);
});

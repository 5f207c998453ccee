import { describe, expect, test } from 'vitest';
import type { Token } from '../../../shared/contract/token.ts';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { jobOver } from '../../support/job-run.ts';

/** A project token that two accounts see has two rows in the vault, and is one on CircleCI. */
const order = { keep: false, dryRun: false };

async function seenByTwo(connected: ConnectedCore): Promise<{ own: Token; theirs: Token }> {
  const { client, between, sandbox } = connected;
  const jonas = sandbox.tokens().find(({ label }) => label === 'jonas-laptop')?.value ?? '';
  const value = new TextEncoder().encode(jonas);
  const { account } = expectOk(await client('account.add', { host: between.url, value }));
  expectOk(await client('sync.run', {}));
  const own = await connected.pick({ label: 'danger', account: connected.account });
  const theirs = await connected.pick({ label: 'danger', account: account.id });
  expect(theirs.remoteId).toBe(own.remoteId);
  return { own, theirs };
}

const made = (connected: ConnectedCore, before: ReadonlySet<string>) =>
  [...connected.alive().keys()].filter((id) => !before.has(id));

describe('a token that two accounts see', () => {
  test('is not rotated by the one while it is by the other, nor deleted', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const { own, theirs } = await seenByTwo(connected);
    const before = new Set(connected.alive().keys());
    expect(await connected.rotate(own, { retire: 'taken' })).toMatchObject({ state: 'waiting' });
    const second = expectFailure(await client('rotation.start', { ...order, ids: [theirs.id], retire: 'taken' }));
    expect(second).toMatchObject({ code: 'rotation-open', details: { token: theirs.id } });
    expect(made(connected, before)).toHaveLength(1);
    const { failed } = expectOk(await client('token.delete', { ids: [theirs.id], confirm: 'DELETE' }));
    expect(failed).toMatchObject([{ error: { code: 'rotation-open' } }]);
    const { items } = expectOk(await client('job.preview', { ids: [theirs.id] }));
    expect(items).toMatchObject([{ refusal: { code: 'rotation-open' } }]);

    expectOk(await client('sync.run', {}));
    const replacement = await connected.pick({ remoteId: made(connected, before)[0] ?? '', account: theirs.account });
    const onwards = expectFailure(await client('rotation.start', { ...order, ids: [replacement.id] }));
    expect(onwards.code, 'nor is what has just been made').toBe('rotation-open');
  });

  test('is refused where it was chosen twice, before anything is done', async () => {
    await using connected = await connectedCore();
    const { own, theirs } = await seenByTwo(connected);
    const before = connected.alive();
    for (const dryRun of [true, false]) {
      const both = { ...order, dryRun, ids: [own.id, theirs.id], retire: 'taken' as const };
      const error = expectFailure(await connected.client('rotation.start', both));
      expect(error).toMatchObject({ code: 'rotation-open', message: expect.stringContaining('two accounts see it') });
    }
    expect(connected.alive()).toEqual(before);
  });

  test('is replaced once by a job over both rows, as its preview says', async () => {
    await using connected = await connectedCore();
    const { own, theirs } = await seenByTwo(connected);
    const before = new Set(connected.alive().keys());
    const { items } = expectOk(await connected.client('job.preview', { ids: [own.id, theirs.id] }));
    expect(items.map(({ refusal }) => refusal?.code)).toEqual([undefined, 'rotation-open']);
    const job = await jobOver(connected, [own, theirs], { retire: 'taken' });
    expect(job.items.map(({ state, error }) => error?.code ?? state)).toEqual(['waiting', 'rotation-open']);
    expect(made(connected, before)).toHaveLength(1);
  });

  test('can be rotated by the other account when the first is done', async () => {
    await using connected = await connectedCore();
    const { own, theirs } = await seenByTwo(connected);
    expect(await connected.rotate(own)).toMatchObject({ state: 'done' });
    const other = await connected.pick({ account: theirs.account, label: 'fastlane' });
    expect(await connected.rotate(other)).toMatchObject({ state: 'done' });
  });
});

import { describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

/** The host makes nothing and answers a create with a token that exists: by its id, or without ids by its value. */
function answersWith({ between, alive }: ConnectedCore, remoteId: string, fields: 'all' | 'no id' = 'all'): void {
  const row = alive().get(remoteId);
  if (row === undefined) throw new Error('there is no such token');
  const { id, label, scope, value } = row;
  between.twist = async ({ method }, ask) => {
    if (method !== 'POST') return ask();
    const body = { label, scope, token: value, ...(fields === 'all' ? { id } : {}) };
    return { status: 201, body: JSON.stringify(body) };
  };
}

describe('a create that is answered with a token that was there before', () => {
  test.each(['overlap', 'cut-over'] as const)('deletes nothing for it, in %s', async (mode) => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const other = await connected.pick({ project: old.project ?? '', scope: 'status' });
    const isFirst = mode === 'overlap';
    answersWith(connected, (isFirst ? old : other).remoteId ?? '');
    const before = [...connected.alive().keys()];

    const rotation = await connected.rotate(old, { mode });

    expect(rotation).toMatchObject({ state: 'needs-attention', error: { code: 'needs-attention' } });
    expect(rotation.replacement).toBeUndefined();
    expect(rotation.error?.message).toContain('a token that was there before');
    expect(rotation.error?.hint).not.toMatch(/delete/i);
    const gone = before.filter((id) => !connected.alive().has(id));
    expect(gone).toEqual(isFirst ? [] : [old.remoteId]);
    // The host behaves again: then it goes on from there.
    connected.between.twist = undefined;
    expect(await connected.resume()).toMatchObject([{ state: 'done' }]);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
    expect(connected.alive().has(other.remoteId ?? '')).toBe(true);
  });

  test('is found out by its value where the answer has no id', async () => {
    await using connected = await connectedCore();
    const seeded = await connected.pick({ label: 'danger' });
    const { replacement = '' } = await connected.rotate(seeded, { keep: true });
    const old = await connected.pick({ id: replacement });
    connected.advance(60_000);
    answersWith(connected, old.remoteId ?? '', 'no id');

    const rotation = await connected.rotate(old);

    expect(rotation).toMatchObject({ state: 'needs-attention' });
    expect(rotation.error?.message).toContain('a token that was there before');
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });

  test('makes no second record of it for whoever asked for a token', async () => {
    await using connected = await connectedCore();
    const there = await connected.pick({ label: 'circleci-cli' });
    answersWith(connected, there.remoteId ?? '');
    const wanted = { account: connected.account, label: 'mine', expiresInMs: 86_400_000, keep: true };
    const failure = expectFailure(await connected.client('token.create-personal', wanted));
    expect(failure.code).toBe('needs-attention');
    const rows = (await connected.tokens()).filter(({ remoteId }) => remoteId === there.remoteId);
    expect(rows).toMatchObject([{ id: there.id, hasValue: 'none' }]);
    // What is nobody's is looked for before the next one, and that one is made.
    connected.between.twist = undefined;
    expectOk(await connected.client('token.create-personal', wanted));
  });
});

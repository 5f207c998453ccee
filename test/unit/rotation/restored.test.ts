import { describe, expect, test } from 'vitest';
import { type ConnectedCore, connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';
import { backUp, resumeNamed } from '../../support/restored-backup.ts';

/** After a restore CircleCI may be further than the vault: what a rotation then believes must not cost a token. */

const added = (connected: ConnectedCore, before: ReadonlySet<string>) =>
  [...connected.alive().keys()].filter((id) => !before.has(id));

describe('a creation whose answer was lost before the backup', () => {
  test('is not settled by itself after a restore: its token may have come into use', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const before = new Set(connected.alive().keys());
    await connected.faults({ add: ['drop-after=POST /#1'] });
    let isCut = false;
    connected.between.twist = (asked, ask) => {
      isCut ||= asked.method === 'POST';
      return isCut && asked.method === 'GET' ? { status: 500, body: '' } : ask();
    };
    const rotation = await connected.rotate(old);
    connected.between.twist = undefined;
    await connected.faults({ clear: true });
    const restore = await backUp(connected);
    const [inUse = ''] = added(connected, before);
    await restore();
    expect(expectOk(await connected.client('rotation.list', {})).rotations).toMatchObject([{ decision: 'restored' }]);

    expect(await resumeNamed(connected, rotation)).toMatchObject({
      state: 'needs-attention',
      decision: 'candidates',
      error: { code: 'needs-attention', message: expect.stringContaining(inUse) },
    });
    expect(added(connected, before), 'it is left alone').toEqual([inUse]);
    expect(await resumeNamed(connected, rotation), 'a person has looked').toMatchObject({ state: 'done' });
    expect(added(connected, before)).toHaveLength(2);
    expect(added(connected, before)).toContain(inUse);
  });
});

describe('a new value that nobody has after a restore', () => {
  const lost = {
    state: 'needs-attention',
    error: { code: 'needs-attention', message: expect.stringContaining('does not hold its value any more') },
  };

  test.each([
    ['at once, when CircleCI had refused', 'now'],
    ['once it was taken', 'taken'],
    ['after a time', 3_600_000],
  ] as const)('keeps the old token that was to be deleted %s', async (_when, retire) => {
    await using connected = await connectedCore();
    const { client } = connected;
    const old = await connected.pick({ label: 'danger' });
    if (retire === 'now') await connected.faults({ add: ['error=403@DELETE /'] });
    const rotation = await connected.rotate(old, retire === 'now' ? {} : { retire });
    await connected.faults({ clear: true });
    const restore = await backUp(connected);
    await restore();
    const before = connected.alive();
    for (let time = 0; time < 2; time += 1) {
      expect(await resumeNamed(connected, rotation)).toMatchObject(lost);
      connected.advance(3_600_000);
    }
    expect([...connected.alive().keys()]).toEqual([...before.keys()]);
    expect(before.has(old.remoteId ?? '')).toBe(true);
    expect(expectFailure(await client('token.take', { id: rotation.replacement ?? '' })).message).not.toContain(
      'never held it.',
    );
    expectOk(await client('rotation.abandon', { id: rotation.id, confirm: 'ABANDON' }));
    expect([...connected.alive().keys()]).toEqual([...before.keys()]);
  });

  test('does not keep it when the value was taken before', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'danger' });
    const rotation = await connected.rotate(old, { retire: 'taken' });
    expectOk(await connected.client('token.taken', { id: rotation.replacement ?? '' }));
    const restore = await backUp(connected);
    await restore();
    expect(await resumeNamed(connected, rotation)).toMatchObject({ state: 'done' });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
  });

  test('is not what Rondo signs in with: it stays signed in', async () => {
    await using connected = await connectedCore();
    const { sandbox, between } = connected;
    const old = await connected.pick({ label: 'rondo' });
    let asked = 0;
    between.twist = ({ path, value }, ask) => {
      const isNew = path === '/api/v2/me' && value !== sandbox.personalToken;
      // The first proves the new token.
      return isNew && asked++ > 0 ? { status: 500, body: '' } : ask();
    };
    const rotation = await connected.rotate(old);
    between.twist = undefined;
    expect(rotation.steps[3]).toMatchObject({ name: 'deliver', state: 'failed' });
    const restore = await backUp(connected);
    await restore();
    expect(await resumeNamed(connected, rotation)).toMatchObject(lost);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
    expect(expectOk(await connected.client('sync.run', {})).sync.accounts).toBe(1);
  });

  test('is what Rondo signs in with already: it goes on', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'rondo' });
    await connected.faults({ add: ['error=409@DELETE /'] });
    const rotation = await connected.rotate(old);
    await connected.faults({ clear: true });
    expect(rotation.steps[4]).toMatchObject({ name: 'retire-old', state: 'failed' });
    const restore = await backUp(connected);
    await restore();
    expect(await resumeNamed(connected, rotation)).toMatchObject({ state: 'done' });
    expect(connected.alive().has(old.remoteId ?? '')).toBe(false);
    expect(expectOk(await connected.client('sync.run', {})).sync.accounts).toBe(1);
  });
});

import { describe, expect, test } from 'vitest';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk } from '../../support/core-pieces.ts';

describe('the activity', () => {
  test('has every act in order, with who did it and how it ended', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const { id } = await connected.pick({ label: 'danger' });
    await connected.rotate(await connected.pick({ label: 'fastlane' }));
    expectOk(await client('token.edit', { id, owner: 'ada' }));
    expectOk(await client('token.delete', { ids: [id], confirm: 'DELETE' }));
    const { entries } = expectOk(await client('audit.list', {}));
    expect(entries.filter(({ action }) => !action.startsWith('vault.')).map(({ action }) => action)).toEqual([
      'account.added',
      'account.synced',
      'rotation.started',
      'token.created',
      'token.rotated',
      'token.edited',
      'token.deleted',
    ]);
    expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set(['test']));
    expect(new Set(entries.map(({ hash }) => hash)).size).toBe(entries.length);
    expect(expectOk(await client('audit.verify', {}))).toEqual({ ok: true, entries: entries.length });
  });

  test('never holds a value', async () => {
    await using connected = await connectedCore();
    await connected.rotate(await connected.pick({ label: 'rondo' }));
    await connected.rotate(await connected.pick({ label: 'danger' }));
    const text = JSON.stringify([
      expectOk(await connected.client('audit.list', {})),
      expectOk(await connected.client('rotation.list', {})),
      await connected.tokens(),
      connected.events,
    ]);
    for (const { value } of connected.sandbox.tokens()) expect(text).not.toContain(value);
    expect(text).not.toMatch(/CCI(PAT|PRJ)_/);
  });

  test('is cut by a date, the date itself included, and by a token', async () => {
    await using connected = await connectedCore();
    const { client } = connected;
    const { id } = await connected.pick({ label: 'danger' });
    connected.advance(60_000);
    expectOk(await client('token.edit', { id, owner: 'ada' }));
    connected.advance(60_000);
    expectOk(await client('token.edit', { id, owner: 'bob' }));
    const count = async (input: { since?: string; token?: string }) =>
      expectOk(await client('audit.list', input)).entries.length;
    expect(await count({ since: '2026-11-23T08:01:00.000Z' })).toBe(2);
    expect(await count({ since: '2026-11-23T08:01:00Z' }), 'in whatever precision').toBe(2);
    expect(await count({ since: '2026-11-23T08:01:00.001Z' })).toBe(1);
    expect(await count({ token: id.slice(0, 8) })).toBe(2);
    expect(await count({ since: '2026-11-23T08:02:00Z', token: id })).toBe(1);
    expect(expectFailure(await client('audit.list', { token: 'ffffff' })).code).toBe('not-found');
    expect(expectFailure(await client('audit.list', { since: 'yesterday' })).code).toBe('invalid-input');
  });
});

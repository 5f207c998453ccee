import { describe, expect, test } from 'vitest';
import { compareDanger, dangersOf, type Endangered } from '../../../../main/rotation/jobs/danger.ts';

type Change = Partial<Endangered['token']> & { readonly heldHere?: boolean };

function endangered({ heldHere = false, ...token }: Change): Endangered {
  return {
    token: {
      id: 'm',
      kind: 'project',
      state: 'active',
      scope: 'read-only',
      createdAt: '2026-01-01T00:00:00.000Z',
      firstSeenAt: '2026-06-01T00:00:00.000Z',
      ...token,
    },
    heldHere,
  };
}

function orderOf(...changes: readonly Change[]): string[] {
  return changes
    .map(endangered)
    .toSorted(compareDanger)
    .map(({ token }) => token.id);
}

describe('the order of danger', () => {
  test.each<[string, Change, Change]>([
    [
      'what leaked before what this machine held',
      { state: 'leaked', scope: 'status' },
      { heldHere: true, scope: 'admin' },
    ],
    ['what this machine held before more power', { heldHere: true, scope: 'status' }, { scope: 'admin' }],
    ['a personal token of full power before a project admin', { kind: 'personal' }, { scope: 'admin' }],
    ['admin before an unknown scope', { scope: 'admin' }, { scope: 'deploy' }],
    ['an unknown scope before read-only', { scope: 'deploy' }, { scope: 'read-only' }],
    ['write access before read access', { kind: 'personal', access: 'write' }, { kind: 'personal', access: 'read' }],
    ['read-only before status', { scope: 'read-only' }, { scope: 'status' }],
    ['the older', { createdAt: '2025-01-01T00:00:00.000Z' }, { createdAt: '2025-01-02T00:00:00.000Z' }],
    ['the smaller id between equals', { id: 'a' }, { id: 'b' }],
  ])('%s, whichever was named first', (_what, first, second) => {
    const [one, two] = [
      { id: 'a', ...first },
      { id: 'b', ...second },
    ];
    expect(orderOf(one, two)).toEqual(['a', 'b']);
    expect(orderOf(two, one)).toEqual(['a', 'b']);
  });

  test('a token of unknown birth is as old as the first sight of it', () => {
    const { token } = endangered({ id: 'seen' });
    const { createdAt: _unknown, ...unborn } = token;
    const seen = { token: { ...unborn, firstSeenAt: '2025-12-31T00:00:00.000Z' }, heldHere: false };
    expect([endangered({ id: 'born' }), seen].toSorted(compareDanger)[0]?.token.id).toBe('seen');
  });
});

describe('the reasons', () => {
  test.each<[Change, string[]]>([
    [{ state: 'leaked', heldHere: true, scope: 'admin' }, ['leaked', 'held-here', 'admin']],
    [{ kind: 'personal' }, ['full']],
    [{ kind: 'personal', access: 'read' }, ['read']],
    [{ kind: 'personal', access: 'constructor' }, ['unknown-power']],
    [{ scope: 'toString' }, ['unknown-power']],
    [{ scope: 'status' }, ['status']],
  ])('of %j are %j', (change, dangers) => {
    expect(dangersOf(endangered(change))).toEqual(dangers);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOf, type ListedPlace, type ListedToken, mergeList, withKeys } from '../../../main/tokens/merge.ts';
import { tokenRecord } from '../../support/token-records.ts';

const askedAt = '2026-11-23T08:00:00.000Z';
const readAt = '2026-11-23T08:00:01.000Z';

const list = (tokens: readonly ListedToken[], complete = true): ListedPlace => ({ tokens, complete, askedAt, readAt });

describe('merging a list', () => {
  test('adds what it has never seen, without a value', () => {
    const merge = mergeList([], list([{ remoteId: 'r1', label: 'new', wireScope: 'all' }]));
    expect(merge.added).toEqual([
      {
        remoteId: 'r1',
        label: 'new',
        wireScope: 'all',
        firstSeenAt: readAt,
        lastSeenAt: readAt,
        held: 'none',
        tags: [],
      },
    ]);
  });

  test('sees again without calling it a change', () => {
    const known = tokenRecord();
    const merge = mergeList(
      [known],
      list([{ remoteId: known.remoteId ?? '', label: known.label, lastUsedAt: readAt }]),
    );
    expect(merge).toMatchObject({ added: [], changed: 0, gone: [] });
    expect(merge.seen).toEqual([{ ...known, lastUsedAt: readAt, lastSeenAt: readAt }]);
  });

  test('writes nothing for a token that was seen within ten seconds and is as it was', () => {
    const at = (lastSeenAt: string, goneAt?: string) =>
      tokenRecord({ lastSeenAt, ...(goneAt === undefined ? {} : { goneAt }) });
    const seen = (known: ReturnType<typeof tokenRecord>, listed: Partial<ListedToken> = {}) =>
      mergeList([known], list([{ remoteId: known.remoteId ?? '', label: known.label, ...listed }])).seen.length;
    expect(seen(at('2026-11-23T07:59:51.001Z'))).toBe(0);
    expect(seen(at(readAt))).toBe(0);
    expect(seen(at('2026-11-23T07:59:51.000Z')), 'ten seconds ago').toBe(1);
    expect(seen(at('2026-11-23T08:00:02.000Z')), 'by a clock that went back').toBe(1);
    expect(seen(at(readAt), { lastUsedAt: readAt }), 'used meanwhile').toBe(1);
    expect(seen(at(readAt), { label: 'renamed' }), 'says something new').toBe(1);
    expect(seen(at(readAt, readAt)), 'back again').toBe(1);
  });

  test('keeps what only the vault knows', () => {
    const known = tokenRecord({ tags: ['prod'], note: 'ask Ada', owner: 'ada', held: 'sealed', tail: 'beef' });
    const merge = mergeList([known], list([{ remoteId: known.remoteId ?? '', label: 'renamed' }]));
    expect(merge.changed).toBe(1);
    expect(merge.seen[0]).toMatchObject({
      label: 'renamed',
      tags: ['prod'],
      note: 'ask Ada',
      owner: 'ada',
      held: 'sealed',
      tail: 'beef',
    });
  });

  test('calls a token gone only by a complete list', () => {
    const known = tokenRecord();
    expect(mergeList([known], list([], false)).gone).toEqual([]);
    expect(mergeList([known], list([])).gone).toEqual([{ ...known, goneAt: readAt }]);
  });

  test('does not call a token gone that was made after the list was asked for', () => {
    expect(mergeList([tokenRecord({ lastSeenAt: readAt })], list([])).gone).toEqual([]);
  });

  test('calls a token gone that a clock has seen which was set back since, by more than a list waits to be taken over', () => {
    const seenAt = (lastSeenAt: string) => mergeList([tokenRecord({ lastSeenAt })], list([])).gone.length;
    expect(seenAt('2026-11-23T08:10:01.000Z')).toBe(0);
    expect(seenAt('2026-11-23T08:10:01.001Z')).toBe(1);
  });

  test('says gone once, and takes it back when the token is listed again', () => {
    const known = tokenRecord({ goneAt: '2026-11-02T00:00:00.000Z' });
    expect(mergeList([known], list([])).gone).toEqual([]);
    const merge = mergeList([known], list([{ remoteId: known.remoteId ?? '', label: known.label }]));
    expect(merge.changed).toBe(1);
    expect(merge.seen[0]).not.toHaveProperty('goneAt');
  });

  test('leaves what Rondo deleted alone', () => {
    const revoked = tokenRecord({ revokedAt: '2026-11-02T00:00:00.000Z' });
    expect(mergeList([revoked], list([]))).toEqual({ added: [], seen: [], changed: 0, gone: [] });
  });

  test('tells rows without an id apart by label, time and ordinal', () => {
    const twice = [{ label: 'ci' }, { label: 'ci' }, { label: 'ci', createdAt: readAt }];
    const first = mergeList([], list(twice));
    expect(first.added.map(({ ordinal }) => ordinal)).toEqual([undefined, 1, undefined]);
    const { remoteId: _none, ...withoutId } = tokenRecord();
    const known = first.added.map((token, index) => ({ ...withoutId, ...token, id: `${index}`.padStart(32, '0') }));
    expect(mergeList(known, list(twice))).toMatchObject({ added: [], changed: 0, gone: [] });
  });
});

const listedToken: fc.Arbitrary<ListedToken> = fc.record(
  { remoteId: fc.uuid(), label: fc.constantFrom('a', 'b', 'c'), createdAt: fc.constantFrom(askedAt, readAt) },
  { requiredKeys: ['label'] },
);
const listedTokens = fc.uniqueArray(listedToken, { selector: (token) => token.remoteId ?? Symbol('no id') });

describe('for any lists', () => {
  test('every row has a key of its own', () => {
    fc.assert(
      fc.property(listedTokens, (tokens) => {
        const keys = withKeys(tokens).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test('reading the same list twice changes nothing, and no token is ever dropped', () => {
    fc.assert(
      fc.property(listedTokens, listedTokens, fc.boolean(), (before, now, complete) => {
        const known = mergeList([], { ...list(before), askedAt: '2026-11-01', readAt: '2026-11-02' }).added.map(
          (token, index) => ({
            ...token,
            id: `${index}`.padStart(32, '0'),
            account: 'a',
            kind: 'personal' as const,
          }),
        );
        const merge = mergeList(known, list(now, complete));
        const touched = new Set([...merge.seen, ...merge.gone].map(keyOf));
        expect(merge.added.length + merge.seen.length).toBe(now.length);
        for (const token of known) expect(touched.has(keyOf(token)) || !complete).toBe(true);
        const again = mergeList([...merge.seen], list(withKeys(now).filter(({ key }) => touched.has(key))));
        expect(again).toMatchObject({ changed: 0, gone: [] });
      }),
    );
  });
});

describe('a token that was made by hand where no list was to be had', () => {
  const { remoteId: _none, ...unlisted } = tokenRecord({
    neverListed: true,
    firstSeenAt: '2026-11-20T08:00:00.000Z',
    tail: 'beef',
    fingerprint: 'print',
    held: 'kept',
  });
  const row = (more: Partial<ListedToken> = {}): ListedToken => ({
    remoteId: 'r1',
    label: unlisted.label,
    createdAt: '2026-11-20T07:58:00.000Z',
    ...more,
  });

  test('is the one row that can be it, and keeps what the vault knows', () => {
    const { added, seen, changed } = mergeList([unlisted], list([row(), row({ remoteId: 'r2', label: 'other' })]));
    expect(seen).toMatchObject([{ id: unlisted.id, remoteId: 'r1', held: 'kept', fingerprint: 'print' }]);
    expect(seen[0]).not.toHaveProperty('neverListed');
    expect({ added: added.map(({ remoteId }) => remoteId), changed }).toEqual({ added: ['r2'], changed: 1 });
  });

  test.each([
    ['another end', { tail: 'feed' }],
    ['another value', { fingerprint: 'other' }],
    ['another scope', { wireScope: 'all' }],
    ['another name', { label: 'other' }],
    ['made after its value was here', { createdAt: '2026-11-20T09:00:00.000Z' }],
    ['made long before', { createdAt: '2026-11-01T09:00:00.000Z' }],
  ])('is not a row with %s', (_what, more) => {
    const { added, seen, gone } = mergeList([unlisted], list([row(more)]));
    expect([added.length, seen, gone]).toEqual([1, [], []]);
  });

  test('is neither of two rows that can be it, unless the list or its value tells', () => {
    const twins = [row(), row({ remoteId: 'r2' })];
    expect(mergeList([unlisted], list(twins))).toMatchObject({ seen: [], added: [{}, {}] });
    const told = mergeList([unlisted], list(twins), { idInValue: () => 'r2' });
    expect(told.seen).toMatchObject([{ id: unlisted.id, remoteId: 'r2' }]);
    expect(told.added).toMatchObject([{ remoteId: 'r1' }]);
    const shown = mergeList([unlisted], list([row(), row({ remoteId: 'r2', fingerprint: 'print' })]));
    expect(shown.seen).toMatchObject([{ remoteId: 'r2' }]);
  });

  test('and another that can be the same row leave it to neither', () => {
    const other = { ...unlisted, id: '00000000000000000000000000000002' };
    const merge = mergeList([unlisted, other], list([row()]));
    expect(merge).toMatchObject({ seen: [], gone: [], added: [{ remoteId: 'r1' }] });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseToken, parseTokens } from '../../../main/circleci/token-response.ts';
import { personalValue } from '../../support/circleci-client.ts';

const legacyValue = '0123456789abcdef0123456789abcdef01234567';

describe('one token of the wire', () => {
  test('every spelling becomes the same token', () => {
    const token = {
      remoteId: '17',
      label: 'deploy',
      createdAt: '2026-04-05T06:07:08.000Z',
      expiresAt: '2027-04-05T06:07:08.000Z',
      lastUsedAt: '2026-05-05T06:07:08.000Z',
      access: 'read',
    };
    const spellings = [
      {
        id: '17',
        label: 'deploy',
        time: '2026-04-05T06:07:08Z',
        expires_at: '2027-04-05T06:07:08Z',
        last_used_at: '2026-05-05T06:07:08Z',
        scope: 'read',
      },
      {
        id: 17,
        name: 'deploy',
        created_at: '2026-04-05T06:07:08Z',
        'expires-at': '2027-04-05T06:07:08Z',
        'last-used-at': '2026-05-05T06:07:08Z',
        access: 'Read',
      },
      {
        id: '17',
        label: null,
        name: 'deploy',
        createdAt: 1775369228,
        expiresAt: 1806905228,
        lastUsedAt: 1777961228,
        access_level: 'READ',
        added_in_2027: [1],
      },
    ];
    for (const row of spellings) expect(parseToken(row, 'personal')).toEqual(token);
  });

  test('a project token has the scope of the wire, also one that we do not know', () => {
    expect(parseToken({ id: 'a', label: 'x', scope: 'view-builds', token: null }, 'project')).toEqual({
      remoteId: 'a',
      label: 'x',
      wireScope: 'view-builds',
    });
    expect(parseToken({ id: 'a', label: 'x', scope: 'trigger-builds' }, 'project')?.wireScope).toBe('trigger-builds');
  });

  test.each([
    ['xxxx4567', '4567'],
    ['****************4567', '4567'],
    ['CCIPAT_…4567', '4567'],
    ['••••4567', '4567'],
    ['4567', '4567'],
    ['CCIPAT_abcdefghijk.............................4567', '4567'],
    ['**********', undefined],
    ['', undefined],
  ])('the mask %j gives at most a tail', (shown, tail) => {
    const token = parseToken({ id: 'a', label: 'x', token: shown }, 'personal');
    expect(token?.tail).toBe(tail);
    expect(token?.value).toBeUndefined();
  });

  test.each([[personalValue], [legacyValue], ['some-future-format-of-40-characters-4567']])(
    'the value %j gives its bytes and its tail',
    (shown) => {
      const token = parseToken({ id: 'a', label: 'x', token: shown }, 'personal');
      expect(Buffer.from(token?.value ?? []).toString()).toBe(shown);
      expect(token?.value?.buffer.byteLength).toBe(shown.length);
      expect(token?.tail).toBe(shown.slice(-4));
    },
  );

  test('an id that is the value is taken as a value, and the token has no id', () => {
    const token = parseToken({ id: legacyValue, label: 'x' }, 'personal');
    expect(token).not.toHaveProperty('remoteId');
    expect(Buffer.from(token?.value ?? []).toString()).toBe(legacyValue);
  });

  test.each([
    [undefined],
    [null],
    ['text'],
    [7],
    [[]],
    [{}],
    [{ id: '', label: '' }],
    [{ id: {}, label: 'x' }],
    [{ id: 'a', label: 5 }],
  ])('%j is no token', (row) => {
    expect(parseToken(row, 'personal')).toBeUndefined();
  });

  test('decorations of a strange type are left out', () => {
    expect(
      parseToken({ id: 'a', label: 'x', time: {}, expires_at: 'soon', scope: ['read'], token: 5 }, 'personal'),
    ).toEqual({ remoteId: 'a', label: 'x' });
  });
});

describe('a list of tokens', () => {
  test('is complete only if it is a bare array and every row could be read', () => {
    expect(parseTokens([], 'personal')).toEqual({ tokens: [], complete: true });
    expect(parseTokens([{ id: 'a', label: 'x' }], 'personal')).toMatchObject({ complete: true });
    expect(parseTokens([{ id: 'a', label: 'x' }, null], 'personal')).toEqual({
      tokens: [{ remoteId: 'a', label: 'x' }],
      complete: false,
    });
    expect(parseTokens({ items: [] }, 'personal')).toBeUndefined();
    expect(parseTokens(undefined, 'personal')).toBeUndefined();
  });

  test('whatever comes as JSON, reading it never throws, and a complete list loses no row', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('personal' as const, 'project' as const), (answer, place) => {
        const list = parseTokens(answer, place);
        if (list?.complete) expect(list.tokens).toHaveLength(Array.isArray(answer) ? answer.length : -1);
      }),
    );
  });
});

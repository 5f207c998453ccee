import { expect, test } from 'vitest';
import { idPrefix, matchPrefix } from '../../../shared/ids.ts';

const first = 'abcdef00000000000000000000000001';
const second = 'abcdef00000000000000000000000002';

test('a prefix matches every id that begins with it', () => {
  expect(matchPrefix('abcdef', [first, second])).toEqual([first, second]);
  expect(matchPrefix(second, [first, second])).toEqual([second]);
  expect(matchPrefix('ffffff', [first, second])).toEqual([]);
});

test('a prefix has at least six characters of hex, in either case', () => {
  expect(idPrefix.parse('ABCDEF')).toBe('abcdef');
  for (const text of ['abcde', '', 'abcdeg', '../../', '__proto__', `${first}0`]) {
    expect(idPrefix.safeParse(text).success).toBe(false);
  }
});

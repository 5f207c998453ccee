import { expect, test } from 'vitest';
import { rowOf } from '../../../../renderer/screens/inventory/columns.ts';
import { nextCursor } from '../../../../renderer/screens/inventory/next-cursor.ts';
import type { Line } from '../../../../renderer/screens/inventory/use-token-table.ts';
import { someMorning } from '../../../support/fake-clock.ts';
import { someToken } from '../../../support/some-token.ts';

const group = (key: string): Line => ({ is: 'group', key, value: key, tokens: 2, folded: false });
const token = (): Line => rowOf(someToken(), someMorning);
const lines = [group('one'), token(), token(), group('two'), token(), group('folded')];
const key = (index: number) => lines[index]?.key;

test('arrows pass the heads of groups and stop at both ends', () => {
  expect(nextCursor(lines, 2, 'ArrowDown', 5)).toBe(key(4));
  expect(nextCursor(lines, 4, 'ArrowUp', 5)).toBe(key(2));
  expect(nextCursor(lines, 4, 'ArrowDown', 5)).toBeUndefined();
  expect(nextCursor(lines, 1, 'ArrowUp', 5)).toBeUndefined();
});

test('home, end and pages land on tokens', () => {
  expect(nextCursor(lines, 4, 'Home', 5)).toBe(key(1));
  expect(nextCursor(lines, 1, 'End', 5)).toBe(key(4));
  expect(nextCursor(lines, 1, 'PageDown', 50)).toBe(key(4));
  expect(nextCursor(lines, 4, 'PageUp', 50)).toBe(key(1));
});

test('without a cursor, down is the first; other keys move nothing', () => {
  expect(nextCursor(lines, -1, 'ArrowDown', 5)).toBe(key(1));
  expect(nextCursor(lines, -1, 'ArrowUp', 5)).toBeUndefined();
  expect(nextCursor(lines, 1, 'x', 5)).toBeUndefined();
});

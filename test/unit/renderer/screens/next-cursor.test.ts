import { expect, test } from 'vitest';
import { rowOf } from '../../../../renderer/screens/inventory/columns.ts';
import { folds, nextCursor } from '../../../../renderer/screens/inventory/next-cursor.ts';
import type { Line } from '../../../../renderer/screens/inventory/use-token-table.ts';
import { someMorning } from '../../../support/fake-clock.ts';
import { someToken } from '../../../support/some-token.ts';

const group = (key: string, folded = false): Line => ({ is: 'group', key, value: key, tokens: 2, folded });
const token = (): Line => rowOf(someToken(), { place: 'web', account: 'ci' }, someMorning);
const lines = [group('one'), token(), token(), group('two'), token(), group('folded', true)];
const key = (index: number) => lines[index];

test('arrows pass the heads of open groups, stop at folded ones, and at both ends', () => {
  expect(nextCursor(lines, 2, 'ArrowDown', 5)).toBe(key(4));
  expect(nextCursor(lines, 4, 'ArrowUp', 5)).toBe(key(2));
  expect(nextCursor(lines, 4, 'ArrowDown', 5)).toBe(key(5));
  expect(nextCursor(lines, 5, 'ArrowDown', 5)).toBeUndefined();
  expect(nextCursor(lines, 1, 'ArrowUp', 5)).toBeUndefined();
});

test('home, end and pages land where arrows do', () => {
  expect(nextCursor(lines, 4, 'Home', 5)).toBe(key(1));
  expect(nextCursor(lines, 1, 'End', 5)).toBe(key(5));
  expect(nextCursor(lines, 1, 'PageDown', 50)).toBe(key(5));
  expect(nextCursor(lines, 4, 'PageUp', 50)).toBe(key(1));
});

test('without a cursor, down is the first; other keys move nothing', () => {
  expect(nextCursor(lines, -1, 'ArrowDown', 5)).toBe(key(1));
  expect(nextCursor(lines, -1, 'ArrowUp', 5)).toBeUndefined();
  expect(nextCursor(lines, 1, 'x', 5)).toBeUndefined();
});

test('left goes to the head and folds it, right unfolds it and goes into it', () => {
  expect(nextCursor(lines, 2, 'ArrowLeft', 5)).toBe(key(0));
  expect(nextCursor(lines, 0, 'ArrowLeft', 5)).toBeUndefined();
  expect(nextCursor(lines, 0, 'ArrowRight', 5)).toBe(key(1));
  expect(nextCursor(lines, 5, 'ArrowRight', 5)).toBeUndefined();
  expect(nextCursor(lines, 1, 'ArrowRight', 5)).toBeUndefined();
  const open = ['ArrowLeft', 'Enter', ' '].filter((pressed) => folds(lines[0], pressed));
  expect(open).toHaveLength(3);
  expect([folds(lines[0], 'ArrowRight'), folds(lines[5], 'ArrowRight')]).toEqual([false, true]);
  expect([folds(lines[5], 'ArrowLeft'), folds(lines[1], 'Enter')]).toEqual([false, false]);
});

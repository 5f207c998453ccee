import { expect, test } from 'vitest';
import { rowOf } from '../../../../renderer/screens/inventory/columns.ts';
import { onLine } from '../../../../renderer/screens/inventory/on-line.ts';
import type { Line } from '../../../../renderer/screens/inventory/use-token-table.ts';
import { someMorning } from '../../../support/fake-clock.ts';
import { someToken } from '../../../support/some-token.ts';

const group = (key: string, folded = false): Line => ({ is: 'group', key, value: key, tokens: 2, folded });
const [one, two, three] = [1, 2, 3].map(() => rowOf(someToken(), { place: 'web', account: 'ci' }, someMorning));
if (one === undefined || two === undefined || three === undefined) throw new Error('there are three');
const lines = [group('first'), one, two, group('second'), three];
const without = (...gone: readonly Line[]) => lines.filter((line) => !gone.includes(line));
const on = ({ key }: Line) => ({ cursor: key, head: undefined });

test('a cursor that has its line stays on it, whatever else went', () => {
  expect(onLine(lines, on(two))).toEqual(on(two));
  expect(onLine(without(one), on(two), lines)).toEqual(on(two));
  expect(onLine(lines, { cursor: undefined, head: 'second' })).toEqual({ cursor: undefined, head: 'second' });
});

test('where its token went, the next one has it, else the one before, also in another group', () => {
  expect(onLine(without(one), on(one), lines)).toEqual(on(two));
  expect(onLine(without(two), on(two), lines)).toEqual(on(three));
  expect(onLine(without(two, three), on(two), lines)).toEqual(on(one));
  expect(onLine(without(three), on(three), lines)).toEqual(on(two));
});

test('where nothing is known of the lines before, the first token has it, else the first folded head, else nothing', () => {
  expect(onLine(without(two), on(two))).toEqual(on(one));
  expect(onLine(without(two), on(rowOf(someToken(), { place: 'web', account: 'ci' }, someMorning)), lines)).toEqual(
    on(one),
  );
  const folded = [group('first', true), group('second', true)];
  expect(onLine(folded, on(two), lines)).toEqual({ cursor: undefined, head: 'first' });
  expect(onLine([], on(two), lines)).toEqual({ cursor: undefined, head: undefined });
});

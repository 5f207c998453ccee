import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStyle, plainStyle } from '../../../main/cli/output/style.ts';
import { table } from '../../../main/cli/output/table.ts';
import { textWidth, truncated } from '../../../main/cli/output/text-width.ts';

const columns = [
  { title: 'A', cell: (row: readonly string[]) => row[0] },
  { title: 'B', cell: (row: readonly string[]) => row[1], shrinks: true },
  { title: 'C', cell: (row: readonly string[]) => row[2] },
];

describe('A table', () => {
  test('is aligned by what a terminal shows, not by characters', () => {
    const rows = [
      ['日本', 'x', 'end'],
      ['e\u0301', '🙂', 'end'],
      ['abcde', '', 'end'],
    ];
    const lines = table(rows, columns, plainStyle);
    const places = lines.map((line) => textWidth(line.slice(0, line.lastIndexOf(line.startsWith('A') ? 'C' : 'end'))));
    expect(new Set(places).size).toBe(1);
  });

  test('leaves out a column in which nothing is', () => {
    expect(table([['a', '', '']], columns, plainStyle)).toEqual(['A', 'a']);
  });

  test('lets only the column that may shrink give way, and never below what tells something', () => {
    const row = ['aaaa', 'b'.repeat(50), 'cccc'];
    expect(table([row], columns, createStyle(30, false))[1]).toBe(`aaaa  ${'b'.repeat(17)}…  cccc`);
    expect(table([row], columns, createStyle(5, false))[1]).toBe('aaaa  bbbbbbb…  cccc');
  });

  test('holds more rows than a function takes arguments', () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => [String(index), 'x', 'y']);
    expect(table(rows, columns, plainStyle)).toHaveLength(200_001);
  });
});

test('A truncated text is never wider than its place, whatever it is made of', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const shown = truncated(text, width);
      expect(textWidth(shown)).toBeLessThanOrEqual(width);
      if (textWidth(text) <= width) expect(shown).toBe(text);
    }),
  );
});

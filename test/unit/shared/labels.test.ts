import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxLabelLength, newLabel, printable } from '../../../shared/labels.ts';

const accepted = (label: string) => newLabel.safeParse(label).success;

describe('a new label', () => {
  test.each([
    'deploy-bot',
    'Déploiement',
    '部署',
    '🚀 release',
    'שלום',
    'a'.repeat(maxLabelLength),
    '🚀'.repeat(maxLabelLength),
  ])('may be %s', (label) => expect(accepted(label)).toBe(true));

  test.each([
    ['nothing', ''],
    ['spaces only', '  \t '],
    ['too long', 'a'.repeat(maxLabelLength + 1)],
    ['10 000 characters', 'a'.repeat(10_000)],
    ['a line break', 'a\nb'],
    ['a null', 'a\0b'],
    ['an escape', 'a\u001b[31mb'],
    ['a right-to-left override', 'deploy\u202etob'],
    ['an isolate', 'a\u2066b'],
    ['an Arabic letter mark', 'a\u061cb'],
    ['a line separator', 'a\u2028b'],
  ])('is refused with %s', (_what, label) => expect(accepted(label)).toBe(false));
});

test('what is printed holds nothing that a terminal would act on', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
  expect(printable('a\u202eb\n')).toBe('a\\u202eb\\u000a');
});

import { expect, test } from 'vitest';
import { countsOf } from '../../../../renderer/state/counts.ts';
import { inventoryText } from '../../../../renderer/text/inventory.ts';
import { someMorning } from '../../../support/fake-clock.ts';
import { someToken } from '../../../support/some-token.ts';

test('the foot of the list counts what there is, and leaves out what there is none of', () => {
  const foot = (values: readonly ('none' | 'kept' | 'sealed')[], hiddenPast = 0) =>
    inventoryText.foot(
      countsOf(
        values.map((hasValue) => someToken({ hasValue })),
        [],
        someMorning,
      ),
      hiddenPast,
    );
  expect(foot(['kept', 'kept', 'sealed', 'none'])).toBe('4 tokens: 2 kept, 1 sealed, 1 without a value.');
  expect(foot(['none'])).toBe('1 token: 1 without a value.');
  expect(foot([], 20)).toBe('0 tokens. 20 gone or deleted ones hidden.');
});

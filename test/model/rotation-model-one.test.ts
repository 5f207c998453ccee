import { test } from 'vitest';
import { expectExplored } from './expect-explored.ts';

test('any acts of a person with one account, CircleCI and its faults: what the journal promises holds after every step', {
  timeout: 3_600_000,
}, async () => {
  await expectExplored(1);
});

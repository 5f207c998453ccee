import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../shared/contract/error-codes.ts';
import type { Step } from '../../../shared/contract/rotation.ts';
import { oldTokenFate } from '../../../shared/old-token-fate.ts';

const retireOld = (state: Step['state'], code?: ErrorCode) => ({
  steps: [{ name: 'retire-old', state } as const],
  ...(code === undefined ? {} : { error: { code, message: 'No.' } }),
});

test.each([
  ['done', undefined, 'unproved'],
  ['done', 'needs-attention', 'unproved'],
  ['running', undefined, 'unclear'],
  ['running', 'stopped', 'unclear'],
  ['failed', 'network', 'unclear'],
  ['failed', 'server-error', 'unclear'],
  ['failed', 'forbidden', 'there'],
  ['failed', 'needs-attention', 'there'],
  ['waiting', undefined, 'there'],
  ['pending', 'network', 'there'],
] as const)('a deletion that is %s (%s) says of the old token: %s', (state, code, fate) => {
  expect(oldTokenFate(retireOld(state, code))).toBe(fate);
});

test('a no after a deletion whose answer was lost leaves it unclear', () => {
  expect(oldTokenFate({ ...retireOld('failed', 'forbidden'), deletionLost: true })).toBe('unclear');
  expect(oldTokenFate({ ...retireOld('done'), deletionLost: true })).toBe('unproved');
});

test.each([
  ['running', 'unproved'],
  ['failed', 'unproved'],
  ['done', 'deleted'],
] as const)('an affirmed deletion whose proof is %s says of the old token: %s', (state, fate) => {
  const steps = [...retireOld('done').steps, { name: 'prove-old-gone', state } as const];
  expect(oldTokenFate({ steps })).toBe(fate);
});

test("a person's word for a deletion is no proof of it, on the receipt and in doubt", () => {
  const steps = [...retireOld('done').steps, { name: 'prove-old-gone', state: 'done' } as const];
  const at = '2026-11-27T00:00:00.000Z';
  const said = { what: 'the old token is deleted', asked: 'the person who deleted it', answered: 'yes', at, ok: false };
  const seen = { what: 'the old token is refused', asked: 'me', answered: '401', at, ok: true };
  expect(oldTokenFate({ steps, proofs: [said] })).toBe('unproved');
  expect(oldTokenFate({ steps, proofs: [said, seen] })).toBe('deleted');
});

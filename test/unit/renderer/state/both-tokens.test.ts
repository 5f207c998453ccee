import { expect, test } from 'vitest';
import { bothTokens } from '../../../../renderer/state/both-tokens.ts';
import type { ErrorCode } from '../../../../shared/contract/error-codes.ts';
import type { Rotation, Step, StepName } from '../../../../shared/contract/rotation.ts';
import { sampleToken } from '../../../support/contract-samples.ts';
import { rotationAt } from '../../../support/rotation-at.ts';

function at(name: StepName, state: Step['state'], code?: ErrorCode): Rotation {
  const error = code === undefined ? {} : { error: { code, message: 'No.' } };
  return rotationAt(name, state, { state: 'needs-attention', ...error });
}

test.each([
  ['prove-new', 'running', undefined, { old: 'there', fresh: 'unproved' }],
  ['prove-new', 'failed', 'needs-attention', { old: 'there', fresh: 'unproved' }],
  ['prove-new', 'failed', 'unauthorized', { old: 'untouched', fresh: 'unproved' }],
  ['deliver', 'running', undefined, { old: 'there', fresh: 'works' }],
  ['deliver', 'failed', 'unauthorized', { old: 'untouched', fresh: 'unproved' }],
  ['deliver', 'failed', 'needs-attention', { old: 'there', fresh: 'unproved' }],
  ['retire-old', 'waiting', undefined, { old: 'there', fresh: 'works' }],
  ['retire-old', 'failed', 'forbidden', { old: 'there', fresh: 'works' }],
  ['retire-old', 'failed', 'network', { old: 'unclear', fresh: 'works' }],
  // Rondo signs in with the new one since it was delivered.
  ['retire-old', 'failed', 'unauthorized', { old: 'there', fresh: 'unproved' }],
  ['prove-old-gone', 'failed', 'needs-attention', { old: 'unproved', fresh: 'works' }],
  ['prove-old-gone', 'failed', 'unauthorized', { old: 'unproved', fresh: 'unproved' }],
] as const)('at %s that is %s (%s), they are %o', (name, state, code, both) => {
  expect(bothTokens(at(name, state, code))).toEqual(both);
});

test('nothing is said of the old one before somebody looked, nor of a new one that is not there', () => {
  expect(bothTokens(at('plan', 'failed', 'unauthorized'))).toEqual({ old: 'untouched', fresh: 'none' });
  expect(bothTokens(at('create', 'failed', 'network'))).toEqual({ old: 'there', fresh: 'none' });
});

test('whom CircleCI signs out may be asking with the old one, where nothing was delivered', () => {
  const { steps, ...rest } = at('retire-old', 'failed', 'unauthorized');
  const skipped = steps.map((step): Step => (step.name === 'deliver' ? { ...step, state: 'skipped' } : step));
  expect(bothTokens({ ...rest, steps: skipped })).toEqual({ old: 'untouched', fresh: 'works' });
});

test.each(['gone', 'revoked', 'expired'] as const)('what the inventory has as %s does not work any more', (state) => {
  const waiting = at('retire-old', 'waiting');
  const ended = sampleToken({ state });
  expect(bothTokens(waiting, { fresh: ended })).toEqual({ old: 'there', fresh: 'lost' });
  expect(bothTokens(waiting, { old: ended })).toEqual({ old: 'lost', fresh: 'works' });
  // What the rotation did to it is known better.
  expect(bothTokens(at('prove-old-gone', 'running'), { old: ended }).old).toBe('unproved');
});

test('a new token that was listed, and whose use told nothing, is not said to work', () => {
  const asked = { asked: 'me', answered: '200', at: '2026-11-27T00:00:00.000Z' };
  const untold = { what: 'the new token works', ...asked, ok: false };
  const listed = { what: 'the new token is listed', ...asked, ok: true };
  const waiting = at('retire-old', 'waiting');
  expect(bothTokens({ ...waiting, proofs: [listed, untold] }).fresh).toBe('unproved');
  expect(bothTokens({ ...waiting, proofs: [listed, untold, { ...untold, ok: true }] }).fresh).toBe('works');
});

test('a new token that is the old one is none', () => {
  const old = sampleToken({ remoteId: 'same' });
  expect(bothTokens(at('retire-old', 'failed', 'needs-attention'), { old, fresh: old }).fresh).toBe('none');
});

import { expect, test } from 'vitest';
import { rotationText } from '../../../renderer/text/rotation.ts';
import type { ErrorCode } from '../../../shared/contract/error-codes.ts';
import { cutOverStepNames, type Rotation, type Step, stepNames } from '../../../shared/contract/rotation.ts';
import { oldTokenFate } from '../../../shared/old-token-fate.ts';
import { sampleRotation } from '../../support/contract-samples.ts';

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

/** Running, at this step. */
function at(mode: Rotation['mode'], name: Step['name']): Rotation {
  const names = mode === 'cut-over' ? cutOverStepNames : stepNames;
  const here = names.indexOf(name);
  const state = (index: number) => (index < here ? 'done' : index === here ? 'running' : 'pending');
  const steps = names.map((each, index): Step => ({ name: each, state: state(index) }));
  return sampleRotation({ mode, state: 'running', steps });
}

test.each([
  ['overlap', 'create', 'The old token works.'],
  ['overlap', 'prove-new', 'Old and new both answer, so nothing is down.'],
  ['overlap', 'retire-old', 'The new token works.'],
  ['overlap', 'prove-old-gone', 'The new token works.'],
  ['cut-over', 'plan', 'The old token still works.'],
  ['cut-over', 'retire-old', 'The old token may be deleted already;'],
  ['cut-over', 'prove-old-gone', 'The old token is said to be deleted, and that is not proved yet;'],
  ['cut-over', 'create', 'The old token is deleted;'],
] as const)('while %s is at %s it says what works', (mode, name, words) => {
  expect(rotationText.says(at(mode, name))).toContain(words);
});

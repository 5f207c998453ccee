import { expect, test } from 'vitest';
import { isLeftUndone, stepSays } from '../../../../renderer/text/steps.ts';
import type { Rotation, Step } from '../../../../shared/contract/rotation.ts';
import { sampleRotation } from '../../../support/contract-samples.ts';

const step = (state: Step['state']): Step => ({ name: 'deliver', state });
const said = (state: Rotation['state'], of: Step['state']) => stepSays(step(of), sampleRotation({ state }));

test.each(['failed', 'abandoned'] as const)('a step that one that is %s never came to is not done', (state) => {
  for (const of of ['pending', 'waiting'] as const) {
    expect(isLeftUndone(step(of), sampleRotation({ state }))).toBe(true);
    expect(said(state, of)).toBe('Not done.');
  }
  for (const of of ['done', 'skipped', 'failed', 'running'] as const) {
    expect(isLeftUndone(step(of), sampleRotation({ state }))).toBe(false);
    expect(said(state, of)).not.toBe('Not done.');
  }
});

test.each(['planned', 'running', 'waiting', 'needs-attention'] as const)(
  'while it is %s, a step is to come',
  (state) => {
    expect(isLeftUndone(step('pending'), sampleRotation({ state }))).toBe(false);
    expect(said(state, 'pending')).toBe('Puts the new value where it is used.');
  },
);

test('the step at which a backup brought one back waits for nobody who takes a value', () => {
  const waiting = step('waiting');
  expect(stepSays(waiting, sampleRotation({ state: 'needs-attention', decision: 'restored' }))).toBe(
    'It rests until you have looked: see above.',
  );
  expect(stepSays(waiting, sampleRotation({ state: 'waiting' }))).toContain('taken the new value');
});

test('what the core says of a step stands there as a whole sentence', () => {
  const done = (detail: string) => stepSays({ name: 'plan', state: 'done', detail }, sampleRotation());
  expect(done('the old token is listed')).toBe('The old token is listed.');
  expect(done('GET /api/v2/me: 200, the same user')).toBe('GET /api/v2/me: 200, the same user.');
  expect(done('It is gone.')).toBe('It is gone.');
  expect(done('')).toMatch(/\.$/);
});

import { expect, test } from 'vitest';
import { incidentText } from '../../../../renderer/text/job.ts';
import { rotationText } from '../../../../renderer/text/rotation.ts';
import type { Rotation } from '../../../../shared/contract/rotation.ts';
import { sampleRotation } from '../../../support/contract-samples.ts';
import { rotationAt } from '../../../support/rotation-at.ts';

test.each([
  ['overlap', 'plan', 'The old token was not touched.'],
  ['overlap', 'create', 'The old token works.'],
  ['overlap', 'prove-new', 'The old token works; the new one is not proved.'],
  ['overlap', 'deliver', 'Old and new both answer, so nothing is down.'],
  ['overlap', 'retire-old', 'The new token works.'],
  ['overlap', 'prove-old-gone', 'The new token works.'],
  ['cut-over', 'plan', 'The old token was not touched.'],
  ['cut-over', 'retire-old', 'The old token may be deleted already; then nothing works'],
  ['cut-over', 'prove-old-gone', 'The old token is said to be deleted, and that is not proved yet; nothing works'],
  ['cut-over', 'create', 'The old token is deleted; nothing works until the new one is there.'],
  ['cut-over', 'prove-new', 'The old token is deleted; the new one is not proved.'],
  ['cut-over', 'deliver', 'The new token works.'],
] as const)('while %s is at %s it says what works', (mode, name, words) => {
  expect(rotationText.says(rotationAt(name, 'running', { mode }))).toContain(`. ${words}`);
});

test.each<[string, Partial<Rotation>, string]>([
  ['deleted at once', {}, '0.5 s'],
  ['deleted after a time', { retire: '2h' }, '0.5 s'],
  ['deleted once the new value was taken', { retire: 'taken' }, '0.5 s, no outage'],
  ['made by hand, so its value was seen', { byHand: ['create', 'retire-old'] }, '0.5 s, no outage'],
  ['deleted by hand', { byHand: ['retire-old'] }, '0.5 s'],
])('a receipt speaks of an outage only where the new value was there in time: %s', (_what, change, words) => {
  expect(rotationText.overlap(sampleRotation(change), 500)).toBe(words);
});

test('what Rondo itself signs in with is put in place before the old one goes', () => {
  const { steps, ...rest } = sampleRotation();
  const delivered = steps.map((step) => (step.name === 'deliver' ? { ...step, state: 'done' as const } : step));
  expect(rotationText.overlap({ ...rest, steps: delivered }, 500)).toBe('0.5 s, no outage');
});

test('an incident says of both ways what stops, and of none that nothing does', () => {
  for (const { about, risk } of Object.values(incidentText.modes)) {
    expect(risk).toMatch(/is down|stops/);
    expect(about).not.toContain('nothing is down');
  }
});

import { expect, test } from 'vitest';
import { rotationText } from '../../../../renderer/text/rotation.ts';
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

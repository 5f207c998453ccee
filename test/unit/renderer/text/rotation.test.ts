import { expect, test } from 'vitest';
import { incidentText } from '../../../../renderer/text/job.ts';
import { rotationText } from '../../../../renderer/text/rotation.ts';
import type { Rotation } from '../../../../shared/contract/rotation.ts';
import { sampleRotation, sampleToken } from '../../../support/contract-samples.ts';
import { rotationAt } from '../../../support/rotation-at.ts';

const signedOut = { code: 'unauthorized', message: 'No.' } as const;

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
  ['deleted at once after the new one was made by hand', { byHand: ['create'] }, '0.5 s'],
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

test('one that failed says nothing of the old token but that it was not touched', () => {
  const failed = rotationAt('plan', 'failed', { state: 'failed', error: { code: 'not-found', message: 'No.' } });
  expect(rotationText.says(failed)).toBe('It stopped early. Nothing was changed.');
  expect(rotationText.fate(failed, {})).toBe('not touched');
});

test.each<[string, Rotation, string]>([
  ['before anybody looked', rotationAt('plan', 'running'), 'not touched'],
  ['once it was seen', rotationAt('create', 'running'), 'still valid'],
  ['signed out', rotationAt('create', 'failed', { state: 'needs-attention', error: signedOut }), 'not touched'],
  ['given up', rotationAt('create', 'failed', { state: 'abandoned' }), 'not touched'],
  [
    'restored',
    rotationAt('create', 'running', { state: 'needs-attention', decision: 'restored' }),
    'valid when last seen',
  ],
  ['while it is deleted', rotationAt('retire-old', 'running'), 'may be deleted already'],
  ['until that is proved', rotationAt('prove-old-gone', 'running'), 'not proved deleted'],
  ['done', sampleRotation(), 'deleted'],
])('in a word, what became of the old token: %s', (_when, rotation, words) => {
  expect(rotationText.fate(rotation, {})).toBe(words);
});

test.each([
  ['gone', 'not listed any more'],
  ['revoked', 'deleted since'],
  ['expired', 'expired'],
] as const)('an old token that the inventory has as %s is not called valid', (state, words) => {
  const known = { old: sampleToken({ state }) };
  for (const rotation of [
    rotationAt('plan', 'failed', { state: 'failed' }),
    rotationAt('retire-old', 'waiting', { state: 'waiting' }),
    rotationAt('retire-old', 'waiting', { state: 'abandoned' }),
  ]) {
    expect(rotationText.fate(rotation, known)).toBe(words);
  }
  expect(rotationText.fate(sampleRotation(), known), 'its own deletion').toBe('deleted');
});

test('who has the value and not yet the end of it is told of an old token only while that is there', () => {
  expect(rotationText.stillHeldAbout(rotationAt('prove-new', 'failed'))).toMatch(
    /^The old token is still there, until this goes on\. If/,
  );
  expect(rotationText.stillHeldAbout(rotationAt('prove-new', 'failed', { mode: 'cut-over' }))).toMatch(
    /^If you have lost/,
  );
});

test('one that was given up tells what it did, not what holds today', () => {
  const given = (...[name, state, change]: Parameters<typeof rotationAt>) =>
    rotationText.says(rotationAt(name, state, { ...change, state: 'abandoned' }));
  expect(given('create', 'waiting')).toBe('It was given up. The old token was not touched; no new one is known of it.');
  expect(given('retire-old', 'waiting')).toBe(
    'It was given up. The old token was not touched; the new one was left as it is.',
  );
  expect(given('create', 'failed', { mode: 'cut-over' })).toBe(
    'It was given up. The old token is deleted; no new one is known of it.',
  );
  expect(given('prove-old-gone', 'failed')).toContain('The old token is said to be deleted; the new one');
});

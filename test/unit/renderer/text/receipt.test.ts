import { expect, test } from 'vitest';
import { doneSays, proofsSaid, receiptText } from '../../../../renderer/text/receipt.ts';
import type { Proof, Rotation } from '../../../../shared/contract/rotation.ts';
import { proofAbout } from '../../../../shared/proofs-of.ts';
import { sampleRotation } from '../../../support/contract-samples.ts';

test('a receipt says when the old token was due, and when it went', () => {
  const receipt = { old: { id: 'a'.repeat(32) }, new: { id: 'b'.repeat(32), tail: '9b07' }, proofs: [], delivered: [] };
  const done = sampleRotation({ state: 'done', receipt });
  expect(receiptText(done, 'deploy')).not.toContain('due');
  // Without a zone: of the clock on the wall, wherever the test runs.
  const retire = { dueAt: '2026-11-26T12:00:00', doneAt: '2026-11-27T08:05:00' };
  expect(receiptText({ ...done, receipt: { ...receipt, retire } }, 'deploy')).toContain(
    'Old one due Thu 26 Nov 2026, 12:00, deleted Fri 27 Nov 2026, 08:05',
  );
});

const proof = (what: string, ok = true) => ({ what, asked: 'it', answered: 'yes', at: '2026-11-26T12:00:00', ok });
const done = (...proofs: Proof[]): Rotation => {
  const { receipt, ...rest } = sampleRotation();
  return { ...rest, ...(receipt === undefined ? {} : { receipt: { ...receipt, proofs } }) };
};
const listed = proof('the new token is listed');

test.each([
  [
    'both proved',
    [listed, proof('the new token works'), proof('the old token is refused')],
    /works, and the old one is gone\.$/,
  ],
  [
    'by lists alone',
    [listed, proof('the new token works', false), proof('the old token is not listed any more')],
    /^The new token is listed, and the old one is gone\.$/,
  ],
  [
    "by a person's word",
    [proof('the new token works'), proof('the old token is deleted', false)],
    /^The new token works, and the old one is deleted, as a person said\.$/,
  ],
])('that it is done is said by its proofs: %s', (_how, proofs, words) => {
  expect(doneSays(done(...proofs))).toMatch(words);
});

test('how many proofs hold is counted, and nothing is made up about the others', () => {
  expect(proofsSaid(done(listed, proof('the old token is refused')))).toBe('2 of 2 hold');
  expect(proofsSaid(done(listed, proof(proofAbout.noOtherMade, false)))).toBe('1 of 2 hold; see the steps');
  const { receipt: _none, ...open } = sampleRotation({ state: 'needs-attention' });
  expect(proofsSaid({ ...open, proofs: [listed, proof('the new token works', false)] })).toBe('1 of 2 hold');
});

import { expect, test } from 'vitest';
import { receiptText } from '../../../../renderer/text/receipt.ts';
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

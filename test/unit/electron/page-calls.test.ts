import { expect, test } from 'vitest';
import { isForPages } from '../../../main/electron/page-calls.ts';
import { calls } from '../../../shared/contract/contract.ts';

test('a page has every call but those that would take the vault apart', () => {
  const refused = Object.keys(calls).filter((channel) => !isForPages(channel));
  expect(refused.filter((channel) => !channel.startsWith('transfer.'))).toEqual(['vault.make-keychain-key']);
  const transfers = Object.keys(calls).filter((channel) => channel.startsWith('transfer.'));
  expect(transfers.length).toBeGreaterThan(2);
  expect(transfers.filter(isForPages), 'one that comes later is thought about too').toEqual([]);
});

import { expect } from 'vitest';
import type { Vault } from '../../main/vault/vault.ts';
import { passwordBytes } from './temporary-vault.ts';

/** What the vault's mark makes be told at the next unlock, and by verify. */
export async function markTold(vault: Vault) {
  vault.lock();
  const session = await vault.unlock(passwordBytes());
  const { mark } = vault.status();
  const report = session.verify();
  expect(report.mark).toEqual(mark);
  return { mark, ok: report.ok, damaged: report.damaged.map(({ id, reason }) => `${id}: ${reason}`) };
}

/** Where all is as it was left. */
export const nothingTold = { mark: undefined, ok: true, damaged: [] };

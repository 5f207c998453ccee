import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backUp, contentOf, damaged, flipCell, put, repairAll } from '../../support/damaged-vault.ts';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../../support/temporary-vault.ts';

let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

test('what another process writes while it is repaired is not left out: nothing is, and it is said', async () => {
  const hurt = put(opened.session, 'hurt');
  const backups = [backUp(opened)];
  // It had the vault open before the damage, of which it knows nothing.
  const other = vaultIn(opened.vaultDir);
  const session = await other.unlock(passwordBytes());
  const patient = await damaged(opened, (database) => flipCell(database, 'meta', hurt));
  const between = () => {
    put(session, 'in between');
    other.lock();
  };
  expect(() => patient.vault.repair({ ...repairAll, backups, valuesLost: between })).toThrow(
    expect.objectContaining({ code: 'vault-busy', message: expect.stringContaining('Another process wrote') }),
  );
  expect(readdirSync(opened.vaultDir).filter((name) => /replaced|new/.test(name))).toEqual([]);
  await patient.vault.unlock(passwordBytes());
  patient.vault.repair({ ...repairAll, backups });
  const { records } = await contentOf(opened.vaultDir);
  expect([...records.values()].map(({ label }) => label).sort()).toEqual(['hurt', 'in between']);
});

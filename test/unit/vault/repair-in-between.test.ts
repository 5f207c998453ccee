import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
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

test('a file whose head is damaged as well, after the unlock, is repaired all the same', async () => {
  const hurt = put(opened.session, 'hurt');
  const backups = [backUp(opened)];
  const patient = await damaged(opened, (database) => flipCell(database, 'meta', hurt));
  const between = () => {
    const file = openSync(join(opened.vaultDir, 'vault.rondo'), 'r+');
    writeSync(file, Buffer.alloc(16), 0, 16, 0);
    closeSync(file);
  };
  patient.vault.repair({ ...repairAll, backups, valuesLost: between });
  const { records } = await contentOf(opened.vaultDir);
  expect([...records.values()].map(({ label }) => label)).toEqual(['hurt']);
});

test('a file that SQLite opens no more once it was read past it is repaired all the same', async () => {
  const hurt = put(opened.session, 'hurt');
  const backups = [backUp(opened)];
  (await damaged(opened, (database) => flipCell(database, 'meta', hurt))).vault.lock();
  const path = join(opened.vaultDir, 'vault.rondo');
  const write = (bytes: Uint8Array, position: number) => {
    const file = openSync(path, 'r+');
    writeSync(file, bytes, 0, bytes.length, position);
    closeSync(file);
  };
  // One free page more than there is: SQLite cannot follow its own structure, so the file is read past it.
  write(Uint8Array.of(0, 0, 0, 99), 36);
  const patient = await damaged(opened, () => {});
  // The root of what it knows of its tables: whoever opens the file from now on fails.
  write(new Uint8Array(8), 100);
  patient.vault.repair({ ...repairAll, backups });
  const { records } = await contentOf(opened.vaultDir);
  expect([...records.values()].map(({ label }) => label)).toEqual(['hurt']);
});

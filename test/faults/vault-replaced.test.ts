import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passwordBytes, vaultIn } from '../support/temporary-vault.ts';
import { outcomeOf, type Patient, patient } from '../support/vault-surgery.ts';

// Another file takes the vault's name while it is open, as programs do that synchronise or restore a folder.

let vault: Patient;
beforeAll(async () => {
  vault = await patient(6);
});
afterAll(() => vault.dispose());

// Writes without a secret wait in the write-ahead log, which lies beside whatever file has the vault's name.
test.each([0, 1, 20])('an older one is noticed at once and stays whole, with writes in the log: %i', async (writes) => {
  const olderPath = join(vault.copy(), 'vault.rondo');
  const vaultDir = vault.copy();
  const path = join(vaultDir, 'vault.rondo');
  const [id = ''] = vault.records.keys();
  const opened = vaultIn(vaultDir);
  const session = await opened.unlock(passwordBytes());
  session.write((transaction) => transaction.removeRecord(id));
  for (let write = 0; write < writes; write += 1) {
    const entry = { at: '2026-11-25T00:00:00.000Z', actor: 'test', action: `waits ${write}`, outcome: 'ok' } as const;
    session.write((transaction) => transaction.appendLog(entry));
  }
  expect(statSync(`${path}-wal`).size > 0).toBe(writes > 0);
  const older = readFileSync(olderPath);
  renameSync(olderPath, path);
  expect(outcomeOf(() => session.write((transaction) => transaction.removeRecord(id)))).toBe(
    'vault-damaged rolled-back',
  );
  expect(session.damaged).toEqual([{ id: 'manifest', kind: 'manifest', reason: 'was replaced by an older one' }]);
  opened.lock();
  expect(readFileSync(path).equals(older), 'nothing of the newer one is in it').toBe(true);
});

test('where a reader keeps the log of the file before, the older one is not opened before that reader has gone', async () => {
  const olderPath = join(vault.copy(), 'vault.rondo');
  const vaultDir = vault.copy();
  const path = join(vaultDir, 'vault.rondo');
  const opened = vaultIn(vaultDir);
  const session = await opened.unlock(passwordBytes());
  const write = () =>
    session.write((transaction) =>
      transaction.appendLog({ at: '2026-11-25T00:00:00.000Z', actor: 'test', action: 'waits', outcome: 'ok' }),
    );
  write();
  const reader = new Database(path);
  reader.exec('BEGIN; SELECT * FROM record');
  write();
  const older = readFileSync(olderPath);
  renameSync(olderPath, path);
  expect(outcomeOf(write)).toMatch(/^vault-busy/);
  expect(readFileSync(path).equals(older)).toBe(true);
  reader.close();
  expect(outcomeOf(write)).toBe('vault-damaged rolled-back');
  opened.lock();
  expect(readFileSync(path).equals(older)).toBe(true);
});

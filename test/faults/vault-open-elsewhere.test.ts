import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Dispatch } from '../../main/dispatch.ts';
import { expectFailure, expectOk } from '../support/core-pieces.ts';
import { backUp, damaged, flipCell, put, repairAll } from '../support/damaged-vault.ts';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../support/temporary-vault.ts';
import { reachByChildProcess } from '../support/transports.ts';

// What SQLite locks, the system keeps per process: another process has to have the vault open, and to use it as a window does.

const busy = expect.objectContaining({ code: 'vault-busy' });

/** Of another vault. */
let otherBackup: string;
let another: TemporaryVault;
beforeAll(async () => {
  another = await temporaryVault();
  otherBackup = backUp(another).path;
});
afterAll(() => another.dispose());

/** Another process has it open, and was asked everything that looks at the file, while it was opened and since. */
async function openElsewhere(vaultDir: string): Promise<{ lock(): Promise<void> }> {
  const other = reachByChildProcess('core-child', [vaultDir]);
  onTestFinished(() => other.close());
  const ask = async (...[channel, input]: Parameters<Dispatch>) => expectOk(await other.dispatch(channel, input));
  const unlocking = ask('vault.unlock', { password: passwordBytes() });
  await ask('vault.status', {});
  await ask('backup.list', {});
  await unlocking;
  await ask('vault.status', {});
  await ask('vault.unlock', { password: passwordBytes() });
  const foreign = { path: otherBackup, password: passwordBytes(), confirm: 'RESTORE' };
  expect(expectFailure(await other.dispatch('backup.restore', foreign)).code).toBe('invalid-input');
  await ask('vault.verify', {});
  await ask('backup.list', {});
  await ask('inventory.read', {});
  await ask('vault.damage', {});
  return { lock: async () => void (await ask('vault.lock', {})) };
}

/** As open as before: what is written is written to the vault. */
async function expectOpen({ vault, vaultDir }: Pick<TemporaryVault, 'vault' | 'vaultDir'>): Promise<void> {
  expect(vault.status()).toMatchObject({ locked: false });
  expect(vault.status()).not.toHaveProperty('lockedBecause');
  const id = put(vault.session(), 'after the refusal');
  expect(vault.session().record(id)).toBeDefined();
  const fresh = vaultIn(vaultDir);
  expect((await fresh.unlock(passwordBytes())).record(id)).toBeDefined();
  fresh.lock();
}

test.each(['locked', 'open'])(
  'a vault that another process has open, and is %s here, is not replaced by a backup',
  async (is) => {
    using opened = await disposableVault();
    const { vault, vaultDir } = opened;
    put(vault.session(), 'backed up');
    const path = join(vaultDir, 'backup');
    vault.backUp(path, () => {});
    if (is === 'locked') vault.lock();
    const other = await openElsewhere(vaultDir);
    await expect(vault.restore(path, passwordBytes(), () => {})).rejects.toThrow(busy);
    if (is === 'open') await expectOpen(opened);
    await other.lock();
    await vault.restore(path, passwordBytes(), () => {});
    expect(vault.status()).toMatchObject({ locked: true, lockedBecause: 'replaced' });
  },
);

test('a damaged vault that another process has open is not replaced by a repair', async () => {
  using opened = await disposableVault();
  const id = put(opened.vault.session(), 'hurt');
  const patient = await damaged(opened, (database) => flipCell(database, 'meta', id));
  const other = await openElsewhere(opened.vaultDir);
  expect(() => patient.vault.repair({ ...repairAll, backups: [] })).toThrow(busy);
  expect(patient.vault.damage({ ...repairAll, backups: [] }).damaged).toHaveLength(1);
  await other.lock();
  expect(patient.vault.repair({ ...repairAll, backups: [] }).damaged).toHaveLength(1);
  expect(patient.vault.status()).toMatchObject({ locked: true, lockedBecause: 'replaced' });
});

test('also one that was read past SQLite, as its own structure is damaged, is not replaced', async () => {
  using opened = await disposableVault();
  put(opened.vault.session(), 'in a damaged file');
  const path = join(opened.vaultDir, 'backup');
  opened.vault.backUp(path, () => {});
  opened.vault.lock();
  const vaultPath = join(opened.vaultDir, 'vault.rondo');
  const file = readFileSync(vaultPath);
  // How many pages are free (SQLite's file format, 1.3.6): a whole number that is wrong hinders no reading.
  file.writeUInt32BE(file.readUInt32BE(36) + 1, 36);
  writeFileSync(vaultPath, file);
  const other = await openElsewhere(opened.vaultDir);
  await expect(opened.vault.restore(path, passwordBytes(), () => {})).rejects.toThrow(busy);
  await other.lock();
  await opened.vault.restore(path, passwordBytes(), () => {});
});

async function disposableVault() {
  const opened = await temporaryVault();
  return { ...opened, [Symbol.dispose]: () => opened.dispose() };
}

import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Vault } from '../../../main/vault/vault.ts';
import { notes, put } from '../../support/damaged-vault.ts';
import { markTold, nothingTold } from '../../support/mark-told.ts';
import {
  passwordBytes,
  type TemporaryVault,
  temporaryFolder,
  temporaryVault,
  vaultIn,
} from '../../support/temporary-vault.ts';

// The mark that is kept outside the vault's folder as well.

const elsewhere = temporaryFolder();
const marksDir = join(elsewhere.path, 'state', 'marks');
let opened: TemporaryVault;
let vault: Vault;
beforeEach(async () => {
  opened = await temporaryVault();
  rmSync(marksDir, { recursive: true, force: true });
  opened.vault.lock();
  vault = vaultIn(opened.vaultDir, { marksDir });
});
afterEach(() => {
  vault.lock();
  opened.dispose();
});
afterAll(() => elsewhere.dispose());

async function write(label: string): Promise<number> {
  const session = await vault.unlock(passwordBytes());
  put(session, label);
  const sequence = session.sequence();
  vault.lock();
  return sequence;
}

/** The whole folder of an earlier moment, with the mark in it. */
async function folderRolledBack() {
  const sequence = await write('before');
  const copyDir = join(elsewhere.path, 'copy');
  cpSync(opened.vaultDir, copyDir, { recursive: true });
  const seen = await write('after');
  rmSync(opened.vaultDir, { recursive: true });
  cpSync(copyDir, opened.vaultDir, { recursive: true });
  rmSync(copyDir, { recursive: true });
  return { finding: 'rolled-back', sequence, seen } as const;
}

test('it tells of an older copy of the whole folder, which nothing inside the folder can', async () => {
  const finding = await folderRolledBack();
  expect((await markTold(vaultIn(opened.vaultDir))).mark, 'without it').toBeUndefined();
  expect(await markTold(vault)).toMatchObject({ mark: finding, ok: false });
  expect((await vault.unlock(passwordBytes())).damaged, 'and hinders nothing').toEqual([]);
});

test('an older copy that was written to until it has come as far is told no more', async () => {
  const { seen } = await folderRolledBack();
  expect(await write('goes on')).toBe(seen);
  expect((await markTold(vault)).mark).toBeUndefined();
});

test('a repair accepts it', async () => {
  await folderRolledBack();
  await vault.unlock(passwordBytes());
  vault.repair({ ...notes, backups: [], confirm: 'REPAIR' });
  expect(await markTold(vault)).toEqual(nothingTold);
});

test('an older copy from before new keys is told too', async () => {
  await write('before');
  const copyDir = join(elsewhere.path, 'copy');
  cpSync(opened.vaultDir, copyDir, { recursive: true });
  await vault.unlock(passwordBytes());
  await vault.reKey(passwordBytes(), []);
  rmSync(opened.vaultDir, { recursive: true });
  cpSync(copyDir, opened.vaultDir, { recursive: true });
  rmSync(copyDir, { recursive: true });
  const found = await markTold(vault);
  expect(found.mark).toMatchObject({ finding: 'rolled-back' });
  expect(found.mark).not.toHaveProperty('seen');
});

test('a whole copy that a newer vault left stays, until the vault is no older one any more', async () => {
  await folderRolledBack();
  const copy = join(opened.vaultDir, 'vault.rondo.before-password-change-0123456789ab');
  writeFileSync(copy, 'what came after the older copy');
  await vault.unlock(passwordBytes());
  expect(existsSync(copy)).toBe(true);
  vault.repair({ ...notes, backups: [], confirm: 'REPAIR' });
  vault.lock();
  await vault.unlock(passwordBytes());
  expect(existsSync(copy)).toBe(false);
});

test('a restore on purpose is not told', async () => {
  const path = join(elsewhere.path, 'backup');
  put(await vault.unlock(passwordBytes()), 'before');
  vault.backUp(path, () => {});
  for (const label of ['a', 'b', 'c']) put(vault.session(), label);
  await vault.restore(path, passwordBytes(), () => {});
  expect(await markTold(vault)).toEqual(nothingTold);
});

test('a folder of marks that does not answer hinders no restore, and no older copy from being accepted', async () => {
  const path = join(elsewhere.path, 'backup of another time');
  put(await vault.unlock(passwordBytes()), 'before');
  vault.backUp(path, () => {});
  put(vault.session(), 'after');
  vault.lock();
  rmSync(marksDir, { recursive: true });
  // A link to itself: whatever is asked of it fails.
  symlinkSync(marksDir, marksDir);
  cpSync(path, join(opened.vaultDir, 'vault.rondo'));
  await vault.unlock(passwordBytes());
  vault.repair({ ...notes, backups: [], confirm: 'REPAIR' });
  expect(await markTold(vault)).toEqual(nothingTold);
  await vault.restore(path, passwordBytes(), () => {});
  rmSync(marksDir);
  expect(await markTold(vault)).toEqual(nothingTold);
});

test('of a vault that was moved, or whose outer mark cannot be read or written, nothing is told', async () => {
  await write('one');
  const [name = ''] = readdirSync(marksDir);
  writeFileSync(join(marksDir, name), 'spoilt');
  expect(await markTold(vault)).toEqual(nothingTold);
  rmSync(marksDir, { recursive: true });
  writeFileSync(marksDir, 'a file is in the way');
  await write('two');
  expect(await markTold(vault)).toEqual(nothingTold);
  rmSync(marksDir);
  expect(await markTold(vault)).toEqual(nothingTold);
});

test('a copy of the vault in another folder has a mark of its own', async () => {
  const copyDir = join(elsewhere.path, 'another');
  await write('one');
  cpSync(opened.vaultDir, copyDir, { recursive: true });
  await write('two');
  const other = vaultIn(copyDir, { marksDir });
  expect(await markTold(other)).toEqual(nothingTold);
  other.lock();
  expect(readdirSync(marksDir)).toHaveLength(2);
});

test('its file says neither whose it is nor where the vault is', async () => {
  await write('one');
  const [name = ''] = readdirSync(marksDir);
  expect(name).toMatch(/^[0-9a-f]{32}\.mark$/);
  expect(readFileSync(join(marksDir, name)).toString('latin1')).not.toContain(opened.vaultDir);
});

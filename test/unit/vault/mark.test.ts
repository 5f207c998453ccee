import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VaultTransaction } from '../../../main/vault/vault.ts';
import { damaged, flipCell, notes, put, repairAll } from '../../support/damaged-vault.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type DiskCall, intercept } from '../../support/intercept.ts';
import { markTold, nothingTold } from '../../support/mark-told.ts';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../../support/temporary-vault.ts';
import { operate } from '../../support/vault-surgery.ts';

let opened: TemporaryVault;
let vaultPath: string;
let markPath: string;
beforeEach(async () => {
  opened = await temporaryVault();
  vaultPath = join(opened.vaultDir, 'vault.rondo');
  markPath = `${vaultPath}.mark`;
});
afterEach(() => opened.dispose());

/** Puts the vault of an earlier moment in its place, as a program that synchronises folders may. */
async function rolledBack(): Promise<{ readonly sequence: number; readonly seen: number }> {
  put(opened.session, 'before');
  const sequence = opened.session.sequence();
  opened.vault.lock();
  copyFileSync(vaultPath, `${vaultPath}.copy`);
  const session = await opened.vault.unlock(passwordBytes());
  put(session, 'after');
  const seen = session.sequence();
  opened.vault.lock();
  copyFileSync(`${vaultPath}.copy`, vaultPath);
  return { sequence, seen };
}

test('of a vault that goes on there is nothing to tell, whoever writes it', async () => {
  expect(await markTold(opened.vault)).toEqual(nothingTold);
  put(await opened.vault.unlock(passwordBytes()), 'one');
  expect(await markTold(opened.vault)).toEqual(nothingTold);
  const other = vaultIn(opened.vaultDir);
  put(await other.unlock(passwordBytes()), 'by another');
  other.lock();
  expect(await markTold(opened.vault)).toEqual(nothingTold);
});

test('an older copy in its place is told with both numbers, and hinders nothing', async () => {
  const { sequence, seen } = await rolledBack();
  expect(seen).toBeGreaterThan(sequence);
  const found = await markTold(opened.vault);
  expect(found).toEqual({
    mark: { finding: 'rolled-back', sequence, seen },
    ok: false,
    damaged: [expect.stringContaining(`the vault is at ${sequence} and was at ${seen}`)],
  });
  expect(await markTold(opened.vault), 'until it is accepted').toEqual(found);
  const session = await opened.vault.unlock(passwordBytes());
  expect(session.damaged).toEqual([]);
  expect(session.records('note')).toHaveLength(1);
});

test('is accepted by a repair, which changes nothing but that open rotations hear of it', async () => {
  await rolledBack();
  const session = await opened.vault.unlock(passwordBytes());
  expect(opened.vault.damage({ ...notes, backups: [] })).toMatchObject({
    damaged: [{ id: 'vault.rondo.mark', remedy: 'accepted' }],
  });
  const [id] = session.records('note').map((record) => record.id);
  const rotation = session.newId();
  const restored = (transaction: VaultTransaction) => transaction.putJournal(rotation, { step: 'create' });
  const wanted = { ...notes, restored, backups: [], confirm: 'REPAIR' };
  expect(opened.vault.repair(wanted)).not.toHaveProperty('kept');
  expect(await markTold(opened.vault)).toEqual(nothingTold);
  expect(opened.vault.session().journal().get(rotation)).toEqual({ step: 'create' });
  expect(opened.vault.session().record(id ?? '')).toBeDefined();
  expect(opened.vault.session().log().at(-1)).toMatchObject({ action: 'vault.repaired' });
});

test('of an older copy that is damaged as well, open rotations hear too', async () => {
  await rolledBack();
  const session = await opened.vault.unlock(passwordBytes());
  const [id = ''] = session.records('note').map((record) => record.id);
  const rotation = session.newId();
  opened.vault.lock();
  operate(opened.vaultDir, (database) => flipCell(database, 'meta', id));
  await opened.vault.unlock(passwordBytes());
  const restored = (transaction: VaultTransaction) => transaction.putJournal(rotation, { step: 'create' });
  opened.vault.repair({ ...repairAll, restored, backups: [] });
  const repaired = await opened.vault.unlock(passwordBytes());
  expect(repaired.journal().get(rotation)).toEqual({ step: 'create' });
});

test('is not told after a backup was restored on purpose', async () => {
  put(opened.session, 'before');
  const path = join(opened.vaultDir, 'backup');
  opened.vault.backUp(path, () => {});
  for (const label of ['a', 'b', 'c']) put(opened.session, label);
  await opened.vault.restore(path, passwordBytes(), () => {});
  expect(await markTold(opened.vault)).toEqual(nothingTold);
});

test('stays as it was where a restore is refused, and is not lowered for nothing', async () => {
  put(opened.session, 'before');
  const path = join(opened.vaultDir, 'backup');
  opened.vault.backUp(path, () => {});
  for (const label of ['a', 'b', 'c']) put(opened.session, label);
  opened.vault.lock();
  const before = readFileSync(markPath);
  const other = vaultIn(opened.vaultDir);
  await other.unlock(passwordBytes());
  await expect(opened.vault.restore(path, passwordBytes(), () => {})).rejects.toMatchObject({ code: 'vault-busy' });
  expect(readFileSync(markPath)).toEqual(before);
  other.lock();
});

test('stays as it was, with no second name of the vault, where the disk fails at the end of a restore', async () => {
  put(opened.session, 'before');
  const copyPath = join(opened.vaultDir, 'copy.rondo');
  opened.vault.backUp(copyPath, () => {});
  put(opened.session, 'after');
  const seen = opened.session.sequence();
  opened.vault.lock();
  const [marked, names] = [readFileSync(markPath), readdirSync(opened.vaultDir).sort()];
  const failing = [
    (call: DiskCall) => call.name === 'renameSync' && call.parameters[1] === vaultPath,
    (call: DiskCall) => call.name === 'linkSync' && String(call.parameters[1]).endsWith('.header'),
    (call: DiskCall) => call.name === 'renameSync' && call.parameters[1] === markPath,
  ];
  for (const fails of failing) {
    const stop = intercept((call, run) => {
      if (fails(call)) throw Object.assign(new Error('the disk failed'), { code: 'EIO' });
      return run();
    });
    await expect(opened.vault.restore(copyPath, passwordBytes(), () => {}).finally(stop)).rejects.toMatchObject({
      code: 'storage',
    });
    expect(readFileSync(markPath).equals(marked)).toBe(true);
    expect(readdirSync(opened.vaultDir).sort()).toEqual(names);
  }
  copyFileSync(copyPath, vaultPath);
  expect((await markTold(opened.vault)).mark).toMatchObject({ finding: 'rolled-back', seen });
});

test('that cannot be written does not undo a repair, nor make it tell something else', async () => {
  const id = put(opened.session, 'hurt');
  const { vault } = await damaged(opened, (database) => flipCell(database, 'meta', id));
  rmSync(markPath);
  mkdirSync(join(markPath, 'in-the-way'), { recursive: true });
  expect(vault.repair({ ...repairAll, backups: [] })).toHaveProperty('kept');
  expect(await markTold(opened.vault)).toMatchObject({ mark: { finding: 'missing' }, ok: true });
});

test.each([
  ['missing', () => rmSync(markPath)],
  ['unreadable', () => writeFileSync(markPath, readFileSync(markPath).fill(7, 60, 70))],
  ['unreadable', () => writeFileSync(markPath, '')],
] as const)(
  'a file that is %s is said so, is no damage, and is there again after the next lock',
  async (finding, spoil) => {
    opened.vault.lock();
    spoil();
    const session = await opened.vault.unlock(passwordBytes());
    const sequence = session.sequence();
    expect(opened.vault.status().mark).toEqual({ finding, sequence });
    expect(session.verify()).toMatchObject({ ok: true, damaged: [], mark: { finding } });
    put(session, 'goes on');
    expect(await markTold(opened.vault)).toEqual(nothingTold);
  },
);

test('the mark of another vault is not this one’s', async () => {
  const other = await temporaryVault();
  for (const label of ['a', 'b', 'c', 'd']) put(other.session, label);
  other.vault.lock();
  opened.vault.lock();
  copyFileSync(join(other.vaultDir, 'vault.rondo.mark'), markPath);
  other.dispose();
  expect((await markTold(opened.vault)).mark).toMatchObject({ finding: 'unreadable' });
});

test('is written at most once a minute while the vault is open', async () => {
  const clock = fakeClock();
  const vault = vaultIn(opened.vaultDir, { clock });
  const session = await vault.unlock(passwordBytes());
  const before = readFileSync(markPath);
  put(session, 'at once');
  expect(readFileSync(markPath)).toEqual(before);
  clock.advance(60_000);
  put(session, 'a minute later');
  const written = readFileSync(markPath);
  expect(written).not.toEqual(before);
  put(session, 'right after');
  expect(readFileSync(markPath)).toEqual(written);
  vault.lock();
});

test('where it cannot be written, everything else goes on', async () => {
  opened.vault.lock();
  rmSync(markPath);
  mkdirSync(join(markPath, 'in-the-way'), { recursive: true });
  const session = await opened.vault.unlock(passwordBytes());
  put(session, 'goes on');
  expect((await markTold(opened.vault)).mark).toMatchObject({ finding: 'missing' });
});

test('where the manifest does not open there is no number, and nothing is told of it', async () => {
  put(opened.session, 'a');
  opened.vault.lock();
  const before = readFileSync(markPath);
  operate(opened.vaultDir, (database) => database.prepare('UPDATE manifest SET manifest = ?').run(Buffer.alloc(9)));
  await opened.vault.unlock(passwordBytes());
  expect(opened.vault.status().mark).toBeUndefined();
  opened.vault.lock();
  expect(readFileSync(markPath)).toEqual(before);
});

import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Vault, VaultTransaction } from '../../../main/vault/vault.ts';
import { damaged, flipCell, notes, put, repairAll } from '../../support/damaged-vault.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import {
  passwordBytes,
  type TemporaryVault,
  temporaryFolder,
  temporaryVault,
  vaultIn,
} from '../../support/temporary-vault.ts';
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

/** What is told at the next unlock, and by verify. */
async function told(vault: Vault = opened.vault) {
  vault.lock();
  const session = await vault.unlock(passwordBytes());
  const { mark } = vault.status();
  const report = session.verify();
  expect(report.mark).toEqual(mark);
  return { mark, ok: report.ok, damaged: report.damaged.map(({ id, reason }) => `${id}: ${reason}`) };
}

const nothing = { mark: undefined, ok: true, damaged: [] };

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
  expect(await told()).toEqual(nothing);
  put(await opened.vault.unlock(passwordBytes()), 'one');
  expect(await told()).toEqual(nothing);
  const other = vaultIn(opened.vaultDir);
  put(await other.unlock(passwordBytes()), 'by another');
  other.lock();
  expect(await told()).toEqual(nothing);
});

test('an older copy in its place is told with both numbers, and hinders nothing', async () => {
  const { sequence, seen } = await rolledBack();
  expect(seen).toBeGreaterThan(sequence);
  const found = await told();
  expect(found).toEqual({
    mark: { finding: 'rolled-back', sequence, seen },
    ok: false,
    damaged: [expect.stringContaining(`the vault is at ${sequence} and was at ${seen}`)],
  });
  expect(await told(), 'until it is accepted').toEqual(found);
  const session = await opened.vault.unlock(passwordBytes());
  expect(session.damaged).toEqual([]);
  expect(session.records('note')).toHaveLength(1);
});

test('is accepted by a repair, which changes nothing but that open rotations hear of it', async () => {
  await rolledBack();
  const session = await opened.vault.unlock(passwordBytes());
  expect(opened.vault.damage([])).toMatchObject({ damaged: [{ id: 'vault.rondo.mark', remedy: 'accepted' }] });
  const [id] = session.records('note').map((record) => record.id);
  const rotation = session.newId();
  const restored = (transaction: VaultTransaction) => transaction.putJournal(rotation, { step: 'create' });
  const wanted = { ...notes, restored, backups: [], confirm: 'REPAIR' };
  expect(opened.vault.repair(wanted)).not.toHaveProperty('kept');
  expect(await told()).toEqual(nothing);
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
  expect(await told()).toEqual(nothing);
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

test('that cannot be written does not undo a repair, nor make it tell something else', async () => {
  const id = put(opened.session, 'hurt');
  const { vault } = await damaged(opened, (database) => flipCell(database, 'meta', id));
  rmSync(markPath);
  mkdirSync(join(markPath, 'in-the-way'), { recursive: true });
  expect(vault.repair({ ...repairAll, backups: [] })).toHaveProperty('kept');
  expect(await told()).toMatchObject({ mark: { finding: 'missing' }, ok: true });
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
    expect(await told()).toEqual(nothing);
  },
);

test('the mark of another vault is not this one’s', async () => {
  const other = await temporaryVault();
  for (const label of ['a', 'b', 'c', 'd']) put(other.session, label);
  other.vault.lock();
  opened.vault.lock();
  copyFileSync(join(other.vaultDir, 'vault.rondo.mark'), markPath);
  other.dispose();
  expect((await told()).mark).toMatchObject({ finding: 'unreadable' });
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
  expect((await told()).mark).toMatchObject({ finding: 'missing' });
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

describe('kept outside the folder as well', () => {
  const elsewhere = temporaryFolder();
  const marksDir = join(elsewhere.path, 'state', 'marks');
  let vault: Vault;
  beforeEach(() => {
    rmSync(marksDir, { recursive: true, force: true });
    opened.vault.lock();
    vault = vaultIn(opened.vaultDir, { marksDir });
  });
  afterEach(() => vault.lock());
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
    expect((await told(vaultIn(opened.vaultDir))).mark, 'without it').toBeUndefined();
    expect(await told(vault)).toMatchObject({ mark: finding, ok: false });
    expect((await vault.unlock(passwordBytes())).damaged, 'and hinders nothing').toEqual([]);
  });

  test('an older copy that was written to until it has come as far is told no more', async () => {
    const { seen } = await folderRolledBack();
    expect(await write('goes on')).toBe(seen);
    expect((await told(vault)).mark).toBeUndefined();
  });

  test('a repair accepts it', async () => {
    await folderRolledBack();
    await vault.unlock(passwordBytes());
    vault.repair({ ...notes, backups: [], confirm: 'REPAIR' });
    expect(await told(vault)).toEqual(nothing);
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
    const found = await told(vault);
    expect(found.mark).toMatchObject({ finding: 'rolled-back' });
    expect(found.mark).not.toHaveProperty('seen');
  });

  test('a restore on purpose is not told', async () => {
    const path = join(elsewhere.path, 'backup');
    put(await vault.unlock(passwordBytes()), 'before');
    vault.backUp(path, () => {});
    for (const label of ['a', 'b', 'c']) put(vault.session(), label);
    await vault.restore(path, passwordBytes(), () => {});
    expect(await told(vault)).toEqual(nothing);
  });

  test('of a vault that was moved, or whose outer mark cannot be read or written, nothing is told', async () => {
    await write('one');
    const [name = ''] = readdirSync(marksDir);
    writeFileSync(join(marksDir, name), 'spoilt');
    expect(await told(vault)).toEqual(nothing);
    rmSync(marksDir, { recursive: true });
    writeFileSync(marksDir, 'a file is in the way');
    await write('two');
    expect(await told(vault)).toEqual(nothing);
    rmSync(marksDir);
    expect(await told(vault)).toEqual(nothing);
  });

  test('a copy of the vault in another folder has a mark of its own', async () => {
    const copyDir = join(elsewhere.path, 'another');
    await write('one');
    cpSync(opened.vaultDir, copyDir, { recursive: true });
    await write('two');
    const other = vaultIn(copyDir, { marksDir });
    expect(await told(other)).toEqual(nothing);
    other.lock();
    expect(readdirSync(marksDir)).toHaveLength(2);
  });

  test('its file says neither whose it is nor where the vault is', async () => {
    await write('one');
    const [name = ''] = readdirSync(marksDir);
    expect(name).toMatch(/^[0-9a-f]{32}\.mark$/);
    expect(readFileSync(join(marksDir, name)).toString('latin1')).not.toContain(opened.vaultDir);
  });
});

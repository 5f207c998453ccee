import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { about, backUp, contentOf, damaged, flip, notes, put, repairAll } from '../../support/damaged-vault.ts';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../../support/temporary-vault.ts';
import { carved } from '../../support/values-to-repair.ts';
import { operate } from '../../support/vault-surgery.ts';

let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

/** The locked vault's file as it is, whatever is wrong with it. */
function backUpFrom(vaultDir: string) {
  const path = join(vaultDir, 'as-it-is');
  cpSync(join(vaultDir, 'vault.rondo'), path);
  return { path, createdAt: '2026-11-25T00:00:00.000Z' };
}

describe('the audit chain', () => {
  const entry = (database: Database.Database, number: number) =>
    database.prepare('SELECT entry FROM log WHERE number = ?').pluck().get(number) as Buffer;
  const hurt = (database: Database.Database, number: number) =>
    database.prepare('UPDATE log SET entry = ? WHERE number = ?').run(flip(entry(database, number)), number);

  test('gets an entry back as it was sealed, and stays the same chain', async () => {
    for (const label of ['a', 'b', 'c']) put(opened.session, label);
    const backups = [backUp(opened)];
    put(opened.session, 'd');
    const hashes = opened.session.log().map(({ hash }) => hash);
    const patient = await damaged(opened, (database) => hurt(database, 2));
    expect(about(patient.vault.damage({ ...notes, backups }).damaged)).toEqual([
      { id: 'log 2', kind: 'log', remedy: 'from-backup' },
    ]);
    patient.vault.repair({ ...notes, backups, confirm: 'REPAIR' });
    const { log } = await contentOf(opened.vaultDir);
    expect(log).toEqual(['put a', 'put b', 'put c', 'put d', 'vault.repaired']);
    const session = await opened.vault.unlock(passwordBytes());
    expect(session.log().map(({ hash }) => hash)).toEqual([...hashes, expect.any(String)]);
  });

  test('is chained anew where an entry is lost for good, and says so and how it ended before', async () => {
    for (const label of ['a', 'b', 'c']) put(opened.session, label);
    const end = opened.session.log().at(-1)?.hash;
    const patient = await damaged(opened, (database) => hurt(database, 2));
    expect(about(patient.vault.damage({ ...notes, backups: [] }).damaged)).toEqual([
      { id: 'log 2', kind: 'log', remedy: 'set-aside' },
    ]);
    patient.vault.repair({ ...repairAll, backups: [] });
    const { log, last } = await contentOf(opened.vaultDir);
    expect(log).toEqual(['put a', 'put c', 'vault.repaired']);
    expect(last?.detail).toContain('set aside log 2');
    expect(last?.detail).toContain(`log before: ${end}`);
  });

  describe('in which another entry that opens stands in the place of one', () => {
    /** Beside `put b`, of a copy that went its own way. */
    let foreign: Uint8Array;
    let backups: ReturnType<typeof backUp>[];
    beforeEach(async () => {
      put(opened.session, 'a');
      const other = join(opened.vaultDir, 'other');
      opened.vault.lock();
      mkdirSync(other);
      cpSync(join(opened.vaultDir, 'vault.rondo'), join(other, 'vault.rondo'));
      const session = await opened.vault.unlock(passwordBytes());
      for (const label of ['b', 'c']) put(session, label);
      backups = [backUp(opened)];
      const elsewhere = vaultIn(other);
      put(await elsewhere.unlock(passwordBytes()), 'x');
      elsewhere.lock();
      operate(other, (database) => {
        foreign = entry(database, 2);
      });
    });
    const swap = () =>
      damaged(opened, (database) => database.prepare('UPDATE log SET entry = ? WHERE number = 2').run(foreign));

    test('calls one of the two lost, nothing proved, and keeps both only by the word', async () => {
      const patient = await swap();
      const report = patient.vault.damage({ ...notes, backups: [] });
      expect(about(report.damaged)).toEqual([{ id: 'log 3', kind: 'log', remedy: 'set-aside' }]);
      expect(report.proven).toBe(false);
      const ofFile = await carved(opened, []);
      expect(ofFile.damaged).toEqual([
        { id: 'log 3', kind: 'log', reason: 'is changed or out of order', remedy: 'set-aside' },
      ]);
      expect(ofFile.proven).toBe(false);
      expect(() => patient.vault.repair({ ...notes, backups: [], confirm: 'REPAIR' })).toThrow('as they last were');
      patient.vault.repair({ ...repairAll, backups: [] });
      const { log, last } = await contentOf(opened.vaultDir);
      expect(log).toEqual(['put a', 'put x', 'put c', 'vault.repaired']);
      expect(last?.detail).toMatch(/^log before: [0-9a-f]{64}; log set-aside: 1; set aside log 3$/);
    });

    test('gets the one back from which the chain reaches the head of the manifest', async () => {
      const patient = await swap();
      const report = patient.vault.damage({ ...notes, backups });
      expect(about(report.damaged)).toEqual([
        { id: 'log 3', kind: 'log', remedy: 'made-anew' },
        { id: 'log 2', kind: 'log', remedy: 'from-backup' },
      ]);
      expect(report.proven).toBe(true);
      patient.vault.repair({ ...notes, backups, confirm: 'REPAIR' });
      expect((await contentOf(opened.vaultDir)).log).toEqual(['put a', 'put b', 'put c', 'vault.repaired']);
    });

    test('takes none from a backup that the head does not prove', async () => {
      await swap();
      const other = backUpFrom(opened.vaultDir);
      const patient = await damaged(opened, (database) => database.prepare('DELETE FROM log WHERE number = 2').run());
      expect(about(patient.vault.damage({ ...notes, backups: [other] }).damaged)).toContainEqual(
        expect.objectContaining({ id: 'log 2', remedy: 'set-aside' }),
      );
      expect(about(patient.vault.damage({ ...notes, backups: [other, ...backups] }).damaged)).toContainEqual(
        expect.objectContaining({ id: 'log 2', remedy: 'from-backup' }),
      );
    });
  });

  test('that was cut short gets its end back', async () => {
    for (const label of ['a', 'b', 'c']) put(opened.session, label);
    const backups = [backUp(opened)];
    const patient = await damaged(opened, (database) => database.prepare('DELETE FROM log WHERE number > 1').run());
    expect(about(patient.vault.damage({ ...notes, backups }).damaged)).toEqual(
      expect.arrayContaining([2, 3].map((number) => ({ id: `log ${number}`, kind: 'log', remedy: 'from-backup' }))),
    );
    patient.vault.repair({ ...notes, backups, confirm: 'REPAIR' });
    expect((await contentOf(opened.vaultDir)).log).toEqual(['put a', 'put b', 'put c', 'vault.repaired']);
  });
});

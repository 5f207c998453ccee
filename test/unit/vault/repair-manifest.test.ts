import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { about, backUp, contentOf, damaged, notes, put } from '../../support/damaged-vault.ts';
import { passwordBytes, type TemporaryVault, temporaryVault } from '../../support/temporary-vault.ts';
import { operate } from '../../support/vault-surgery.ts';

// What a repair makes of a manifest that does not speak of the rows that are there.

let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

describe('a manifest that is older than what it speaks of', () => {
  /** As it stands now, for putting it back later. */
  function manifestNow(): Buffer {
    let blob: unknown;
    operate(opened.vaultDir, (database) => {
      blob = database.prepare('SELECT manifest FROM manifest').pluck().get();
    });
    return blob as Buffer;
  }
  const putBack = (manifest: Buffer) => (database: Database.Database) =>
    database.prepare('UPDATE manifest SET manifest = ?').run(manifest);

  test('proves nothing: what was written since then stays, although a backup has what it knew', async () => {
    const [id, other] = [put(opened.session, 'older'), put(opened.session, 'other')];
    const old = manifestNow();
    const backups = [backUp(opened)];
    put(opened.session, 'newer', id);
    const patient = await damaged(opened, putBack(old));
    const report = patient.vault.damage({ ...notes, backups });
    expect(report.proven).toBe(false);
    expect(report.damaged.map(({ id, reason, remedy }) => `${id} ${reason}: ${remedy}`)).toEqual([
      'manifest is older than the entries: accepted',
      'manifest is older than the log: accepted',
      'manifest entries are older than they should be: accepted',
      'log 3 is missing, changed or out of order: accepted',
      expect.stringMatching(/^vault\.rondo\.mark .*: accepted$/),
    ]);
    patient.vault.repair({ ...notes, backups, confirm: 'REPAIR' });
    const { records, log, last } = await contentOf(opened.vaultDir);
    expect(records.get(id)).toEqual({ label: 'newer', value: 'value of newer' });
    expect(records.get(other)?.label).toBe('other');
    expect(log).toEqual(['put older', 'put other', 'put newer', 'vault.repaired']);
    expect(last?.detail).toMatch(/; manifest accepted: 1; log accepted: 1; file accepted: 1$/);
  });

  test('misses nothing either: what was deleted since then does not come back', async () => {
    const [id, deleted] = [put(opened.session, 'stays'), put(opened.session, 'deleted')];
    const old = manifestNow();
    const backups = [backUp(opened)];
    opened.session.write((transaction) => {
      transaction.removeRecord(deleted);
      transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'test', action: 'deleted', outcome: 'ok' });
    });
    const patient = await damaged(opened, putBack(old));
    expect(patient.vault.damage({ ...notes, backups }).proven, 'only the log is newer').toBe(false);
    patient.vault.repair({ ...notes, backups, confirm: 'REPAIR' });
    expect([...(await contentOf(opened.vaultDir)).records.keys()]).toEqual([id]);
  });
});

describe('a manifest that speaks of other rows', () => {
  test('proves which are missing: what was deleted does not come back', async () => {
    const ids = ['a', 'b', 'c', 'd'].map((label) => put(opened.session, label));
    const [a = '', b = '', c = ''] = ids;
    const backups = [backUp(opened)];
    opened.session.write((transaction) => transaction.removeRecord(c));
    const patient = await damaged(opened, (database) => {
      for (const id of [a, b]) database.prepare('DELETE FROM record WHERE id = ?').run(Buffer.from(id, 'hex'));
    });
    const report = patient.vault.damage({ ...notes, backups });
    expect(report.proven).toBe(true);
    expect(report.damaged).toEqual(
      expect.arrayContaining(
        [a, b].map((id) => expect.objectContaining({ id, reason: 'is missing', remedy: 'from-backup' })),
      ),
    );
    expect(report.damaged).toHaveLength(3);
    patient.vault.repair({ ...notes, backups, confirm: 'REPAIR' });
    expect([...(await contentOf(opened.vaultDir)).records.keys()].sort()).toEqual(ids.filter((id) => id !== c).sort());
  });

  test('proves which is older, and the backup of the newer form gives it back', async () => {
    const id = put(opened.session, 'older');
    const old: Buffer[] = [];
    opened.vault.lock();
    operate(opened.vaultDir, (database) => {
      const row = database.prepare('SELECT meta, secret FROM record').raw().get() as Buffer[];
      old.push(...row);
    });
    await opened.vault.unlock(passwordBytes());
    opened = { ...opened, session: opened.vault.session() };
    put(opened.session, 'newer', id);
    const backups = [backUp(opened)];
    const patient = await damaged(opened, (database) =>
      database.prepare('UPDATE record SET meta = ?, secret = ?').run(old[0], old[1]),
    );
    expect(patient.vault.session().record(id)?.meta).toEqual({ label: 'older' });
    expect(patient.vault.damage({ ...notes, backups })).toMatchObject({
      damaged: [
        { kind: 'manifest', remedy: 'made-anew' },
        { id, reason: 'is older than it should be', remedy: 'from-backup' },
      ],
      proven: true,
    });
    patient.vault.repair({ ...notes, backups, confirm: 'REPAIR' });
    expect((await contentOf(opened.vaultDir)).records.get(id)).toEqual({ label: 'newer', value: 'value of newer' });
  });

  test('of which nothing can be proved is accepted, and what no backup has stays away', async () => {
    const [lost, stays] = [put(opened.session, 'lost'), put(opened.session, 'stays')];
    const patient = await damaged(opened, (database) =>
      database.prepare('DELETE FROM record WHERE id = ?').run(Buffer.from(lost, 'hex')),
    );
    expect(about(patient.vault.damage({ ...notes, backups: [] }).damaged)).toEqual([
      { id: 'manifest', kind: 'manifest', remedy: 'accepted' },
    ]);
    patient.vault.repair({ ...notes, backups: [], confirm: 'REPAIR' });
    expect([...(await contentOf(opened.vaultDir)).records.keys()]).toEqual([stays]);
  });

  test('and does not open is made anew, over everything that is there', async () => {
    const id = put(opened.session, 'there');
    const patient = await damaged(opened, (database) =>
      database.prepare('UPDATE manifest SET manifest = ?').run(Buffer.alloc(9)),
    );
    expect(patient.vault.damage({ ...notes, backups: [] }).damaged).toMatchObject([
      { kind: 'manifest', remedy: 'accepted' },
    ]);
    patient.vault.repair({ ...notes, backups: [], confirm: 'REPAIR' });
    expect([...(await contentOf(opened.vaultDir)).records.keys()]).toEqual([id]);
  });
});

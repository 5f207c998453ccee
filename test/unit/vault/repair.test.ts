import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Id } from '../../../shared/ids.ts';
import { about, backUp, contentOf, damaged, flipCell, notes, put, repairAll } from '../../support/damaged-vault.ts';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../../support/temporary-vault.ts';

let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

describe('a record that does not open', () => {
  test('comes back from the newest backup that has it, and the damaged file is kept as it was', async () => {
    const [hurt, other] = [put(opened.session, 'hurt'), put(opened.session, 'other')];
    const older = backUp(opened);
    const newer = backUp(opened);
    put(opened.session, 'since then');
    const patient = await damaged(opened, (database) => flipCell(database, 'meta', hurt));
    const backups = [newer, older];
    expect(patient.vault.session().record(other)).toBeDefined();
    const report = patient.vault.damage({ ...notes, backups });
    expect(report).toEqual({
      damaged: [
        { id: hurt, kind: 'record', reason: 'does not open', recordKind: 'note', remedy: 'from-backup', backup: newer },
      ],
      proven: true,
    });
    expect(patient.isUntouched()).toBe(true);
    const { kept = '', ...repaired } = patient.vault.repair({ ...notes, backups, confirm: 'REPAIR' });
    expect(repaired).toEqual(report);
    expect(readFileSync(kept).equals(patient.before)).toBe(true);
    expect(() => patient.vault.session()).toThrow(expect.objectContaining({ code: 'locked' }));
    const { records, log, last } = await contentOf(opened.vaultDir);
    expect(records.get(hurt)).toEqual({ label: 'hurt', value: 'value of hurt' });
    expect(records.size).toBe(3);
    expect(log).toEqual(['put hurt', 'put other', 'put since then', 'vault.repaired']);
    expect(last?.detail).toMatch(/^log before: [0-9a-f]{64}; record from-backup: 1$/);
  });

  test('and whose value opens gets its description from an older backup where no newer one has it', async () => {
    const id = put(opened.session, 'first');
    const older = backUp(opened);
    put(opened.session, 'second', id);
    const patient = await damaged(opened, (database) => flipCell(database, 'meta', id));
    expect(patient.vault.damage({ ...notes, backups: [older] })).toMatchObject({
      damaged: [{ id, remedy: 'from-backup', backup: older, only: 'description' }],
      proven: false,
    });
    patient.vault.repair({ ...notes, backups: [older], confirm: 'REPAIR' });
    const { records, last } = await contentOf(opened.vaultDir);
    expect(records.get(id)).toEqual({ label: 'first', value: 'value of second' });
    expect(last?.detail).toMatch(/; record description from-backup: 1$/);
    // A value is never newer than its description.
    const sealedMeta = (path: string) => {
      const database = new Database(path, { readonly: true });
      const meta = database.prepare('SELECT meta FROM record').pluck().get();
      database.close();
      return meta;
    };
    expect(sealedMeta(join(opened.vaultDir, 'vault.rondo'))).not.toEqual(sealedMeta(older.path));
  });

  test('and is in no backup is left out by a word of its own only', async () => {
    put(opened.session, 'other');
    const backups = [backUp(opened)];
    const id = put(opened.session, 'hurt');
    const patient = await damaged(opened, (database) => flipCell(database, 'meta', id));
    expect(about(patient.vault.damage({ ...notes, backups }).damaged)).toEqual([
      { id, kind: 'record', remedy: 'set-aside' },
    ]);
    for (const words of [{ confirm: '' }, { confirm: 'REPAIR' }, { confirm: 'REPAIR', setAside: 'yes' }]) {
      expect(() => patient.vault.repair({ ...notes, ...words, backups })).toThrow(
        expect.objectContaining({ code: 'confirmation-required' }),
      );
      expect(patient.isUntouched()).toBe(true);
    }
    const { kept = '' } = patient.vault.repair({ ...repairAll, backups });
    expect(readFileSync(kept).equals(patient.before)).toBe(true);
    const { records, last } = await contentOf(opened.vaultDir);
    expect([...records.values()]).toEqual([{ label: 'other', value: 'value of other' }]);
    expect(last?.detail).toContain(`set aside ${id}`);
  });

  test('and is only in a backup from before new keys is not taken from there, and that is said', async () => {
    const id = put(opened.session, 'hurt');
    const older = backUp(opened);
    await opened.vault.reKey(passwordBytes(), []);
    await opened.vault.unlock(passwordBytes());
    const newer = backUp(opened);
    const backups = [newer, older];
    const patient = await damaged(opened, (database) => flipCell(database, 'meta', id));
    expect(patient.vault.damage({ ...notes, backups }), 'the newer one has it').toMatchObject({
      damaged: [{ id, remedy: 'from-backup', backup: newer }],
      beforeNewKeys: [older],
    });
    expect(patient.vault.damage({ ...notes, backups: [older] })).toMatchObject({
      damaged: [{ id, remedy: 'set-aside' }],
      beforeNewKeys: [older],
    });
    expect(patient.vault.damage({ ...notes, backups: [newer] })).not.toHaveProperty('beforeNewKeys');
    // What is said of it holds: whole, it still opens.
    await patient.vault.restore(older.path, passwordBytes(), () => {});
    expect((await contentOf(opened.vaultDir)).records.get(id)).toEqual({ label: 'hurt', value: 'value of hurt' });
  });

  test('by its value alone stays, without the value, and whoever keeps such records is told', async () => {
    const id = put(opened.session, 'hurt');
    const patient = await damaged(opened, (database) => flipCell(database, 'secret', id));
    expect(patient.vault.damage({ ...notes, backups: [] })).toMatchObject({
      damaged: [{ id, recordKind: 'note', reason: 'its value does not open', remedy: 'set-aside', only: 'value' }],
    });
    const told: Id[] = [];
    patient.vault.repair({ ...repairAll, backups: [], valuesLost: (_, ids) => told.push(...ids) });
    expect(told).toEqual([id]);
    expect((await contentOf(opened.vaultDir)).records.get(id)).toEqual({ label: 'hurt', value: undefined });
  });
});

test('damaged copies of the header are made anew', async () => {
  const id = put(opened.session, 'there');
  const patient = await damaged(opened, (database) =>
    database.prepare('UPDATE header_b SET header = ?').run(Buffer.alloc(50)),
  );
  expect(about(patient.vault.damage({ ...notes, backups: [] }).damaged)).toEqual([
    { id: 'header_b', kind: 'header', remedy: 'made-anew' },
  ]);
  patient.vault.repair({ ...notes, backups: [], confirm: 'REPAIR' });
  expect([...(await contentOf(opened.vaultDir)).records.keys()]).toEqual([id]);
});

test('a log of which much is lost still names the end that it had', async () => {
  for (let count = 0; count < 12; count++) put(opened.session, `record ${count}`);
  const patient = await damaged(opened, (database) => database.exec('UPDATE record SET meta = zeroblob(200)'));
  patient.vault.repair({ ...repairAll, backups: [] });
  const { last } = await contentOf(opened.vaultDir);
  expect(last?.detail).toMatch(/^log before: [0-9a-f]{64}; record set-aside: 12; set aside /);
});

test('an open rotation that comes from a backup is marked; one that was whole is not', async () => {
  const rotation = opened.session.newId();
  opened.session.write((transaction) => transaction.putJournal(rotation, { step: 'create' }));
  const backups = [backUp(opened)];
  let marked = 0;
  const restored = () => {
    marked += 1;
  };
  const patient = await damaged(opened, (database) =>
    database.prepare('UPDATE journal SET row = ?').run(Buffer.alloc(200)),
  );
  patient.vault.repair({ ...notes, restored, backups, confirm: 'REPAIR' });
  expect(marked).toBe(1);
  opened = { ...opened, session: await opened.vault.unlock(passwordBytes()) };
  expect(opened.session.journal().get(rotation)).toEqual({ step: 'create' });
  const id = put(opened.session, 'hurt');
  const again = await damaged(opened, (database) => flipCell(database, 'meta', id));
  again.vault.repair({ ...repairAll, restored, backups });
  expect(marked).toBe(1);
});

test('a vault that is whole is left alone, and without the word so is any', async () => {
  put(opened.session, 'whole');
  const before = readFileSync(join(opened.vaultDir, 'vault.rondo'));
  expect(() => opened.vault.repair({ ...notes, backups: [], confirm: 'repair' })).toThrow(
    expect.objectContaining({ code: 'confirmation-required' }),
  );
  expect(opened.vault.repair({ ...notes, backups: [], confirm: 'REPAIR' })).toEqual({ damaged: [], proven: true });
  expect(opened.session.records('note')).toHaveLength(1);
  expect(readFileSync(join(opened.vaultDir, 'vault.rondo')).equals(before)).toBe(true);
});

test('nothing is repaired while somebody else has the vault open, or holds it', async () => {
  const id = put(opened.session, 'hurt');
  const patient = await damaged(opened, (database) => flipCell(database, 'meta', id));
  const mark = () => readFileSync(join(opened.vaultDir, 'vault.rondo.mark'));
  const markBefore = mark();
  const other = vaultIn(opened.vaultDir);
  const session = await other.unlock(passwordBytes());
  const busy = expect.objectContaining({ code: 'vault-busy' });
  await session.exclusively(async () => {
    expect(() => patient.vault.repair({ ...repairAll, backups: [] })).toThrow(busy);
  });
  expect(() => patient.vault.repair({ ...repairAll, backups: [] })).toThrow(busy);
  expect(session.damaged).toHaveLength(1);
  expect(mark(), 'or the next unlock would tell of an older copy').toEqual(markBefore);
  other.lock();
  expect(patient.isUntouched()).toBe(true);
});

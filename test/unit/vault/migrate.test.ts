import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../../build/bundle.mjs';
import { formatVersion } from '../../../main/vault/database.ts';
import { type Migration, migrations } from '../../../main/vault/migrate.ts';
import { put } from '../../support/damaged-vault.ts';
import { goldenContent, goldenPassword } from '../../support/golden-vault.ts';
import {
  passwordBytes,
  type TemporaryVault,
  temporaryFolder,
  temporaryVault,
  vaultIn,
} from '../../support/temporary-vault.ts';
import { operate } from '../../support/vault-surgery.ts';

let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

/** A format that never was, one before ours: its log has another name. */
const makeOlder = (database: Database.Database) =>
  database.exec(`ALTER TABLE log RENAME TO history; PRAGMA user_version = ${formatVersion - 1}`);
const step: Migration['step'] = (connection) =>
  connection.exec(`
  CREATE TABLE log (number INTEGER PRIMARY KEY, entry BLOB NOT NULL);
  INSERT INTO log SELECT * FROM history;
  DROP TABLE history`);
const planted = (change: Migration['step'] = step): readonly Migration[] => [{ to: formatVersion, step: change }];

const bytes = () => readFileSync(join(opened.vaultDir, 'vault.rondo'));
const copies = () => readdirSync(opened.vaultDir).filter((name) => name.includes('.before-'));

function older(): void {
  opened.vault.lock();
  operate(opened.vaultDir, makeOlder);
}

describe('an older format', () => {
  test('goes through its step, keeps all it holds, and leaves a whole copy until the next unlock', async () => {
    const id = put(opened.session, 'a');
    older();
    const vault = vaultIn(opened.vaultDir, { migrations: planted() });
    const session = await vault.unlock(passwordBytes());
    expect(session.verify()).toMatchObject({ ok: true, records: 1 });
    expect(session.record(id)?.meta).toEqual({ label: 'a' });
    expect(copies()).toEqual([expect.stringMatching(/^vault\.rondo\.before-migration-[0-9a-f]{12}$/)]);
    vault.lock();
    await opened.vault.unlock(passwordBytes());
    expect(copies()).toEqual([]);
  });

  test('whose step fails, or gives another schema, is as it was', async () => {
    put(opened.session, 'a');
    older();
    const before = bytes();
    const failing = planted((connection) => {
      step(connection);
      throw new Error('a bug in the step');
    });
    await expect(vaultIn(opened.vaultDir, { migrations: failing }).unlock(passwordBytes())).rejects.toThrow('a bug');
    const wrong = planted((connection) => connection.exec('DROP TABLE history'));
    await expect(vaultIn(opened.vaultDir, { migrations: wrong }).unlock(passwordBytes())).rejects.toMatchObject({
      code: 'vault-damaged',
    });
    expect(bytes().equals(before)).toBe(true);
  });

  test('without a step is refused, and not touched', async () => {
    older();
    const before = bytes();
    await expect(opened.vault.unlock(passwordBytes())).rejects.toMatchObject({ code: 'vault-damaged' });
    expect(bytes().equals(before)).toBe(true);
    expect(copies()).toEqual([]);
  });
});

test('a newer format is refused without a change', async () => {
  opened.vault.lock();
  operate(opened.vaultDir, (database) => database.pragma(`user_version = ${formatVersion + 1}`));
  const before = bytes();
  await expect(opened.vault.unlock(passwordBytes())).rejects.toMatchObject({ code: 'vault-too-new' });
  expect(bytes().equals(before)).toBe(true);
  expect(copies()).toEqual([]);
});

test('there is a step from each format to the next', () => {
  expect(migrations.map(({ to }) => to)).toEqual(Array.from({ length: formatVersion - 1 }, (_, index) => index + 2));
});

test.each(Array.from({ length: formatVersion }, (_, index) => index + 1))(
  'the vault that format %i wrote opens, and holds what it held',
  async (format) => {
    const goldenDir = join(root, 'test/vectors/vaults', String(format));
    const folder = temporaryFolder();
    copyFileSync(join(goldenDir, 'vault.rondo'), join(folder.path, 'vault.rondo'));
    const vault = vaultIn(folder.path);
    const session = await vault.unlock(passwordBytes(goldenPassword));
    expect(goldenContent(session)).toEqual(JSON.parse(readFileSync(join(goldenDir, 'content.json'), 'utf8')));
    expect(session.verify()).toMatchObject({ ok: true, damaged: [] });
    expect(session.verifyLog()).toMatchObject({ ok: true });
    vault.lock();
    folder.dispose();
  },
);

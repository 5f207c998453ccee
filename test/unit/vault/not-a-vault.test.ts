import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  passwordBytes,
  type TemporaryFolder,
  type TemporaryVault,
  temporaryFolder,
  temporaryVault,
  vaultIn,
} from '../../support/temporary-vault.ts';
import { operate } from '../../support/vault-surgery.ts';

let folder: TemporaryFolder;
let opened: TemporaryVault;
beforeEach(async () => {
  folder = temporaryFolder();
  opened = await temporaryVault();
});
afterEach(() => {
  opened.dispose();
  folder.dispose();
});

describe('what is no vault', () => {
  const path = () => join(folder.path, 'vault.rondo');
  const snapshot = () =>
    readdirSync(folder.path).map((name) => {
      const stats = statSync(join(folder.path, name), { throwIfNoEntry: false });
      return [name, stats?.mtimeMs, stats?.isFile() ? readFileSync(join(folder.path, name)).toString('base64') : ''];
    });

  const impostors: Readonly<Record<string, () => void>> = {
    'an empty file': () => writeFileSync(path(), ''),
    'a text': () => writeFileSync(path(), 'SQLite format 3\0 or so'),
    'a folder': () => mkdirSync(path()),
    'a pipe': () => expect(spawnSync('mkfifo', [path()]).status).toBe(0),
    'a link to a vault': () => symlinkSync(join(opened.vaultDir, 'vault.rondo'), path()),
    'a link to nowhere': () => symlinkSync('nowhere', path()),
    'a database of another program': () => {
      const database = new Database(path());
      database.exec('CREATE TABLE record (id)');
      database.close();
    },
  };

  test.each(Object.keys(impostors))('%s is told apart and not touched', async (name) => {
    impostors[name]?.();
    const before = snapshot();
    const vault = vaultIn(folder.path);
    const damaged = { code: 'vault-damaged', details: { reason: 'not-a-vault', remedy: 'vault.elsewhere' } };
    await expect(vault.unlock(passwordBytes())).rejects.toMatchObject(damaged);
    expect(() => vault.status()).toThrow(expect.objectContaining(damaged));
    await expect(vault.create(passwordBytes())).rejects.toMatchObject({ code: 'invalid-input' });
    expect(snapshot()).toEqual(before);
  });

  test('nothing at all is not found', async () => {
    await expect(vaultIn(folder.path).unlock(passwordBytes())).rejects.toMatchObject({ code: 'not-found' });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('a vault of a newer format is refused and not touched', async () => {
    await vaultIn(folder.path).create(passwordBytes());
    operate(folder.path, (database) => database.pragma('user_version = 2'));
    const before = snapshot();
    await expect(vaultIn(folder.path).unlock(passwordBytes())).rejects.toMatchObject({
      code: 'vault-too-new',
      details: { format: 2 },
    });
    expect(vaultIn(folder.path).status()).toMatchObject({ exists: true, format: 2 });
    expect(snapshot()).toEqual(before);
  });
});

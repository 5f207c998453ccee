// Something else in the place of the files beside the vault, rights that are too wide, and passwords at the edges. What
// stands in the vault's own place is in bad-input-vault-file.test.ts.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startVaultChild } from '../support/start-vault-writer.ts';
import { passwordBytes, vaultIn } from '../support/temporary-vault.ts';
import { describeError, examine, type Patient, patient } from '../support/vault-surgery.ts';

let vault: Patient;
let vaultDir: string;
beforeAll(async () => {
  vault = await patient(2);
});
beforeEach(() => {
  vaultDir = vault.copy();
});
afterAll(() => vault.dispose());

/** By the name of what is put there; `bystander` is a file of somebody else's. */
const oddities: Readonly<Record<string, (path: string, bystander: string) => void>> = {
  'a link to nowhere': (path) => symlinkSync('/nowhere/at/all', path),
  'a link to a file': (path, bystander) => symlinkSync(bystander, path),
  'a pipe': (path) => execFileSync('mkfifo', [path]),
  'a folder': (path) => mkdirSync(path),
  'an empty file': (path) => writeFileSync(path, ''),
  'a text': (path) => writeFileSync(path, 'Dear diary, '.repeat(1_000)),
  'another database': (path) => {
    const database = new Database(path);
    database.exec('CREATE TABLE contacts (name)');
    database.close();
  },
};

/** A second process tries it, so that one that waited for ever would fail the test and not stop it. */
async function tried(name: string, oddity: keyof typeof oddities): Promise<readonly string[]> {
  const path = join(vaultDir, name);
  const bystander = join(vaultDir, 'diary.txt');
  writeFileSync(bystander, 'Dear diary');
  rmSync(path, { force: true });
  oddities[oddity]?.(path, bystander);
  const before = lstatSync(path).mode;
  const lines = await startVaultChild(vaultDir, 'try').ended();
  expect(readFileSync(bystander, 'utf8')).toBe('Dear diary');
  const after = lstatSync(path, { throwIfNoEntry: false });
  if (after?.isFile() === false) expect(after.mode).toBe(before);
  rmSync(path, { recursive: true, force: true });
  expect(await examine(vaultDir, vault.records)).toMatchObject({ outcome: 'done', wrong: [], damaged: [] });
  return lines;
}

const created = 'create invalid-input';
const works = [created, 'status done', 'unlock done', 'write done'];

describe('in the place of the header file', () => {
  test.each(Object.keys(oddities))('%s hinders nothing and is left alone', async (oddity) => {
    expect(await tried('vault.rondo.header', oddity)).toEqual(works);
  });
});

describe('in the place of the lock file', () => {
  test.each(Object.keys(oddities))('%s does not keep the vault from being opened', async (oddity) => {
    expect(await tried('vault.rondo.lock', oddity)).toEqual(works);
  });

  test.each(['a link to a file', 'a pipe', 'a folder', 'a text'])(
    '%s cannot be held, and nobody is told to wait',
    async (oddity) => {
      const bystander = join(vaultDir, 'diary.txt');
      writeFileSync(bystander, 'Dear diary');
      const path = join(vaultDir, 'vault.rondo.lock');
      rmSync(path, { force: true });
      oddities[oddity]?.(path, bystander);
      const opened = vaultIn(vaultDir);
      const session = await opened.unlock(passwordBytes());
      const outcome = await session.exclusively(async () => 'done').catch(describeError);
      opened.lock();
      expect(outcome).toBe('storage');
      expect(readFileSync(bystander, 'utf8')).toBe('Dear diary');
    },
  );
});

describe('in the place of the write-ahead log', () => {
  const unopened = [created, 'status done', 'unlock storage', 'write locked'];

  test.each([
    ['a link to nowhere', unopened],
    ['a link to a file', unopened],
    // SQLite finds it empty, and cannot write into it.
    ['a pipe', [created, 'status done', 'unlock done', 'write storage']],
    ['a folder', unopened],
  ])('%s is not followed and not waited for', async (oddity, lines) => {
    expect(await tried('vault.rondo-wal', oddity)).toEqual(lines);
  });

  test.each(['an empty file', 'a text'])('%s is no log of this vault', async (oddity) => {
    expect(await tried('vault.rondo-wal', oddity)).toEqual(works);
  });
});

test('rights that are too wide are taken away from every file by unlocking, and from the folder', async () => {
  for (const name of readdirSync(vaultDir)) chmodSync(join(vaultDir, name), 0o666);
  chmodSync(vaultDir, 0o755);
  expect(await examine(vaultDir, vault.records)).toMatchObject({ outcome: 'done', damaged: [] });
  for (const name of readdirSync(vaultDir)) expect(statSync(join(vaultDir, name)).mode & 0o777, name).toBe(0o600);
  expect(statSync(vaultDir).mode & 0o777).toBe(0o700);
});

describe('a password', () => {
  const composed = 'Ångström café'.normalize('NFC');
  const decomposed = composed.normalize('NFD');

  test.each([
    ['of one character', 'x', 'x'],
    ['of 10 000 characters', '🔑x'.repeat(5_000), '🔑x'.repeat(5_000)],
    ['composed, typed decomposed', composed, decomposed],
    ['decomposed, typed composed', decomposed, composed],
  ])('%s opens the vault, and nothing that is one character off does', async (_name, chosen, typed) => {
    const newDir = join(vaultDir, 'rondo new');
    await vaultIn(newDir).create(passwordBytes(chosen));
    const opened = vaultIn(newDir);
    await opened.unlock(passwordBytes(typed));
    opened.lock();
    for (const wrong of [`${chosen}x`, chosen.slice(0, -1)]) {
      const outcome = await opened.unlock(passwordBytes(wrong)).then(() => 'opened', describeError);
      expect(outcome).toBe('wrong-password');
    }
  });
});

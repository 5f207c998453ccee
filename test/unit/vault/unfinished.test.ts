import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../../build/bundle.mjs';
import { vaultPaths } from '../../../main/vault/vault-paths.ts';
import { put, repairAll } from '../../support/damaged-vault.ts';
import {
  deriveKeyWorkerUrl,
  passwordBytes,
  type TemporaryVault,
  temporaryFolder,
  temporaryVault,
  vaultIn,
} from '../../support/temporary-vault.ts';
import { operate } from '../../support/vault-surgery.ts';

// What a killed process left half made beside the vault goes, and nothing else.

const elsewhere = temporaryFolder();
const marksDir = join(elsewhere.path, 'marks');
let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault({ marksDir });
});
afterEach(() => opened.dispose());
afterAll(() => elsewhere.dispose());

const names = (dirPath = opened.vaultDir) => readdirSync(dirPath).sort();
const leave = (name: string, dirPath = opened.vaultDir) => writeFileSync(join(dirPath, name), 'left behind');
const age = (name: string, dirPath = opened.vaultDir) => utimesSync(join(dirPath, name), 1, 1);
const own = 'vault.rondo.0123456789ab.new';

async function unlock(): Promise<void> {
  opened.vault.lock();
  await opened.vault.unlock(passwordBytes());
  opened.vault.lock();
}

test('a whole file that was being made goes with the next unlock, and what was SQLite’s beside it', async () => {
  const sides = ['', '-journal', '-shm', '-wal'].map((side) => `${own}${side}`);
  for (const name of sides) leave(name);
  expect(names()).toEqual(expect.arrayContaining(sides));
  await unlock();
  expect(names().filter((name) => name.includes('.new'))).toEqual([]);
});

test('what a killed restore had made whole can be restored', async () => {
  put(opened.session, 'a');
  opened.vault.lock();
  const left = join(opened.vaultDir, own);
  copyFileSync(join(opened.vaultDir, 'vault.rondo'), left);
  await opened.vault.restore(left, passwordBytes(), () => {});
  expect((await opened.vault.unlock(passwordBytes())).records('note')).toHaveLength(1);
  opened.vault.lock();
});

test('a small one goes when it is a day old, outside of the vault’s folder as well', async () => {
  const outer = `${vaultPaths(opened.vaultDir, marksDir).outerMarkPath?.slice(marksDir.length + 1)}.0123456789ab.new`;
  const inside = ['header', 'mark', 'keychain'].map((what) => `vault.rondo.${what}.0123456789ab.new`);
  for (const name of inside) leave(name);
  leave(outer, marksDir);
  await unlock();
  expect(names()).toEqual(expect.arrayContaining(inside));
  expect(names(marksDir)).toContain(outer);
  for (const name of inside) age(name);
  age(outer, marksDir);
  await unlock();
  expect(names().filter((name) => name.endsWith('.new'))).toEqual([]);
  expect(names(marksDir)).not.toContain(outer);
});

test('nothing of another name goes, nothing that is no file, and nothing while somebody holds the vault', async () => {
  const others = [
    'vault.rondo.0123456789AB.new',
    'vault.rondo.0123456789a.new',
    'vault.rondo.0123456789ab.new.txt',
    'vault.rondo.0123456789ab.newer',
    'my-vault.rondo.0123456789ab.new',
    'vault-rondo.0123456789ab.new',
    'vault.rondo.replaced-20261126T100000000Z-0123.0123456789ab.new',
    'vault.rondo.other.0123456789ab.new',
    'settings.json.0123456789ab.new',
  ];
  for (const name of others) {
    leave(name);
    age(name);
  }
  mkdirSync(join(opened.vaultDir, 'vault.rondo.aaaaaaaaaaaa.new'));
  symlinkSync('elsewhere', join(opened.vaultDir, 'vault.rondo.bbbbbbbbbbbb.new'));
  leave(own);
  const other = vaultIn(opened.vaultDir);
  const session = await other.unlock(passwordBytes());
  expect(names(), 'one went').not.toContain(own);
  leave(own);
  await session.exclusively(async () => {
    await unlock();
    expect(names()).toEqual(
      expect.arrayContaining([...others, own, 'vault.rondo.aaaaaaaaaaaa.new', 'vault.rondo.bbbbbbbbbbbb.new']),
    );
  });
  other.lock();
  await unlock();
  expect(names()).toEqual(
    expect.arrayContaining([...others, 'vault.rondo.aaaaaaaaaaaa.new', 'vault.rondo.bbbbbbbbbbbb.new']),
  );
  expect(names()).not.toContain(own);
});

test('a second name that a killed restore gave the vault goes, and nothing that is a file of its own', async () => {
  const inFolder = (name: string) => join(opened.vaultDir, name);
  const given = (hex: string) => `vault.rondo.replaced-20261126T100000000Z-${hex}`;
  const [second, ofItsOwn, ofAPerson] = [given('0123'), given('4567'), `${given('89ab')}-mine`];
  const link = (name: string, to: string) => linkSync(inFolder(name), inFolder(to));
  link('vault.rondo', second);
  link('vault.rondo', ofAPerson);
  link('vault.rondo.header', `${second}.header`);
  copyFileSync(inFolder('vault.rondo'), inFolder(ofItsOwn));
  // Of a vault that was replaced: its header may have no other name soon.
  link('vault.rondo.header', `${ofItsOwn}.header`);
  await unlock();
  expect(names().filter((name) => name.includes('replaced'))).toEqual(
    [ofItsOwn, `${ofItsOwn}.header`, ofAPerson].sort(),
  );
  expect((await opened.vault.unlock(passwordBytes())).verify().ok).toBe(true);
});

test('a second name beside which only SQLite’s shared memory lies goes: nothing of the vault is in there', async () => {
  const second = 'vault.rondo.replaced-20261126T100000000Z-0123';
  linkSync(join(opened.vaultDir, 'vault.rondo'), join(opened.vaultDir, second));
  leave(`${second}-shm`);
  await unlock();
  expect(names().filter((name) => name.includes('replaced'))).toEqual([]);
});

test('a second name beside which the write-ahead log lies stays: the two together are what the vault was', async () => {
  const second = 'vault.rondo.replaced-20261126T100000000Z-0123';
  const inFolder = (name: string) => join(opened.vaultDir, name);
  linkSync(inFolder('vault.rondo'), inFolder(second));
  linkSync(inFolder('vault.rondo.header'), inFolder(`${second}.header`));
  leave(`${second}-wal`);
  await unlock();
  expect(names()).toEqual(expect.arrayContaining([second, `${second}-wal`, `${second}.header`]));
});

test.each(['restore', 'repair'])(
  'a %s that was killed in its last step leaves nothing that the next one does not remove',
  async (task) => {
    const id = put(opened.session, 'kept');
    const copyPath = join(opened.vaultDir, 'copy.rondo');
    opened.vault.backUp(copyPath, () => {});
    opened.vault.lock();
    const spoil = () =>
      operate(opened.vaultDir, (database) => database.exec('UPDATE manifest SET manifest = zeroblob(300)'));
    if (task === 'repair') spoil();
    const script = join(root, 'out/test/vault-copy-child.mjs');
    const killed = spawnSync(process.execPath, [script, opened.vaultDir, deriveKeyWorkerUrl.href, task, 'killed']);
    expect(killed.signal).toBe('SIGKILL');
    const unfinished = () => names().filter((name) => name.includes('.new'));
    expect(unfinished()).toEqual([expect.stringMatching(/^vault\.rondo\.[0-9a-f]{12}\.new$/)]);
    const linksOf = (name: string) => statSync(join(opened.vaultDir, name)).nlink;
    expect([linksOf('vault.rondo'), linksOf('vault.rondo.header')], 'of two names each').toEqual([2, 2]);
    if (task === 'restore') await opened.vault.restore(copyPath, passwordBytes(), () => {});
    else {
      await opened.vault.unlock(passwordBytes());
      leave(own);
      opened.vault.repair({ ...repairAll, backups: [] });
    }
    expect(unfinished()).toEqual([]);
    const kept = names().filter((name) => /\.replaced-\w+-\w+$/.test(name));
    expect(kept, 'only what was replaced').toHaveLength(1);
    expect([...kept, 'vault.rondo'].map(linksOf)).toEqual([1, 1]);
    const session = await opened.vault.unlock(passwordBytes());
    expect(session.damaged).toEqual([]);
    expect(session.record(id)).toBeDefined();
  },
);

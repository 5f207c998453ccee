import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { backupName } from '../../../main/backup/backup-names.ts';
import { headerMagic } from '../../../main/vault/header.ts';
import type { Backup } from '../../../shared/contract/backup.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk, password } from '../../support/core-pieces.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { temporaryCore, type WatchedCore } from '../../support/temporary-core.ts';
import { temporaryFolder } from '../../support/temporary-vault.ts';

const list = async ({ client }: Pick<WatchedCore, 'client'>) => expectOk(await client('backup.list', {})).backups;
const create = async ({ client }: Pick<WatchedCore, 'client'>) => expectOk(await client('backup.create', {})).backup;
const restore = ({ client }: Pick<WatchedCore, 'client'>, { path }: Pick<Backup, 'path'>) =>
  client('backup.restore', { path, confirm: 'RESTORE', password: password() });

const dayMs = 86_400_000;

/** A file of the vault's backups with that content, made that many days ago. */
function plant({ path }: Pick<Backup, 'path'>, atMs: number, content: Uint8Array): string {
  const planted = join(dirname(path), backupName(atMs));
  writeFileSync(planted, content);
  return planted;
}

test('the backup of an earlier vault in the folder is listed as another one’s, and restoring refuses it as well', async () => {
  const clock = fakeClock();
  await using earlier = await temporaryCore();
  await using connected = await connectedCore({ clock });
  using folder = temporary();
  const foreign = join(folder.path, 'foreign');
  expectOk(await earlier.client('backup.create', { path: foreign }));
  const own = await create(connected);
  const planted = plant(own, clock.now() - dayMs, readFileSync(foreign));

  const expected = [
    { path: own.path, verified: true, checked: 'when-made', standing: 'fit' },
    { path: planted, verified: false, checked: 'when-made', standing: 'another-vault' },
  ];
  expect(await list(connected)).toMatchObject(expected);
  expectOk(await connected.client('vault.lock', {}));
  expect(await list(connected)).toMatchObject(expected);
  expect(expectFailure(await restore(connected, { path: planted })).message).toContain('another vault');
  // Nothing is left beside them: looking writes nothing.
  expect(readdirSync(dirname(own.path))).toEqual([basename(planted), basename(own.path)]);
});

test('where the vault does not say any more which one it is, its backups are still offered', async () => {
  await using connected = await connectedCore();
  const own = await create(connected);
  expectOk(await connected.client('vault.lock', {}));
  writeFileSync(join(connected.vaultDir, 'vault.rondo'), Buffer.alloc(20_000, 7));
  expect(await list(connected)).toMatchObject([{ path: own.path, standing: 'fit' }]);
  expectOk(await restore(connected, own));
});

test('the backups of another vault put off no backup, and none of them is removed', async () => {
  const clock = fakeClock();
  await using earlier = await temporaryCore();
  await using connected = await connectedCore({ clock });
  using folder = temporary();
  const foreign = join(folder.path, 'foreign');
  expectOk(await earlier.client('backup.create', { path: foreign }));
  const dir = join(connected.vaultDir, 'vault.rondo.backups');
  mkdirSync(dir, { mode: 0o700 });
  const planted = Array.from({ length: 12 }, (_, index) => backupName(clock.now() - 1 - index * 60_000));
  for (const name of planted) copyFileSync(foreign, join(dir, name));
  expectOk(await connected.client('vault.lock', {}));
  await connected.unlock();
  // Locking waits for the day's backup.
  expectOk(await connected.client('vault.lock', {}));
  const backups = await list(connected);
  expect(backups.filter(({ standing }) => standing === 'fit')).toHaveLength(1);
  expect(readdirSync(dir)).toEqual(expect.arrayContaining(planted));
});

test.each([
  ['whose headers are damaged', 'unreadable', withoutHeaders, 'vault-damaged'],
  ['of a newer format', 'newer-format', ofNewerFormat, 'vault-too-new'],
] as const)('one %s is listed as %s, as restoring refuses it', async (_name, standing, spoil, code) => {
  const clock = fakeClock();
  await using connected = await connectedCore({ clock });
  const own = await create(connected);
  const path = plant(own, clock.now() - dayMs, spoil(readFileSync(own.path)));
  expect(await list(connected)).toMatchObject([{ standing: 'fit' }, { path, verified: false, standing }]);
  expect(expectFailure(await restore(connected, { path })).code).toBe(code);
});

test.each([1, 2])('of two copies of the header, copy %i is enough', async (copy) => {
  await using connected = await connectedCore();
  const own = await create(connected);
  const bytes = readFileSync(own.path);
  const at = copy === 1 ? bytes.lastIndexOf(headerMagic) : bytes.indexOf(headerMagic);
  rmSync(own.path);
  writeFileSync(own.path, bytes.fill(0, at + headerMagic.length, at + headerMagic.length + 40));
  expect(await list(connected)).toMatchObject([{ standing: 'fit' }]);
});

function withoutHeaders(bytes: Buffer): Buffer {
  for (let at = bytes.indexOf(headerMagic); at !== -1; at = bytes.indexOf(headerMagic, at + 1)) {
    bytes.fill(7, at + headerMagic.length, at + headerMagic.length + 40);
  }
  return bytes;
}

function ofNewerFormat(bytes: Buffer): Buffer {
  bytes.writeUInt32BE(99, 60);
  return bytes;
}

function temporary() {
  const folder = temporaryFolder();
  return { path: folder.path, [Symbol.dispose]: () => folder.dispose() };
}

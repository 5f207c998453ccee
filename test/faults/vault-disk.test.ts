import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../main/app-error.ts';
import { asVaultError } from '../../main/vault/vault-errors.ts';
import { startVaultChild } from '../support/start-vault-writer.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from '../support/temporary-vault.ts';

let folder: TemporaryFolder;
const mounts: string[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  for (const path of mounts.splice(0)) spawnSync('umount', [path]);
  folder.dispose();
});

/** The super user ignores rights, so a process for a read-only folder runs as nobody. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

function tryMount(sizeKib: number): string | undefined {
  const path = join(folder.path, 'small disk');
  mkdirSync(path);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKib}k,mode=0700`, 'tmpfs', path]);
  if (status !== 0) return undefined;
  mounts.push(path);
  return path;
}

async function createIn(vaultDir: string): Promise<void> {
  await vaultIn(vaultDir).create(passwordBytes());
}

/** Fills the vault until the disk ends it, then looks what is there without that limit. */
async function fill(vaultDir: string, wrap: string | undefined, makeRoom: () => void): Promise<void> {
  const child = startVaultChild(vaultDir, 'add', wrap === undefined ? {} : { wrap });
  const lines = await child.ended();
  expect(lines.at(-1)).toMatch(/^failed storage: /);
  expect(lines.at(-1)).toContain('Nothing in the vault was changed or lost.');
  const saved = lines.filter((line) => line.startsWith('saved'));
  expect(saved.length).toBeGreaterThan(3);
  makeRoom();
  const vault = vaultIn(vaultDir);
  const session = await vault.unlock(passwordBytes());
  expect(session.damaged).toEqual([]);
  expect(new Set(session.records('token').map(({ id }) => id))).toEqual(
    new Set(saved.map((line) => line.split(' ')[1])),
  );
  expect(session.journal().size).toBe(saved.length);
  expect(session.verify().ok).toBe(true);
  session.write((transaction) => transaction.putJournal(session.newId(), { next: 'attempt' }));
  expect(session.journal().size).toBe(saved.length + 1);
  vault.lock();
}

describe('a full disk', () => {
  test('loses nothing, says so, and the next attempt works: a file may not grow further', async () => {
    await createIn(folder.path);
    const limitKib = Math.ceil(statSync(join(folder.path, 'vault.rondo')).size / 1024) + 96;
    await fill(folder.path, `ulimit -f ${limitKib} && exec "$@"`, () => {});
  });

  test('loses nothing, says so, and the next attempt works: a small disk', async () => {
    // Where mounting is not allowed, the same again with another limit.
    const disk = tryMount(400);
    const vaultDir = join(disk ?? folder.path, 'vault');
    await createIn(vaultDir);
    const makeRoom = () => spawnSync('mount', ['-o', 'remount,size=4m', disk ?? '']);
    await fill(vaultDir, disk === undefined ? 'ulimit -f 200 && exec "$@"' : undefined, makeRoom);
  });

  test('while a vault is made leaves nothing that hinders the second attempt', async () => {
    const child = startVaultChild(folder.path, 'try', { wrap: 'ulimit -f 8 && exec "$@"' });
    expect(await child.ended()).toEqual(['create storage', 'status done', 'unlock not-found', 'write locked']);
    expect(readdirSync(folder.path)).toEqual([]);
    await createIn(folder.path);
    expect(vaultIn(folder.path).status().exists).toBe(true);
  });

  test('has one code, however SQLite and Node name it', () => {
    const database = new Database(':memory:');
    database.pragma('max_page_count = 2');
    let full: unknown;
    try {
      database.exec('CREATE TABLE a (b); CREATE TABLE c (d); CREATE TABLE e (f)');
    } catch (error) {
      full = error;
    }
    database.close();
    expect(full).toMatchObject({ code: 'SQLITE_FULL' });
    const noSpace = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const noRoomToShare = new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_SHMSIZE');
    for (const error of [full, noSpace, noRoomToShare]) {
      const mapped = asVaultError(error);
      expect(mapped).toBeInstanceOf(AppError);
      const message = 'The disk is full. Nothing in the vault was changed or lost.';
      expect(mapped).toMatchObject({ code: 'storage', message, cause: error });
    }
  });
});

describe('a folder that cannot be written', () => {
  function seal(path: string, folderMode: number, fileMode: number): void {
    for (const name of readdirSync(path)) {
      if (nobody.uid !== undefined) chownSync(join(path, name), nobody.uid, nobody.gid);
      chmodSync(join(path, name), fileMode);
    }
    if (nobody.uid !== undefined) chownSync(path, nobody.uid, nobody.gid);
    chmodSync(path, folderMode);
  }
  const snapshot = (path: string) =>
    readdirSync(path).map((name) => [name, readFileSync(join(path, name)).toString('base64')] as const);

  test('says storage, changes nothing, still tells its status, and works when it can be written again', async () => {
    await createIn(folder.path);
    const before = snapshot(folder.path);
    seal(folder.path, 0o500, 0o400);
    const refused = startVaultChild(folder.path, 'try', nobody);
    expect(await refused.ended()).toEqual(['create invalid-input', 'status done', 'unlock storage', 'write locked']);
    expect(snapshot(folder.path)).toEqual(before);
    seal(folder.path, 0o700, 0o600);
    const again = startVaultChild(folder.path, 'try', nobody);
    expect(await again.ended()).toEqual(['create invalid-input', 'status done', 'unlock done', 'write done']);
  });

  test('cannot get a vault', async () => {
    seal(folder.path, 0o500, 0o400);
    const child = startVaultChild(join(folder.path, 'new'), 'try', nobody);
    expect(await child.ended()).toEqual(['create storage', 'status done', 'unlock not-found', 'write locked']);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('cannot get a vault either where nothing can ever be made', async () => {
    // A link to a disk that is not connected; and a system folder that answers "no such folder" to whoever makes one.
    const link = join(folder.path, 'not connected');
    symlinkSync(join(folder.path, 'disk'), link);
    for (const place of [join(link, 'vault'), ...(existsSync('/proc/self') ? ['/proc/rondo/vault'] : [])]) {
      const child = startVaultChild(place, 'try');
      expect(await child.ended()).toEqual(['create storage', 'status done', 'unlock not-found', 'write locked']);
    }
    expect(readdirSync(folder.path)).toEqual(['not connected']);
  });

  test('for others to read says storage', async () => {
    await createIn(folder.path);
    seal(folder.path, 0o700, 0o000);
    const child = startVaultChild(folder.path, 'try', nobody);
    expect(await child.ended()).toEqual(['create invalid-input', 'status storage', 'unlock storage', 'write locked']);
  });
});

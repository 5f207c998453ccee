import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { backupName } from '../../../main/backup/backup-names.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectFailure, expectOk, password } from '../../support/core-pieces.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { listBackups, reopen } from '../../support/reopen.ts';
import { temporaryCore, type WatchedCore, watchedCore } from '../../support/temporary-core.ts';
import { temporaryFolder } from '../../support/temporary-vault.ts';

const confirm = 'RESTORE';
const create = async ({ client }: Pick<WatchedCore, 'client'>, path?: string) =>
  expectOk(await client('backup.create', path === undefined ? {} : { path })).backup;
const restore = ({ client }: Pick<WatchedCore, 'client'>, path: string) =>
  client('backup.restore', { path, confirm, password: password() });

describe('a backup', () => {
  test('is one private file that opens like the vault', async () => {
    await using connected = await connectedCore();
    const backup = await create(connected);
    expect(backup).toMatchObject({ verified: true, checked: 'now' });
    expect(await listBackups(connected)).toContainEqual({ ...backup, checked: 'when-made' });
    expect(statSync(backup.path).mode & 0o077).toBe(0);
    expect(readdirSync(dirname(backup.path)).filter((name) => !name.endsWith('.rondo'))).toEqual([]);
    using folder = disposable();
    await cp(backup.path, join(folder.path, 'vault.rondo'));
    await using other = watchedCore({ vaultDir: folder.path });
    expectOk(await other.client('vault.unlock', { password: password() }));
    expect(expectOk(await other.client('token.list', {})).tokens.length).toBeGreaterThan(10);
    expect(expectOk(await other.client('vault.verify', {})).ok).toBe(true);
  });

  test('leaves out what is held until it is taken, and has what was kept', async () => {
    await using connected = await connectedCore();
    const make = async (label: string, keep: boolean) =>
      expectOk(
        await connected.client('token.create-project', { project: 'gh/tidewater/web', scope: 'status', label, keep }),
      ).token;
    const [sealed, kept] = [await make('sealed', false), await make('kept', true)];
    const backup = await create(connected);
    expect(await connected.pick({ id: sealed.id })).toMatchObject({ hasValue: 'sealed' });
    expectOk(await restore(connected, backup.path));
    await connected.unlock();
    expect(await connected.pick({ id: sealed.id })).toMatchObject({ hasValue: 'none' });
    expect(expectFailure(await connected.client('token.take', { id: sealed.id })).code).toBe('not-found');
    expectOk(await connected.client('token.take', { id: kept.id }));
  });

  test.each([
    ['emptied', () => Buffer.alloc(0)],
    ['cut short', (whole: Buffer) => whole.subarray(0, whole.length - 1)],
    ['of something else', (whole: Buffer) => Buffer.alloc(whole.length, 7)],
  ])('that is %s is not listed, puts off none, and none is removed for it', async (_, spoil) => {
    const clock = fakeClock();
    await using connected = await connectedCore({ clock });
    const [first = { path: '' }] = await reopen(connected);
    const whole = readFileSync(first.path);
    const spoilt = daysFrom(clock.now(), [1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 30]);
    for (const name of spoilt) writeFileSync(join(dirname(first.path), name), spoil(whole));
    clock.advance(30 * dayMs);
    expect((await reopen(connected)).map(({ path }) => path)).toEqual([expect.any(String), first.path]);
    expect(readdirSync(dirname(first.path))).toEqual(expect.arrayContaining(spoilt.slice(0, -1)));
  });

  test('that was cut short by a kill goes after a day, and nothing else does', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ clock });
    const { path } = await create(connected);
    const backupsDir = dirname(path);
    const name = backupName(clock.now() - 3 * dayMs);
    const stale = [`${name}.0123456789ab.new`, `${name}.0123456789ab.new-wal`];
    const staying = [`${name}.ba9876543210.new`, 'notes.0123456789ab.new', 'notes.txt'];
    for (const each of [...stale, ...staying]) {
      writeFileSync(join(backupsDir, each), '');
      const changedAt = new Date(clock.now() - (each === staying[0] ? 0 : 2 * dayMs));
      utimesSync(join(backupsDir, each), changedAt, changedAt);
    }
    clock.advance(1_000);
    const next = await create(connected);
    // Of one day the newest stays.
    expect(readdirSync(backupsDir).sort()).toEqual([...staying, basename(next.path)].sort());
  });

  test('that cannot be made hinders nothing, and is told', async () => {
    await using connected = await connectedCore();
    writeFileSync(join(connected.vaultDir, 'vault.rondo.backups'), 'in the way');
    expectOk(await connected.client('vault.lock', {}));
    await connected.unlock();
    await expect.poll(async () => expectOk(await connected.client('backup.list', {})).problem).toMatch(/./);
  });

  test('never takes the place of anything, and needs a folder that is there', async () => {
    await using core = await temporaryCore();
    using folder = disposable();
    const path = join(folder.path, 'mine');
    writeFileSync(path, 'precious');
    expect(expectFailure(await core.client('backup.create', { path })).code).toBe('invalid-input');
    expect(readFileSync(path, 'utf8')).toBe('precious');
    const nowhere = join(folder.path, 'no', 'folder');
    expect(expectFailure(await core.client('backup.create', { path: nowhere })).code).toBe('not-found');
    expect(readdirSync(folder.path)).toEqual(['mine']);
  });

  test('is not made of a damaged vault, and leaves nothing behind', async () => {
    await using connected = await connectedCore();
    damageARecord(connected.vaultDir);
    using folder = disposable();
    const failure = expectFailure(await connected.client('backup.create', { path: join(folder.path, 'b') }));
    expect(failure.code).toBe('vault-damaged');
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe('restoring', () => {
  test('puts it in the place of the vault, which is kept whole', async () => {
    await using connected = await connectedCore();
    const backup = await create(connected);
    const { id } = await connected.pick({ label: 'fastlane' });
    expectOk(await connected.client('token.edit', { id, owner: 'since then' }));
    const { kept = '' } = expectOk(await restore(connected, backup.path));
    expect(expectOk(await connected.client('vault.status', {})).vault.locked).toBe(true);
    await connected.unlock();
    expect((await connected.pick({ id })).owner).toBeUndefined();
    expect(expectOk(await connected.client('vault.verify', {})).ok).toBe(true);
    expect(expectOk(await connected.client('audit.list', {})).entries.at(-1)).toMatchObject({
      action: 'backup.restored',
    });
    // And back: what was replaced opens like any backup.
    expectOk(await restore(connected, kept));
    await connected.unlock();
    expect((await connected.pick({ id })).owner).toBe('since then');
  });

  test('changes nothing without the word, with a wrong password, or of a file that is none', async () => {
    await using connected = await connectedCore();
    const backup = await create(connected);
    const before = await connected.tokens();
    const { path } = backup;
    const { client } = connected;
    expect(expectFailure(await client('backup.restore', { path, confirm: 'yes', password: password() })).code).toBe(
      'confirmation-required',
    );
    const wrong = new TextEncoder().encode('wrong');
    expect(expectFailure(await client('backup.restore', { path, confirm, password: wrong })).code).toBe(
      'wrong-password',
    );
    expect(expectFailure(await restore(connected, `${path}-not`)).code).toBe('not-found');
    expect(expectFailure(await restore(connected, dirname(path))).code).toBe('not-found');
    using folder = disposable();
    writeFileSync(join(folder.path, 'text'), 'not a vault'.repeat(100));
    expect(expectFailure(await restore(connected, join(folder.path, 'text'))).code).toBe('vault-damaged');
    expect(await connected.tokens()).toEqual(before);
    expect(readdirSync(connected.vaultDir).filter((name) => /new|replaced/.test(name))).toEqual([]);
  });

  test('refuses the backup of another vault, and a damaged one', async () => {
    await using connected = await connectedCore();
    await using other = await temporaryCore();
    using folder = disposable();
    const foreign = join(folder.path, 'foreign');
    await create(other, foreign);
    expect(expectFailure(await restore(connected, foreign))).toMatchObject({ code: 'invalid-input' });
    const cut = join(folder.path, 'cut');
    const whole = await create(connected);
    const bytes = readFileSync(whole.path);
    writeFileSync(cut, bytes.subarray(0, bytes.length - 8_192));
    expect(expectFailure(await restore(connected, cut)).code).toBe('vault-damaged');
    expect((await connected.tokens()).length).toBeGreaterThan(10);
  });

  test('waits for nobody: a vault that another process has open is not replaced', async () => {
    await using connected = await connectedCore();
    const backup = await create(connected);
    {
      await using _another = await connected.another();
      expect(expectFailure(await restore(connected, backup.path)).code).toBe('vault-busy');
    }
    expectOk(await restore(connected, backup.path));
  });

  test('replaces a vault of which nothing can be read any more', async () => {
    await using connected = await connectedCore();
    const backup = await create(connected);
    expectOk(await connected.client('vault.lock', {}));
    const vaultPath = join(connected.vaultDir, 'vault.rondo');
    writeFileSync(vaultPath, Buffer.alloc(20_000, 7));
    const { kept = '' } = expectOk(await restore(connected, backup.path));
    expect(readFileSync(kept).equals(Buffer.alloc(20_000, 7))).toBe(true);
    expect(existsSync(`${kept}.header`), 'perhaps the last good header of it').toBe(true);
    await connected.unlock();
    expect((await connected.tokens()).length).toBeGreaterThan(10);
  });

  test('into an empty folder needs no vault there', async () => {
    await using connected = await connectedCore();
    const backup = await create(connected);
    using folder = disposable();
    const vaultDir = join(folder.path, 'new', 'place');
    mkdirSync(vaultDir, { recursive: true });
    await using other = watchedCore({ vaultDir });
    expect(expectOk(await restore(other, backup.path)).kept).toBeUndefined();
    expectOk(await other.client('vault.unlock', { password: password() }));
    expect(existsSync(join(vaultDir, 'vault.rondo.header'))).toBe(true);
  });

  test('an open rotation of then does not go on by itself', async () => {
    await using connected = await connectedCore();
    const old = await connected.pick({ label: 'fastlane' });
    const waiting = await connected.rotate(old, { retire: 'taken' });
    expect(waiting.state).toBe('waiting');
    const backup = await create(connected);
    expectOk(await connected.client('rotation.abandon', { id: waiting.id, confirm: 'ABANDON' }));
    expectOk(await restore(connected, backup.path));
    await connected.unlock();
    const left = [{ id: waiting.id, state: 'needs-attention', decision: 'restored' }];
    expect(await connected.resume(), 'answered as it stands').toMatchObject(left);
    const { rotations } = expectOk(await connected.client('rotation.list', {}));
    expect(rotations).toMatchObject(left);
    expect(connected.alive().has(old.remoteId ?? '')).toBe(true);
  });
});

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const daysFrom = (startMs: number, days: readonly number[]) => days.map((day) => backupName(startMs + day * dayMs));

function damageARecord(vaultDir: string): void {
  const database = new Database(join(vaultDir, 'vault.rondo'));
  database.exec('UPDATE record SET secret = zeroblob(length(secret)) WHERE id = (SELECT min(id) FROM record)');
  database.close();
}

function disposable() {
  const folder = temporaryFolder();
  return { path: folder.path, [Symbol.dispose]: () => folder.dispose() };
}

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Id } from '../../../shared/ids.ts';
import { put } from '../../support/damaged-vault.ts';
import { intercept } from '../../support/intercept.ts';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../../support/temporary-vault.ts';

let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

const copies = () => readdirSync(opened.vaultDir).filter((name) => name.includes('.before-'));

async function content() {
  const vault = vaultIn(opened.vaultDir);
  const session = await vault.unlock(passwordBytes());
  expect(session.verify()).toMatchObject({ ok: true, damaged: [] });
  const read = (id: Id) => session.withSecret(id, (secret) => new TextDecoder().decode(secret));
  const found = {
    records: session.records('note').map((record) => [record, read(record.id)]),
    journal: [...session.journal()],
    log: session.log(),
  };
  vault.lock();
  return found;
}

test('the same content under new keys, with a chain that names the end of the old one', async () => {
  for (const label of ['a', 'b']) put(opened.session, label);
  opened.session.write((transaction) => transaction.putJournal(opened.session.newId(), { step: 'create' }));
  const before = await content();
  const password = passwordBytes();
  expect(await opened.vault.reKey(password, [])).toEqual([]);
  expect(password.every((byte) => byte === 0)).toBe(true);
  expect(() => opened.session.records('note')).toThrow(expect.objectContaining({ code: 'locked' }));
  const after = await content();
  expect(after.records).toEqual(before.records);
  expect(after.journal).toEqual(before.journal);
  const acts = ({ log }: typeof before) => log.map(({ hash: _, ...entry }) => entry);
  expect(acts(after)).toEqual([
    ...acts(before),
    expect.objectContaining({ action: 'vault.re-keyed', detail: `log before: ${before.log.at(-1)?.hash}` }),
  ]);
  expect(after.log[0]?.hash).not.toBe(before.log[0]?.hash);
});

test('the old header opens nothing of the new vault, and the new one nothing of the old', async () => {
  put(opened.session, 'a');
  opened.vault.lock();
  const [oldDir, mixedDir] = ['old', 'mixed'].map((name) => join(opened.vaultDir, name));
  for (const dir of [oldDir ?? '', mixedDir ?? '']) mkdirSync(dir);
  const file = (dir: string, name = 'vault.rondo') => join(dir, name);
  copyFileSync(file(opened.vaultDir), file(oldDir ?? ''));
  const oldHeader = readFileSync(file(opened.vaultDir, 'vault.rondo.header'));
  await opened.vault.unlock(passwordBytes());
  await opened.vault.reKey(passwordBytes(), []);
  const newHeader = readFileSync(file(opened.vaultDir, 'vault.rondo.header'));
  expect(newHeader.equals(oldHeader)).toBe(false);
  for (const [from, header] of [
    [opened.vaultDir, oldHeader],
    [oldDir ?? '', newHeader],
  ] as const) {
    const bytes = readFileSync(file(from));
    for (let at = bytes.indexOf('RONDOHDR'); at !== -1; at = bytes.indexOf('RONDOHDR')) bytes.fill(0, at, at + 9);
    writeFileSync(file(mixedDir ?? ''), bytes);
    writeFileSync(file(mixedDir ?? '', 'vault.rondo.header'), header);
    await expect(vaultIn(mixedDir ?? '').unlock(passwordBytes())).rejects.toMatchObject({ code: 'vault-damaged' });
  }
  const old = vaultIn(oldDir ?? '');
  expect((await old.unlock(passwordBytes())).verify().ok).toBe(true);
  old.lock();
});

test('other ways in stay where what opens them is shown, and are named where not', async () => {
  const code = await opened.vault.addWay('recovery', passwordBytes());
  const key = await opened.vault.addWay('keychain', passwordBytes());
  const copy = (bytes: Uint8Array) => new Uint8Array(bytes);
  expect(await opened.vault.reKey(passwordBytes(), [{ type: 'recovery', secret: copy(code) }])).toEqual(['keychain']);
  await opened.vault.unlock(copy(code), 'recovery');
  expect(opened.vault.ways()).toEqual({ recovery: true, keychain: false });
  await expect(opened.vault.unlock(copy(key), 'keychain')).rejects.toMatchObject({ code: 'not-found' });
  expect(await opened.vault.reKey(passwordBytes(), [])).toEqual(['recovery']);
});

test('nothing is changed by a wrong password, a wrong code, or while the vault is held', async () => {
  put(opened.session, 'a');
  await opened.vault.addWay('keychain', passwordBytes());
  const before = await content();
  const wrong = 'wrong-password';
  await expect(opened.vault.reKey(passwordBytes('wrong'), [])).rejects.toMatchObject({ code: wrong });
  const kept = [{ type: 'keychain', secret: new Uint8Array(32) } as const];
  await expect(opened.vault.reKey(passwordBytes(), kept)).rejects.toMatchObject({ code: wrong });
  await opened.session.exclusively(async () => {
    await expect(opened.vault.reKey(passwordBytes(), [])).rejects.toMatchObject({ code: 'vault-busy' });
  });
  expect(copies()).toEqual([]);
  expect(await content()).toEqual(before);
});

test('a disk that fails at the end leaves the old keys, with the old header in its file, or says that it is gone', async () => {
  put(opened.session, 'a');
  const before = await content();
  const [vaultPath, headerPath] = [join(opened.vaultDir, 'vault.rondo'), join(opened.vaultDir, 'vault.rondo.header')];
  const header = readFileSync(headerPath);
  const failing = async (isHeaderHit: boolean) => {
    await opened.vault.unlock(passwordBytes());
    const stop = intercept((call, run) => {
      if (call.name === 'COMMIT' && call.connection?.name === vaultPath) {
        throw new Database.SqliteError('the disk failed', 'SQLITE_FULL');
      }
      if (isHeaderHit && call.name === 'renameSync' && call.parameters[1] === headerPath) {
        throw Object.assign(new Error('the disk failed'), { code: 'ENOSPC' });
      }
      return run();
    });
    return opened.vault
      .reKey(passwordBytes(), [])
      .then(
        () => undefined,
        (error: unknown) => error,
      )
      .finally(stop);
  };
  expect(await failing(false)).toMatchObject({
    code: 'storage',
    message: 'The disk is full. Nothing in the vault was changed or lost.',
  });
  expect(readFileSync(headerPath).equals(header)).toBe(true);
  expect(await failing(true)).toMatchObject({
    code: 'storage',
    message: expect.stringMatching(
      /^The disk is full\. Nothing .* in a file of its own is gone: the next unlock writes it again\.$/,
    ),
  });
  expect(existsSync(headerPath)).toBe(false);
  expect(await content()).toEqual(before);
  expect(readFileSync(headerPath).equals(header)).toBe(true);
});

test('another process that has the vault open is told, and can only unlock again', async () => {
  let told = 0;
  const other = vaultIn(opened.vaultDir, { keysChanged: () => told++ });
  const session = await other.unlock(passwordBytes());
  await opened.vault.reKey(passwordBytes(), []);
  expect(() => put(session, 'late')).toThrow(expect.objectContaining({ code: 'locked' }));
  expect(() => session.records('note')).toThrow(expect.objectContaining({ code: 'locked' }));
  await Promise.resolve();
  expect(told, 'once, when what noticed it had ended').toBe(1);
  expect(other.status()).toMatchObject({ locked: true, lockedBecause: 'new-keys' });
  expect(() => other.session()).toThrow(expect.objectContaining({ code: 'locked' }));
  put(await other.unlock(passwordBytes()), 'again');
  other.lock();
  expect((await content()).records).toHaveLength(1);
});

test.each([
  ['new keys', 're-key', () => opened.vault.reKey(passwordBytes(), [])],
  ['a new password', 'password-change', () => opened.vault.changePassword(passwordBytes(), passwordBytes())],
])('before %s a whole copy is made, which goes after the next good unlock', async (_, reason, act) => {
  const id = put(opened.session, 'a');
  await act();
  const [copy = '', ...more] = copies();
  expect(more).toEqual([]);
  expect(copy).toMatch(new RegExp(`^vault\\.rondo\\.before-${reason}-`));
  const copyDir = join(opened.vaultDir, 'copied');
  mkdirSync(copyDir);
  copyFileSync(join(opened.vaultDir, copy), join(copyDir, 'vault.rondo'));
  const old = vaultIn(copyDir);
  const session = await old.unlock(passwordBytes());
  expect(session.verify().ok).toBe(true);
  expect(session.withSecret(id, (secret) => secret.length)).toBe('value of a'.length);
  old.lock();
  // What a person keeps beside it is not Rondo's to remove.
  const theirs = ['vault.rondo.before-migration-2', 'vault.rondo.before-upgrade'];
  for (const name of theirs) copyFileSync(join(opened.vaultDir, copy), join(opened.vaultDir, name));
  await content();
  expect(copies().toSorted()).toEqual(theirs);
});

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../../support/temporary-vault.ts';

const next = 'quite another one';
let opened: TemporaryVault;
beforeEach(async () => {
  opened = await temporaryVault();
});
afterEach(() => opened.dispose());

const change = (from: string | undefined = undefined, to = next) =>
  opened.vault.changePassword(passwordBytes(from), passwordBytes(to));

async function opens(password?: string): Promise<boolean> {
  const vault = vaultIn(opened.vaultDir);
  try {
    const session = await vault.unlock(passwordBytes(password));
    expect(session.damaged).toEqual([]);
    expect(session.verify().ok).toBe(true);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'wrong-password' });
    return false;
  } finally {
    vault.lock();
  }
}

function headerCopies(): Buffer[] {
  const database = new Database(join(opened.vaultDir, 'vault.rondo'), { readonly: true });
  try {
    const cell = (table: string) => Object.values(Object(database.prepare(`SELECT * FROM ${table}`).get())).at(-1);
    return [cell('header_a'), cell('header_b'), readFileSync(join(opened.vaultDir, 'vault.rondo.header'))].map((copy) =>
      Buffer.from(copy as Uint8Array),
    );
  } finally {
    database.close();
  }
}

test('the new password opens the same content, the old one nothing, and every copy of the header says so', async () => {
  const id = opened.session.newId();
  opened.session.write((transaction) => transaction.putRecord({ id, kind: 'note', meta: { text: 'kept' } }, 'none'));
  const given = { current: passwordBytes(), next: passwordBytes(next) };
  await opened.vault.changePassword(given.current, given.next);
  expect(
    [...given.current, ...given.next].every((byte) => byte === 0),
    'both are overwritten',
  ).toBe(true);
  expect(new Set(headerCopies().map((copy) => copy.toString('hex'))).size).toBe(1);
  expect(opened.session.record(id)?.meta).toEqual({ text: 'kept' });
  expect(opened.session.log().at(-1)).toMatchObject({ action: 'vault.password-changed', outcome: 'ok' });
  expect(await opens()).toBe(false);
  expect(await opens(next)).toBe(true);
});

test('a process that has the vault open goes on, and writes what both can read', async () => {
  const other = vaultIn(opened.vaultDir);
  const session = await other.unlock(passwordBytes());
  await change();
  const id = session.newId();
  session.write((transaction) => transaction.putRecord({ id, kind: 'note', meta: 'after' }, 'none'));
  expect(opened.session.record(id)?.meta).toBe('after');
  other.lock();
  expect(await opens(next)).toBe(true);
});

test('without the current password, or with an empty new one, nothing is changed', async () => {
  const before = headerCopies().map(String);
  await expect(change('wrong')).rejects.toMatchObject({ code: 'wrong-password' });
  await expect(change(undefined, '')).rejects.toMatchObject({ code: 'invalid-input' });
  opened.vault.lock();
  await expect(change()).rejects.toMatchObject({ code: 'locked' });
  expect(headerCopies().map(String)).toEqual(before);
  expect(await opens()).toBe(true);
});

test('an older header that comes back into the file opens nothing while the database has its own', async () => {
  const path = join(opened.vaultDir, 'vault.rondo.header');
  const older = readFileSync(path);
  await change();
  writeFileSync(path, older);
  expect(await opens()).toBe(false);
});

test('where the file of the header cannot be replaced, it says that the copy opens as before', async () => {
  const path = join(opened.vaultDir, 'vault.rondo.header');
  rmSync(path);
  mkdirSync(join(path, 'in-the-way'), { recursive: true });
  await expect(change()).rejects.toMatchObject({
    code: 'storage',
    message: expect.stringMatching(/that copy still opens as before/),
  });
  const reopened = vaultIn(opened.vaultDir);
  expect((await reopened.unlock(passwordBytes(next))).damaged).toEqual([]);
  reopened.lock();
});

test('two changes at once: one holds, and it is clear which', async () => {
  const results = await Promise.allSettled([change(undefined, 'first new one'), change(undefined, 'second new one')]);
  const done = results.map(({ status }) => status === 'fulfilled');
  expect(done.filter(Boolean)).toHaveLength(1);
  expect([await opens('first new one'), await opens('second new one')]).toEqual(done);
});

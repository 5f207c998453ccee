import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../../main/platform/random.ts';
import type { VaultSession } from '../../../main/vault/vault.ts';
import {
  passwordBytes,
  type TemporaryFolder,
  type TemporaryVault,
  temporaryFolder,
  temporaryVault,
  vaultIn,
} from '../../support/temporary-vault.ts';
import { operate, outcomeOf } from '../../support/vault-surgery.ts';

let folder: TemporaryFolder;
let opened: TemporaryVault;
let session: VaultSession;
beforeEach(async () => {
  folder = temporaryFolder();
  opened = await temporaryVault();
  session = opened.session;
});
afterEach(() => {
  opened.dispose();
  folder.dispose();
});

const value = (content: string) => new TextEncoder().encode(content);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const entry = { at: '2026-11-23T00:00:00.000Z', actor: 'test', action: 'x', outcome: 'ok' } as const;

describe('a vault', () => {
  test('gives back after unlock what was written before lock', async () => {
    const id = session.newId();
    session.write((transaction) => {
      transaction.putRecord({ id, kind: 'token', meta: { label: 'Grüße' } }, value('value'));
      transaction.putJournal(id, { step: 1 });
      transaction.appendLog(entry);
    });
    const { vaultId } = session;
    opened.vault.lock();
    const again = await opened.vault.unlock(opened.password());
    expect(again.vaultId).toBe(vaultId);
    expect(again.damaged).toEqual([]);
    expect(again.records('token')).toEqual([{ id, kind: 'token', meta: { label: 'Grüße' } }]);
    expect(again.records('account')).toEqual([]);
    expect(again.journal()).toEqual(new Map([[id, { step: 1 }]]));
    expect(again.withSecret(id, text)).toBe('value');
    expect(again.log()).toEqual([{ ...entry, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(again.verifyLog()).toEqual({ ok: true, entries: 1 });
    expect(again.verify()).toEqual({ ok: true, records: 1, damaged: [] });
  });

  test('overwrites the password it was given, and refuses another one', async () => {
    const password = passwordBytes();
    const wrong = passwordBytes('wrong');
    await opened.vault.unlock(password);
    await expect(opened.vault.unlock(wrong)).rejects.toMatchObject({ code: 'wrong-password' });
    expect([...password, ...wrong].every((byte) => byte === 0)).toBe(true);
    expect(opened.vault.session(), 'a wrong password locks nobody out').toBeDefined();
  });

  test('opens with the same password typed as other code points', async () => {
    const vault = vaultIn(folder.path);
    await vault.create(passwordBytes('pässwort'));
    await vault.unlock(passwordBytes('pa\u0308sswort'));
    vault.lock();
  });

  test('refuses a password that is empty or no text', async () => {
    const vault = vaultIn(folder.path);
    await expect(vault.create(new Uint8Array(0))).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(vault.create(Uint8Array.of(0xff))).rejects.toMatchObject({ code: 'invalid-input' });
    expect(readdirSync(folder.path)).toEqual([]);
    await expect(opened.vault.unlock(Uint8Array.of(0xff))).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('logs failed unlocks at the next good one, once', async () => {
    opened.vault.lock();
    for (const wrong of ['a', 'b']) await opened.vault.unlock(passwordBytes(wrong)).catch(() => {});
    const again = await opened.vault.unlock(opened.password());
    expect(again.log()).toEqual([expect.objectContaining({ action: 'vault.unlock', outcome: 'failed' })]);
    expect(again.log()[0]?.detail).toMatch(/^2 /);
    opened.vault.lock();
    expect((await opened.vault.unlock(opened.password())).log()).toHaveLength(1);
  });

  test('answers nothing once it is locked, and lock may be called twice', () => {
    const id = session.newId();
    session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta: {} }, value('v')));
    opened.vault.lock();
    opened.vault.lock();
    const calls = [
      () => session.records('token'),
      () => session.record(id),
      () => session.journal(),
      () => session.damaged,
      () => session.write(() => 1),
      () => session.withSecret(id, text),
      () => session.fingerprint(value('v')),
      () => session.verify(),
      () => session.log(),
      () => opened.vault.session(),
    ];
    expect(calls.map(outcomeOf)).toEqual(calls.map(() => 'locked'));
    expect(opened.vault.status().locked).toBe(true);
  });

  test('that is locked while its key is derived stays locked', async () => {
    opened.vault.lock();
    const unlocking = opened.vault.unlock(opened.password());
    opened.vault.lock();
    await expect(unlocking).rejects.toMatchObject({ code: 'locked' });
    expect(opened.vault.status().locked).toBe(true);
  });
});

describe('a transaction', () => {
  test('that fails changes nothing, in the file and in what is shown', async () => {
    const [kept, removed, added] = [session.newId(), session.newId(), session.newId()];
    session.write((transaction) => {
      transaction.putRecord({ id: kept, kind: 'token', meta: 1 }, value('one'));
      transaction.putRecord({ id: removed, kind: 'token', meta: 2 }, 'none');
      transaction.putJournal(kept, { step: 1 });
    });
    const byId = (kind: string) => session.records(kind).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const shown = () => [byId('token'), byId('account'), [...session.journal()], session.log()];
    const before = shown();
    const fail = () =>
      session.write((transaction) => {
        transaction.putRecord({ id: kept, kind: 'account', meta: 9 }, value('nine'));
        transaction.removeRecord(removed);
        transaction.putRecord({ id: added, kind: 'token', meta: 3 }, 'none');
        transaction.putJournal(added, {});
        transaction.removeJournal(kept);
        transaction.appendLog(entry);
        expect(transaction.records('token').map(({ id }) => id)).toEqual([added]);
        throw new Error('changed my mind');
      });
    expect(fail).toThrow('changed my mind');
    expect(shown()).toEqual(before);
    expect(session.withSecret(kept, text)).toBe('one');
    expect(session.verify().ok).toBe(true);
    opened.vault.lock();
    session = await opened.vault.unlock(opened.password());
    expect(shown()).toEqual(before);
  });

  test('sees its own changes, and so does a reader inside of it', () => {
    const id = session.newId();
    session.write((transaction) => {
      transaction.putRecord({ id, kind: 'token', meta: 1 }, 'none');
      expect(transaction.record(id)?.meta).toBe(1);
      expect(session.record(id)?.meta).toBe(1);
      transaction.removeRecord(id);
      expect(transaction.records('token')).toEqual([]);
    });
  });

  test('keeps a secret, replaces it, or empties it', () => {
    const id = session.newId();
    const put = (meta: number, secret: 'same' | 'none' | Uint8Array) =>
      session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta }, secret));
    put(1, 'same');
    expect(session.withSecret(id, text)).toBeUndefined();
    put(2, value('two'));
    put(3, 'same');
    expect(session.withSecret(id, text)).toBe('two');
    put(4, 'none');
    expect(session.withSecret(id, text)).toBeUndefined();
  });

  test('does not keep what its caller changes afterwards', () => {
    const id = session.newId();
    const meta = { label: 'before' };
    const secret = value('secret');
    session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta }, secret));
    meta.label = 'after';
    secret.fill(0);
    expect(session.record(id)?.meta).toEqual({ label: 'before' });
    expect(session.withSecret(id, text)).toBe('secret');
  });

  test('cannot wait, be nested, or be used after its end', () => {
    expect(() => session.write(async () => 1)).toThrow(/cannot wait/);
    expect(() => session.write(() => session.write(() => 1))).toThrow(/within another/);
    const leaked = session.write((transaction) => transaction);
    expect(() => leaked.putJournal(session.newId(), {})).toThrow(/has ended/);
    expect(session.journal().size).toBe(0);
  });

  test('refuses what is too long, and holds what the contract allows', () => {
    const id = session.newId();
    const put = (meta: unknown, secret: Uint8Array) =>
      session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta }, secret));
    expect(outcomeOf(() => put('x'.repeat(2_000_000), value('')))).toBe('invalid-input');
    expect(outcomeOf(() => put({}, new Uint8Array(1_100_000)))).toBe('invalid-input');
    expect(session.record(id)).toBeUndefined();
    put({ note: '😀'.repeat(20_000) }, systemRandom.bytes(65_536));
    expect(session.withSecret(id, (bytes) => bytes.length)).toBe(65_536);
  });
});

test('a lent secret is overwritten when its borrower returns or throws', () => {
  const id = session.newId();
  session.write((transaction) => transaction.putRecord({ id, kind: 'token', meta: {} }, value('secret')));
  const lent: Uint8Array[] = [];
  session.withSecret(id, (bytes) => lent.push(bytes));
  expect(() =>
    session.withSecret(id, (bytes) => {
      lent.push(bytes);
      throw new Error('mine');
    }),
  ).toThrow('mine');
  expect(() => session.withSecret(id, async () => 1)).toThrow(/before a promise ends/);
  expect(lent.map((bytes) => [...bytes].every((byte) => byte === 0))).toEqual([true, true]);
  expect(session.withSecret(session.newId(), text)).toBeUndefined();
});

test('a fingerprint is the same for the same value of the same vault only', async () => {
  const other = await temporaryVault();
  expect(session.fingerprint(value('v'))).toBe(session.fingerprint(value('v')));
  expect(session.fingerprint(value('v'))).not.toBe(session.fingerprint(value('w')));
  expect(session.fingerprint(value('v'))).not.toBe(other.session.fingerprint(value('v')));
  other.dispose();
});

describe('making a vault', () => {
  test('keeps group and others out, and tells where it is', async () => {
    const vaultDir = join(folder.path, 'a', 'b');
    const vault = vaultIn(vaultDir, { clock: { now: () => 0, sleep: async () => {} } });
    expect(vault.status()).toEqual({ path: join(vaultDir, 'vault.rondo'), exists: false, locked: true });
    const created = await vault.create(passwordBytes());
    expect(created).toEqual({ path: join(vaultDir, 'vault.rondo'), createdAt: '1970-01-01T00:00:00.000Z', format: 1 });
    expect(vault.status()).toEqual({ path: created.path, exists: true, format: 1, locked: true });
    expect(readdirSync(vaultDir).sort()).toEqual(['vault.rondo', 'vault.rondo.header']);
    const modes = [vaultDir, ...readdirSync(vaultDir).map((name) => join(vaultDir, name))].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  test('refuses where one is, or a part of one', async () => {
    await expect(opened.vault.create(passwordBytes())).rejects.toMatchObject({ code: 'invalid-input' });
    for (const name of ['vault.rondo', 'vault.rondo.header', 'vault.rondo-wal']) {
      const vaultDir = join(folder.path, name);
      mkdirSync(vaultDir);
      symlinkSync('nowhere', join(vaultDir, name));
      await expect(vaultIn(vaultDir).create(passwordBytes())).rejects.toMatchObject({ code: 'invalid-input' });
      expect(readdirSync(vaultDir)).toEqual([name]);
    }
  });

  test('twice at once makes one', async () => {
    const attempts = await Promise.allSettled([1, 2, 3].map(() => vaultIn(folder.path).create(passwordBytes())));
    expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(readdirSync(folder.path).sort()).toEqual(['vault.rondo', 'vault.rondo.header']);
    const vault = vaultIn(folder.path);
    expect((await vault.unlock(passwordBytes())).verify().ok).toBe(true);
    vault.lock();
  });

  test('where a file stands in place of the folder says so and leaves it', async () => {
    const path = join(folder.path, 'file');
    writeFileSync(path, 'mine');
    await expect(vaultIn(path).create(passwordBytes())).rejects.toMatchObject({ code: 'invalid-input' });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(vaultIn(path).status().exists).toBe(false);
  });
});

describe('rights that are too wide', () => {
  test('are taken away at unlock', async () => {
    opened.vault.lock();
    chmodSync(opened.vaultDir, 0o755);
    for (const name of readdirSync(opened.vaultDir)) chmodSync(join(opened.vaultDir, name), 0o644);
    await opened.vault.unlock(opened.password());
    expect(statSync(opened.vaultDir).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(opened.vaultDir))
      expect(statSync(join(opened.vaultDir, name)).mode & 0o077, name).toBe(0);
  });

  test('of a folder that holds other things stay', async () => {
    writeFileSync(join(opened.vaultDir, 'notes.txt'), '');
    chmodSync(opened.vaultDir, 0o755);
    await opened.vault.unlock(opened.password());
    expect(statSync(opened.vaultDir).mode & 0o777).toBe(0o755);
  });
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
    const damaged = { code: 'vault-damaged', details: { reason: 'not-a-vault' } };
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

test('a vault that could never be opened is not made', async () => {
  const creationKdf = { operations: 11, memoryBytes: 8 * 1024 * 1024 };
  await expect(vaultIn(folder.path, { creationKdf }).create(passwordBytes())).rejects.toThrow(RangeError);
  expect(readdirSync(folder.path)).toEqual([]);
});

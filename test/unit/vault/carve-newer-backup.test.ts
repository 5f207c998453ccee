import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VaultTransaction } from '../../../main/vault/vault.ts';
import { damaged } from '../../support/damaged-vault.ts';
import { passwordBytes, type TemporaryVault, temporaryVault } from '../../support/temporary-vault.ts';
import {
  account,
  backUpAsRondo,
  carved,
  held,
  kept,
  leaveInFile,
  loseFreePage,
  notes,
  partsNow,
  putAccount,
  putToken,
  repairAll,
} from '../../support/values-to-repair.ts';

// What lies about in the vault's file may be older than what a backup has; only its number tells.

let opened: TemporaryVault;
/** Its two parts before it signed in with another token. */
let older: { readonly meta: Uint8Array; readonly value: Uint8Array };
const rotated = { ...account, signInToken: '2'.repeat(32) };

beforeEach(async () => {
  opened = await temporaryVault();
  putAccount(opened, account, 'old');
  const [meta = new Uint8Array(0), value = new Uint8Array(0)] = partsNow(opened);
  older = { meta, value };
  await opened.vault.unlock(passwordBytes());
  // A vault in which nothing opens is said to have the header of another.
  putToken(opened, kept, 'another');
});
afterEach(() => opened.dispose());

function rotate() {
  signIn(rotated, 'new');
}

/** As Rondo does: with an entry of the log. */
function signIn(as: typeof account, value: string) {
  putAccount(opened, as, value);
  opened.vault.session().write((transaction) => log(transaction, value));
}

function log(transaction: VaultTransaction, action: string) {
  transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'test', action, outcome: 'ok' });
}

const lost = 'meta = zeroblob(512), secret = zeroblob(256)';

/** The row does not open as a whole, nothing proves what stood there, and these lie in the file. */
async function onlyLeft(parts: readonly Uint8Array[], row = `UPDATE record SET ${lost}`) {
  const { vault } = await damaged(opened, (database) => {
    // As the vault does: else the row would lie in the file still.
    database.pragma('secure_delete = ON');
    database.prepare(`${row} WHERE id = ?`).run(Buffer.from(account.id, 'hex'));
    database.exec('UPDATE manifest SET manifest = zeroblob(400)');
  });
  vault.lock();
  leaveInFile(opened.vaultDir, parts);
}

const now = { meta: { signInToken: rotated.signInToken }, value: 'new' };

describe('carving', () => {
  test('takes the whole row of a backup that was sealed after the description that was found, and says so', async () => {
    rotate();
    const backups = [backUpAsRondo(opened)];
    await onlyLeft([older.meta]);
    const { into, damaged: parts } = await carved(opened, backups);
    expect(parts).toContainEqual(
      expect.objectContaining({ id: account.id, remedy: 'set-aside', instead: 'from-backup', backup: backups[0] }),
    );
    expect(await held(into, account.id)).toMatchObject(now);
  });

  test('does so also of what never has a value', async () => {
    const { id } = account;
    rotate();
    opened.vault
      .session()
      .write((transaction) => transaction.putRecord({ id, kind: 'project', meta: { name: 'new name' } }, 'none'));
    const backups = [backUpAsRondo(opened)];
    await onlyLeft([older.meta]);
    const { into, damaged: parts } = await carved(opened, backups);
    expect(parts).toContainEqual(expect.objectContaining({ id, remedy: 'from-backup', backup: backups[0] }));
    expect(await held(into, id)).toMatchObject({ meta: { name: 'new name' } });
  });

  test('keeps a description that was sealed after the backup, and no value of another sign-in beside it', async () => {
    const backups = [backUpAsRondo(opened)];
    rotate();
    await onlyLeft([], 'UPDATE record SET secret = zeroblob(256)');
    const { into, damaged: parts } = await carved(opened, backups);
    expect(parts).toContainEqual(expect.objectContaining({ id: account.id, remedy: 'set-aside', only: 'value' }));
    expect(await held(into, account.id)).toMatchObject({ meta: now.meta, value: undefined });
  });

  test('takes the value of a backup that was sealed after the one that was found without its description', async () => {
    rotate();
    const backups = [backUpAsRondo(opened)];
    await onlyLeft([older.value]);
    const { into, damaged: parts } = await carved(opened, backups);
    const [part] = parts.filter(({ id }) => id === account.id);
    expect(part).toMatchObject({ remedy: 'from-backup' });
    expect(part).not.toHaveProperty('only');
    expect(await held(into, account.id)).toMatchObject(now);
  });

  test('keeps a value without its description that was sealed after the backup', async () => {
    const backups = [backUpAsRondo(opened)];
    rotate();
    await onlyLeft([], 'UPDATE record SET meta = zeroblob(512)');
    const { into, damaged: parts } = await carved(opened, backups);
    expect(parts).toContainEqual(expect.objectContaining({ id: account.id, only: 'description' }));
    const { meta, value } = await held(into, account.id);
    expect(value).toBe('new');
    expect(meta).not.toHaveProperty('signInToken');
  });
});

describe('a repair that looks in the file as well', () => {
  test.each([
    ['does not open', `UPDATE record SET ${lost}`],
    ['is gone', 'DELETE FROM record'],
  ])('takes a backup’s row that was sealed after what lies in the file, of one that %s', async (_, row) => {
    rotate();
    const backups = [backUpAsRondo(opened)];
    await onlyLeft([older.meta, older.value], row);
    loseFreePage(opened.vaultDir);
    const patient = await damaged(opened, () => {});
    patient.vault.repair({ ...repairAll, backups });
    expect(await held(opened.vaultDir, account.id)).toMatchObject(now);
  });

  test('does not prefer a backup to a description that SQLite gives, whatever its number', async () => {
    rotate();
    const backups = [backUpAsRondo(opened)];
    await onlyLeft([]);
    loseFreePage(opened.vaultDir);
    const patient = await damaged(opened, (database) =>
      database.prepare('UPDATE record SET meta = ? WHERE id = ?').run(older.meta, Buffer.from(account.id, 'hex')),
    );
    const { damaged: parts } = patient.vault.damage({ ...notes, backups });
    expect(parts).toContainEqual(expect.objectContaining({ id: account.id, remedy: 'set-aside', only: 'value' }));
  });
});

describe('after a restore, where a later backup of the time that was given up has the higher numbers', () => {
  const newest = { meta: { signInToken: '4'.repeat(32) }, value: 'newest' };
  let backups: { readonly path: string; readonly createdAt: string }[];
  beforeEach(async () => {
    signIn(account, 'old');
    const first = backUpAsRondo(opened);
    const abandoned = { ...account, signInToken: '3'.repeat(32) };
    for (let times = 0; times < 10; times++) signIn(abandoned, 'given up');
    const second = backUpAsRondo(opened);
    await opened.vault.restore(first.path, passwordBytes(), (transaction) => log(transaction, 'restored'));
    await opened.vault.unlock(passwordBytes());
    signIn({ ...account, ...newest.meta }, newest.value);
    backups = [second, first];
  });

  test('a repair keeps what lies in the file', async () => {
    const parts = partsNow(opened, account.id);
    await opened.vault.unlock(passwordBytes());
    await onlyLeft(parts, 'DELETE FROM record');
    loseFreePage(opened.vaultDir);
    const patient = await damaged(opened, () => {});
    patient.vault.repair({ ...repairAll, backups });
    expect(await held(opened.vaultDir, account.id)).toMatchObject(newest);
  });

  test('carving keeps a value that lost its description', async () => {
    await onlyLeft([], 'UPDATE record SET meta = zeroblob(512)');
    const { into, damaged: parts } = await carved(opened, backups);
    expect(parts).toContainEqual(expect.objectContaining({ id: account.id, only: 'description' }));
    expect(await held(into, account.id)).toMatchObject({ value: newest.value });
  });

  test('carving keeps a description that lost its value', async () => {
    await onlyLeft([], 'UPDATE record SET secret = zeroblob(256)');
    const { into, damaged: parts } = await carved(opened, backups);
    expect(parts).toContainEqual(expect.objectContaining({ id: account.id, remedy: 'set-aside', only: 'value' }));
    expect(await held(into, account.id)).toMatchObject({ meta: newest.meta, value: undefined });
  });
});

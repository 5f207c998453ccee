import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { backupsFolderName, vaultFileName } from '../../shared/vault-files.ts';
import { expectOk } from '../support/core-pieces.ts';
import { passwordBytes, vaultIn } from '../support/temporary-vault.ts';
import { operate } from '../support/vault-surgery.ts';
import { type OpenRondo, passwordText } from './open-rondo.ts';
import { endApp } from './started-window.ts';

/** Locks, spoils a byte of one token, and unlocks again. @returns its label */
export async function damageOneToken(app: OpenRondo): Promise<string> {
  const [token] = expectOk(await app.call('token.list', {})).tokens;
  if (token === undefined) throw new Error('there is no token to damage');
  // The day's own backup is made after the unlock, in its own time.
  await expect.poll(async () => expectOk(await app.call('backup.list', {})).backups.length).toBeGreaterThan(0);
  await app.replaced(() => app.page.keyboard.press('Control+l'));
  await app.page.getByLabel('Password of this vault').waitFor();
  operate(app.vaultDir, (database) => {
    const id = Buffer.from(token.id, 'hex');
    const meta = database.prepare<[Buffer], Buffer>('SELECT meta FROM record WHERE id = ?').pluck().get(id);
    if (!Buffer.isBuffer(meta)) throw new Error('the token has no row');
    meta.writeUInt8(meta.readUInt8(100) ^ 1, 100);
    database.prepare('UPDATE record SET meta = ? WHERE id = ?').run(meta, id);
  });
  await app.unlock();
  return token.label;
}

/** A token that is none, written by somebody who has the password: whole as far as the vault can tell. */
async function writeNoToken({ vaultDir }: OpenRondo): Promise<void> {
  const vault = vaultIn(vaultDir);
  const session = await vault.unlock(passwordBytes(passwordText));
  const empty = new Uint8Array();
  session.write((transaction) => transaction.putRecord({ id: session.newId(), kind: 'token', meta: {} }, empty));
  vault.lock();
}

/** Has a backup made and locked, writes a token that is none, and unlocks: what the vault holds cannot be read any more. */
export async function unreadable(app: OpenRondo): Promise<void> {
  expectOk(await app.call('backup.create', {}));
  await app.replaced(() => app.page.keyboard.press('Control+l'));
  await writeNoToken(app);
  await app.unlock();
}

/** Has a backup made, quits, takes away what is not a backup, and starts again. @returns the first run's page */
export async function loseVault(app: OpenRondo): Promise<Page> {
  expectOk(await app.call('backup.create', {}));
  await endApp(app.process);
  for (const name of readdirSync(app.vaultDir))
    if (name !== backupsFolderName) rmSync(join(app.vaultDir, name), { recursive: true });
  return app.restart();
}

/** Locks, takes every copy of the header away but the backups', and tries to unlock. */
export async function spoilHeaders(app: OpenRondo): Promise<void> {
  await expect.poll(async () => expectOk(await app.call('backup.list', {})).backups.length).toBeGreaterThan(0);
  await app.replaced(() => app.page.keyboard.press('Control+l'));
  await app.page.getByLabel('Password of this vault').waitFor();
  operate(app.vaultDir, (database) => {
    for (const table of ['header_a', 'header_b'])
      database.exec(`UPDATE ${table} SET header = zeroblob(length(header))`);
  });
  rmSync(join(app.vaultDir, `${vaultFileName}.header`));
  await app.page.getByLabel('Password of this vault').fill(passwordText);
  await app.page.keyboard.press('Enter');
}

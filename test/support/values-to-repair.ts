// Tokens and accounts with values, in a vault that is damaged and put together again as Rondo does it: with its own notes, and
// with backups that leave out what waits to be taken.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type AccountRecord, accountStore } from '../../main/accounts/account-store.ts';
import { createRepairNotes } from '../../main/repair-notes.ts';
import { leaveOutSealed } from '../../main/tokens/for-backup.ts';
import { type TokenRecord, tokenStore } from '../../main/tokens/token-store.ts';
import type { CarveWanted } from '../../main/vault/carve.ts';
import { backUp, damaged, flipCell } from './damaged-vault.ts';
import { fakeClock } from './fake-clock.ts';
import { passwordBytes, type TemporaryVault, vaultIn } from './temporary-vault.ts';
import { tokenRecord } from './token-records.ts';
import { operate } from './vault-surgery.ts';

export const notes = createRepairNotes(fakeClock());
export const repair = { ...notes, confirm: 'REPAIR' };
export const repairAll = { ...repair, setAside: 'SET-ASIDE' };
export const refused = expect.objectContaining({ code: 'confirmation-required', details: { setAside: 1 } });

export const at = '2026-11-01T00:00:00.000Z';
export const sealed = tokenRecord({ held: 'sealed', heldAt: at, fingerprint: 'f1', tail: '1234' });
export const kept = { ...sealed, held: 'kept' } as const;
export const account: AccountRecord = {
  id: 'a'.repeat(32),
  name: 'ada',
  origin: 'https://circleci.com',
  kind: 'cloud',
  login: 'ada',
  userId: 'u1',
  capabilities: {},
  signInToken: '1'.repeat(32),
};

type Secret = 'same' | 'none' | Uint8Array;
const secretOf = (value: string): Secret =>
  value === 'same' || value === 'none' ? value : new TextEncoder().encode(value);

/** `value`: its text, or `same`, or `none`. */
export function putToken({ vault }: TemporaryVault, token: TokenRecord, value: string): void {
  vault.session().write((transaction) => tokenStore.put(transaction, token, secretOf(value)));
}

export function putAccount({ vault }: TemporaryVault, account: AccountRecord, value: string): void {
  vault.session().write((transaction) => accountStore.put(transaction, account, secretOf(value)));
}

export const backUpAsRondo = (opened: TemporaryVault) => backUp(opened, leaveOutSealed);

export const hurt = (opened: TemporaryVault, id: string, ...columns: ('meta' | 'secret')[]) =>
  damaged(opened, (database) => {
    for (const column of columns) flipCell(database, column, id);
  });

/** The sealed parts of a record, or of the only one, as they are now. Locks. */
export function partsNow({ vault, vaultDir }: TemporaryVault, id = ''): readonly Uint8Array[] {
  vault.lock();
  let parts: readonly Uint8Array[] = [];
  operate(vaultDir, (database) => {
    const statement = database.prepare("SELECT meta, secret FROM record WHERE ? IN (hex(id), '')").raw();
    parts = statement.get(id.toUpperCase()) as Buffer[];
  });
  return parts;
}

/** In a page of its own, of which SQLite knows nothing. */
export function leaveInFile(vaultDir: string, parts: readonly Uint8Array[]): void {
  const page = Buffer.alloc(4096);
  page.set(Buffer.concat(parts));
  appendFileSync(join(vaultDir, 'vault.rondo'), page);
}

/** SQLite cannot follow its own structure any more, so what lies in the file is looked for: a free page less than it says. */
export function loseFreePage(vaultDir: string): void {
  const path = join(vaultDir, 'vault.rondo');
  const file = readFileSync(path);
  file.writeUInt32BE(file.readUInt32BE(36) + 1, 36);
  writeFileSync(path, file);
}

/** The record and its value, in a vault that must be whole. */
export async function held(vaultDir: string, id: string) {
  const vault = vaultIn(vaultDir);
  const session = await vault.unlock(passwordBytes());
  try {
    expect(session.verify()).toMatchObject({ ok: true });
    const value = session.withSecret(id, (secret) => new TextDecoder().decode(secret));
    return { meta: session.record(id)?.meta, value, about: session.log().at(-1)?.detail };
  } finally {
    vault.lock();
  }
}

export async function carved({ vaultDir }: TemporaryVault, backups: CarveWanted['backups']) {
  const into = join(vaultDir, 'carved');
  const credential = { type: 'password', secret: passwordBytes() } as const;
  return { ...(await vaultIn(vaultDir).carve({ ...notes, into, credential, backups })), into };
}

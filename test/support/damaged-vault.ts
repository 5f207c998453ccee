// A vault that is damaged while it is locked, opened as a person would, and looked at after its repair.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { RepairNotes } from '../../main/vault/repair-notes.ts';
import type { VaultSession, VaultTransaction } from '../../main/vault/vault.ts';
import type { DamagedPart } from '../../shared/contract/vault.ts';
import type { Id } from '../../shared/ids.ts';
import { fakeClock } from './fake-clock.ts';
import { passwordBytes, type TemporaryVault, vaultIn } from './temporary-vault.ts';
import { operate } from './vault-surgery.ts';

export const notes: RepairNotes = {
  restored: () => {},
  valuesLost: () => {},
  valuesNewer: () => {},
  hasSameValue: () => false,
  kindsWithoutValue: new Set(),
};
export const repairAll = { ...notes, confirm: 'REPAIR', setAside: 'SET-ASIDE' };

/** A record with a value and an entry of the log. */
export function put(session: VaultSession, label: string, id: Id = session.newId()): Id {
  session.write((transaction) => {
    transaction.putRecord({ id, kind: 'note', meta: { label } }, new TextEncoder().encode(`value of ${label}`));
    transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'test', action: `put ${label}`, outcome: 'ok' });
  });
  return id;
}

let backupCount = 0;
/** Leaves nothing out, unless it is said what: `leaveOutSealed` makes it a backup as Rondo makes them. */
export function backUp(
  { vault, vaultDir }: TemporaryVault,
  leaveOut: (transaction: VaultTransaction) => void = () => {},
) {
  const path = join(vaultDir, `backup-${backupCount++}`);
  vault.backUp(path, leaveOut);
  return { path, createdAt: new Date(Date.UTC(2026, 10, 1, backupCount)).toISOString() };
}

/** `isUntouched`: the file is, byte for byte, what it was after the damage. */
export async function damaged({ vault: whole, vaultDir }: TemporaryVault, work: (database: Database.Database) => void) {
  whole.lock();
  operate(vaultDir, work);
  const before = readFileSync(join(vaultDir, 'vault.rondo'));
  const vault = vaultIn(vaultDir, { clock: fakeClock() });
  await vault.unlock(passwordBytes());
  return { vault, before, isUntouched: () => readFileSync(join(vaultDir, 'vault.rondo')).equals(before) };
}

/** Of a vault that must be whole. */
export async function contentOf(vaultDir: string) {
  const vault = vaultIn(vaultDir);
  const session = await vault.unlock(passwordBytes());
  try {
    expect(session.damaged).toEqual([]);
    expect(session.verify().ok).toBe(true);
    expect(session.verifyLog().ok).toBe(true);
    const read = (id: Id) => session.withSecret(id, (secret) => new TextDecoder().decode(secret));
    return {
      records: new Map(session.records('note').map(({ id, meta }) => [id, { ...Object(meta), value: read(id) }])),
      log: session.log().map(({ action }) => action),
      last: session.log().at(-1),
    };
  } finally {
    vault.lock();
  }
}

export const flip = (blob: Buffer) => {
  blob[100] = (blob[100] ?? 0) ^ 1;
  return blob;
};

export function flipCell(database: Database.Database, column: 'meta' | 'secret', id: Id): void {
  const cell = database.prepare(`SELECT ${column} FROM record WHERE id = ?`).pluck().get(Buffer.from(id, 'hex'));
  database.prepare(`UPDATE record SET ${column} = ? WHERE id = ?`).run(flip(cell as Buffer), Buffer.from(id, 'hex'));
}

/** What is done about what. */
export const about = (parts: readonly DamagedPart[]) => parts.map(({ id, kind, remedy }) => ({ id, kind, remedy }));

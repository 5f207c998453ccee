// What someone who can write the vault's file, or a failing disk, can do to it.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../main/app-error.ts';
import type { Vault, VaultSession } from '../../main/vault/vault.ts';
import type { Id } from '../../shared/ids.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from './temporary-vault.ts';

/** Changes a locked vault's database by plain SQL. */
export function operate(vaultDir: string, work: (database: Database.Database) => void): void {
  const database = new Database(join(vaultDir, 'vault.rondo'), { fileMustExist: true });
  try {
    work(database);
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

export interface Patient extends TemporaryFolder {
  /** Label and value by record id. */
  readonly records: ReadonlyMap<Id, { readonly label: string; readonly value: string }>;
  /** A copy of the folder to operate on. */
  copy(): string;
}

/** A locked vault with records, a journal row and log entries. */
export async function patient(count: number, parentDir?: string): Promise<Patient> {
  const folder = temporaryFolder(parentDir);
  const originalDir = join(folder.path, 'original');
  const vault = vaultIn(originalDir);
  await vault.create(passwordBytes());
  const session = await vault.unlock(passwordBytes());
  const records = new Map<Id, { label: string; value: string }>();
  for (let index = 0; index < count; index++) {
    const [id, label, value] = [session.newId(), `label ${index}`, `value ${index}`];
    records.set(id, { label, value });
    session.write((transaction) => {
      transaction.putRecord({ id, kind: 'token', meta: { label } }, new TextEncoder().encode(value));
      transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'test', action: label, outcome: 'ok' });
    });
  }
  session.write((transaction) => transaction.putJournal(session.newId(), { step: 'create' }));
  vault.lock();
  let copies = 0;
  return {
    ...folder,
    records,
    copy() {
      const copyDir = join(folder.path, `copy ${copies++}`);
      mkdirSync(copyDir);
      cpSync(originalDir, copyDir, { recursive: true });
      return copyDir;
    },
  };
}

export interface Examined {
  /** The error code and reason with which it did not open, else what writing says. */
  readonly outcome: string;
  readonly opened: boolean;
  readonly damaged: readonly string[];
  /** Records whose label and value came back right. */
  readonly right: ReadonlySet<Id>;
  /** What else is shown: `journal` with the row's id, `log` with what the entry says. */
  readonly others: ReadonlySet<string>;
  /** Answers that are neither right nor an error: there must be none. */
  readonly wrong: readonly string[];
  /** `done` when verify finds nothing. */
  readonly verified: string;
}

/** Opens a vault that may be damaged and looks at everything in it. */
export async function examine(
  vaultDir: string,
  expected: Patient['records'],
  vault: Pick<Vault, 'unlock' | 'lock'> = vaultIn(vaultDir),
): Promise<Examined> {
  try {
    const session = await vault.unlock(passwordBytes());
    const right = new Set<Id>();
    const wrong: string[] = [];
    for (const record of session.records('token')) compareRecord(session, record, { expected, right, wrong });
    for (const { action } of session.log()) {
      if (![...expected.values()].some(({ label }) => label === action)) wrong.push(`log ${action}`);
    }
    const others = new Set([
      ...[...session.journal().keys()].map((id) => `journal ${id}`),
      ...session.log().map(({ action }) => `log ${action}`),
    ]);
    const damaged = session.damaged.map(({ id, kind, reason }) => `${kind} ${id}: ${reason}`);
    const verified = outcomeOf(() => {
      if (!session.verify().ok) throw new AppError('vault-damaged', 'verify found damage');
    });
    const outcome = outcomeOf(() => session.write((transaction) => transaction.putJournal(session.newId(), {})));
    return { outcome, opened: true, damaged, right, others, wrong, verified };
  } catch (error) {
    const none = {
      opened: false,
      damaged: [],
      right: new Set<Id>(),
      others: new Set<string>(),
      wrong: [],
      verified: '',
    };
    return { outcome: describeError(error), ...none };
  } finally {
    vault.lock();
  }
}

interface Comparison {
  readonly expected: Patient['records'];
  readonly right: Set<Id>;
  readonly wrong: string[];
}

function compareRecord(
  session: VaultSession,
  { id, meta }: { readonly id: Id; readonly meta: unknown },
  { expected, right, wrong }: Comparison,
): void {
  const known = expected.get(id);
  const label = typeof meta === 'object' && meta !== null && 'label' in meta ? meta.label : undefined;
  let value: string | undefined;
  const outcome = outcomeOf(() => {
    value = session.withSecret(id, (bytes) => new TextDecoder().decode(bytes));
  });
  if (known === undefined || label !== known.label) wrong.push(`record ${id}`);
  else if (outcome === 'done' && value === known.value) right.add(id);
  else if (!outcome.startsWith('vault-damaged')) wrong.push(`value of ${id}: ${outcome}`);
}

export function outcomeOf(act: () => unknown): string {
  try {
    act();
    return 'done';
  } catch (error) {
    return describeError(error);
  }
}

/** `vault-damaged rows`; anything that is not an expected error keeps its whole text, so that no test accepts it. */
export function describeError(error: unknown): string {
  if (!(error instanceof AppError))
    return `unexpected: ${error instanceof Error ? (error.stack ?? '') : String(error)}`;
  const { reason } = error.details ?? {};
  return typeof reason === 'string' ? `${error.code} ${reason}` : error.code;
}

export function discard(vaultDir: string): void {
  rmSync(vaultDir, { recursive: true, force: true });
}

// Each operation of the disk fails once, one after the other: file operations, and everything that SQLite is asked to do,
// which fails before it is done and, for what ends a transaction, after it as well (a sync that failed). Whatever the act
// says afterwards must be true, nothing is lost, no handle stays open, and the next attempt works.
//
// The errors are made above SQLite, not by the disk: how SQLite itself takes them is seen in vault-disk.test.ts.
import { cpSync, existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AppError } from '../../main/app-error.ts';
import { takeAlone } from '../../main/vault/database.ts';
import { holdLock } from '../../main/vault/lock-file.ts';
import type { Vault } from '../../main/vault/vault.ts';
import { readCounted, writeCounted } from '../support/counted-writes.ts';
import { type Fault, fileCodes, type Opening, type Operation, onDisk, sqliteCodes } from '../support/failing-disk.ts';
import { fixedKey } from '../support/fixed-key.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { quickVault } from '../support/quick-vault.ts';
import { longTests } from '../support/seeded.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from '../support/temporary-vault.ts';
import { describeError, discard } from '../support/vault-surgery.ts';

const opening = vi.hoisted((): Opening => ({ around: undefined }));
vi.mock('better-sqlite3', async (importOriginal) => {
  const { default: real } = await importOriginal<{ default: new (...parameters: unknown[]) => object }>();
  const construct = (target: typeof real, parameters: unknown[], newTarget: NewableFunction) => {
    const open = () => Reflect.construct(target, parameters, newTarget);
    return opening.around?.(String(parameters[0]), open) ?? open();
  };
  return { default: new Proxy(real, { construct }) };
});
vi.mock('../../main/vault/derive-key.ts', () => ({ createDeriveKey: () => fixedKey }));

let folder: TemporaryFolder;
const original = () => join(folder.path, 'original');
beforeAll(async () => {
  folder = temporaryFolder(quickRoot());
  const vault = vaultIn(original());
  await vault.create(passwordBytes());
  const session = await vault.unlock(passwordBytes());
  writeCounted(session, 1);
  vault.backUp(join(original(), 'copy.rondo'), () => {});
  for (const n of [2, 3]) writeCounted(session, n);
  vault.lock();
});
afterAll(() => folder.dispose());

/** What a vault holds, in one word. */
async function contentOf(vaultDir: string): Promise<string> {
  if (!existsSync(join(vaultDir, 'vault.rondo'))) return 'no vault';
  const vault = quickVault(vaultDir, fixedKey);
  try {
    const session = await vault.unlock(passwordBytes());
    const problems = [...session.damaged, ...session.verify().damaged].map(({ id, reason }) => `${id} ${reason}`);
    expect(problems).toEqual([]);
    const changes = session.log().filter(({ action }) => /^vault\.(password-changed|re-keyed)$/.test(action)).length;
    return `${readCounted(session)} counted, ${changes} changed`;
  } finally {
    vault.lock();
  }
}

interface Act {
  readonly name: string;
  /** Before anything fails. */
  readonly prepare?: (vault: Vault, vaultDir: string) => unknown;
  readonly act: (vault: Vault, vaultDir: string) => unknown;
  readonly before: string;
  readonly after: string;
  /** What must be there, and only then, if it is done. */
  readonly makes?: string;
  /** Whether the vault is locked when it is done. */
  readonly locks?: true;
  /** What it answers when it is done. */
  readonly answers?: unknown;
}

const unlock = (vault: Vault) => vault.unlock(passwordBytes());
const base = '3 counted, 0 changed';
const acts: readonly Act[] = [
  { name: 'create', act: (vault) => vault.create(passwordBytes()), before: 'no vault', after: '0 counted, 0 changed' },
  { name: 'unlock', act: unlock, before: base, after: base },
  {
    name: 'write a value',
    prepare: unlock,
    act: (vault) => writeCounted(vault.session(), 4),
    before: base,
    after: '4 counted, 0 changed',
  },
  {
    name: 'change the password',
    prepare: unlock,
    act: (vault) => vault.changePassword(passwordBytes(), passwordBytes()),
    before: base,
    after: '3 counted, 1 changed',
  },
  {
    name: 'give new keys',
    prepare: async (vault) => {
      await unlock(vault);
      await vault.addWay('keychain', passwordBytes());
    },
    act: (vault) => vault.reKey(passwordBytes(), []),
    before: base,
    after: '3 counted, 1 changed',
    locks: true,
    answers: ['keychain'],
  },
  {
    name: 'back up',
    prepare: unlock,
    act: (vault, vaultDir) =>
      vault.backUp(join(vaultDir, 'second.rondo'), (copy) => copy.removeJournal('0'.repeat(32))),
    before: base,
    after: base,
    makes: 'second.rondo',
  },
  {
    name: 'restore',
    prepare: unlock,
    act: (vault, vaultDir) =>
      vault.restore(join(vaultDir, 'copy.rondo'), passwordBytes(), (transaction) =>
        transaction.appendLog({ at: '2026-11-26T00:00:00.000Z', actor: 'test', action: 'restored', outcome: 'ok' }),
      ),
    before: base,
    after: '1 counted, 0 changed',
    locks: true,
  },
  { name: 'lock', prepare: unlock, act: (vault) => vault.lock(), before: base, after: base },
];

/** Files that this process has open, where the system tells. */
function openFiles(): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder.path) ? [path] : [];
    } catch {
      return [];
    }
  });
}

async function run(wanted: Act, fault?: Fault): Promise<{ operations: readonly Operation[]; outcome: string }> {
  const vaultDir = join(folder.path, 'vault');
  discard(vaultDir);
  if (wanted.name !== 'create') cpSync(original(), vaultDir, { recursive: true });
  const openBefore = openFiles();
  const vault = vaultIn(vaultDir);
  await wanted.prepare?.(vault, vaultDir);
  const { operations, error, result } = await onDisk(
    { folderPath: vaultDir, opening, ...(fault === undefined ? {} : { fault }) },
    () => wanted.act(vault, vaultDir),
  );
  const outcome = error === undefined ? 'done' : describeError(error);
  const failed = fault === undefined ? 'nothing' : (operations[fault.at]?.name ?? '');
  const where = `${wanted.name}: ${failed} fails${fault?.late ? ' late' : ''} with ${fault?.code}: ${outcome}, ${error instanceof AppError ? error.message : ''}`;

  expect(outcome, where).toMatch(/^(done|storage)$/);
  const isDone = outcome === 'done';
  if (wanted.name === 'lock' || (isDone && wanted.locks)) expect(() => vault.session(), where).toThrow(/is locked/);
  if (isDone && wanted.answers !== undefined) expect(result, where).toEqual(wanted.answers);
  vault.lock();
  expect(openFiles(), where).toEqual(openBefore);
  const content = await contentOf(vaultDir);
  expect([wanted.before, wanted.after], where).toContain(content);
  if (isDone) expect(content, where).toBe(wanted.after);
  else if (saysNothingChanged(error)) expect(content, where).toBe(wanted.before);
  const isMade = wanted.makes !== undefined && existsSync(join(vaultDir, wanted.makes));
  if (wanted.makes !== undefined) expect(isMade, where).toBe(isDone);
  const leftovers = existsSync(vaultDir) ? readdirSync(vaultDir).filter((name) => name.includes('.new')) : [];
  if (!failed.startsWith('rmSync')) expect(leftovers, where).toEqual([]);

  if (existsSync(join(vaultDir, 'vault.rondo'))) {
    takeAlone(join(vaultDir, 'vault.rondo'));
    holdLock(join(vaultDir, 'vault.rondo.lock'))();
  }
  if (!isDone && content === wanted.before) {
    await wanted.prepare?.(vault, vaultDir);
    await wanted.act(vault, vaultDir);
    vault.lock();
    expect(await contentOf(vaultDir), `${where}; the next attempt`).toBe(wanted.after);
  }
  return { operations, outcome };
}

function saysNothingChanged(error: unknown): boolean {
  return error instanceof AppError && /Nothing (in the vault )?was (changed|made|written)/.test(error.message);
}

/** Which failures of an operation are tried: all of them in the long run, else two that differ from one to the next. */
function faultsOf({ kind, name }: Operation, at: number): readonly Fault[] {
  const codes = kind === 'file' ? fileCodes : sqliteCodes;
  const chosen = longTests ? codes : codes.filter((_, index) => index === at % 5 || index === (at + 2) % 5);
  const faults = chosen.map((code) => ({ at, code }));
  const isEnd = kind === 'sqlite' && /^(COMMIT|PRAGMA wal_checkpoint)/.test(name);
  return isEnd ? [...faults, { at, code: 'SQLITE_IOERR_FSYNC', late: true }] : faults;
}

test.each(acts)('$name, whatever fails', { timeout: 3_600_000 }, async (wanted) => {
  const { operations, outcome } = await run(wanted);
  expect(outcome).toBe('done');
  expect([...new Set(operations.map(({ name }) => name))].sort()).toMatchSnapshot();
  const outcomes = new Map<string, number>();
  const problems: string[] = [];
  for (const [at, operation] of operations.entries()) {
    for (const fault of faultsOf(operation, at)) {
      try {
        const { outcome } = await run(wanted, fault);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
  }
  expect(problems).toEqual([]);
  if (wanted.name !== 'lock') expect(outcomes.get('storage'), 'not everything can be done without').toBeGreaterThan(0);
});

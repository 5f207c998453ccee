// Acts on a disk of which each operation fails once, one after the other. Whatever the act says
// afterwards must be true, nothing is lost, no handle stays open, and the next attempt works.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, readlinkSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { AppError } from '../../main/app-error.ts';
import { takeAlone } from '../../main/vault/database.ts';
import { holdLock } from '../../main/vault/lock-file.ts';
import type { VaultFolderOptions } from '../../main/vault/open-vault-folder.ts';
import type { Vault } from '../../main/vault/vault.ts';
import { readCounted, writeCounted } from './counted-writes.ts';
import { type Fault, fileCodes, type Operation, onDisk, sqliteCodes } from './failing-disk.ts';
import { fixedKey } from './fixed-key.ts';
import { quickRoot } from './quick-folder.ts';
import { quickVault } from './quick-vault.ts';
import { longTests } from './seeded.ts';
import type { Opening } from './seen-opening.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from './temporary-vault.ts';
import { describeError, discard } from './vault-surgery.ts';

export interface Place {
  readonly vaultDir: string;
  readonly vault: Vault;
}

export interface FailingAct {
  readonly name: string;
  /** Begins where there is no folder. Absent: with a vault in which three were counted, and a copy of it from when one was. */
  readonly from?: 'nothing';
  readonly options?: Partial<VaultFolderOptions>;
  /** Before anything fails. */
  readonly prepare?: (place: Place) => unknown;
  readonly act: (place: Place) => unknown;
  /** What there is, in one word. Absent: what the vault holds. */
  readonly content?: (vaultDir: string) => Promise<string>;
  readonly before: string;
  readonly after: string;
  /** What it may have come to where it fails half-way, and says so. */
  readonly between?: string;
  /** What must be there, and only then, if it is done. */
  readonly makes?: string;
  /** Whether the vault is locked when it is done. */
  readonly locks?: true;
  /** It puts another file in the vault's place: an open vault is locked by that, and by nothing that fails before. */
  readonly replaces?: true;
  /** What else holds when it is done. */
  readonly done?: (place: Place, result: unknown) => unknown;
  /** What else holds when it failed and nothing changed. */
  readonly refused?: (vaultDir: string, where: string) => unknown;
}

export const unlock = ({ vault }: Pick<Place, 'vault'>) => vault.unlock(passwordBytes());

const changing = /^vault\.(password-changed|re-keyed|(recovery|keychain)-(added|removed)|imported)$/;

/** What a vault holds, and what is damaged in it. */
export async function vaultContent(vaultDir: string): Promise<string> {
  if (!existsSync(join(vaultDir, 'vault.rondo'))) return 'no vault';
  const vault = quickVault(vaultDir, fixedKey);
  try {
    const session = await vault.unlock(passwordBytes());
    const damaged = new Set([...session.damaged, ...session.verify().damaged].map(({ id }) => id));
    const changes = session.log().filter(({ action }) => changing.test(action)).length;
    const accounts = session.records('account').length;
    const parts = [`${readCounted(session)} counted`, `${changes} changed`];
    if (accounts > 0) parts.push(`${accounts} account`);
    if (damaged.size > 0) parts.push(`damaged: ${[...damaged].join(' ')}`);
    return parts.join(', ');
  } finally {
    vault.lock();
  }
}

export interface FailingActs {
  /** Tries one act with every fault. @returns its operations, and with how many codes each of them failed */
  tryAll(wanted: FailingAct): Promise<{ readonly operations: readonly Operation[]; readonly codes: readonly number[] }>;
  dispose(): void;
}

export async function failingActs(opening: Opening): Promise<FailingActs> {
  const folder = temporaryFolder(quickRoot());
  const originalDir = join(folder.path, 'original');
  const vaultDir = join(folder.path, 'vault');
  await makeOriginal(vaultDir);
  // The outer mark has the name of where it was made.
  renameSync(vaultDir, originalDir);
  const world = { folder, originalDir, opening, known: new Map<string, string>() };
  return {
    async tryAll(wanted) {
      const { operations, outcome } = await run(world, wanted);
      expect(outcome).toBe('done');
      const faults = operations.flatMap(faultsOf);
      const outcomes = new Map<string, number>();
      const problems: string[] = [];
      for (const fault of faults) {
        try {
          const { outcome } = await run(world, wanted, fault);
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        } catch (error) {
          problems.push(error instanceof Error ? error.message : String(error));
        }
      }
      expect(problems).toEqual([]);
      if (wanted.name !== 'lock')
        expect(outcomes.get('storage'), 'not everything can be done without').toBeGreaterThan(0);
      const codes = operations.map(
        (_, at) => new Set(faults.filter((fault) => fault.at === at && !fault.late).map(({ code }) => code)).size,
      );
      return { operations, codes };
    },
    dispose: () => folder.dispose(),
  };
}

/** As the app has it, and on the disk that fails. */
const marksDirOf = (vaultDir: string) => join(vaultDir, 'marks');
/** Of marks, which hinder nothing: whatever of them fails, what was wanted is done. Writing the own one may refuse it. */
const ofMark = /Sync \/(vault\.rondo\.mark$|marks\b)/;

async function makeOriginal(vaultDir: string): Promise<void> {
  const vault = vaultIn(vaultDir, { marksDir: marksDirOf(vaultDir) });
  await vault.create(passwordBytes());
  const session = await vault.unlock(passwordBytes());
  writeCounted(session, 1);
  vault.backUp(join(vaultDir, 'copy.rondo'), () => {});
  for (const n of [2, 3]) writeCounted(session, n);
  vault.lock();
}

interface World {
  readonly folder: TemporaryFolder;
  readonly originalDir: string;
  readonly opening: Opening;
  /** The content of a folder by its bytes: most failures leave it as another one did. */
  readonly known: Map<string, string>;
}

/** Of these each fails with each code, in every run. */
export function isWrite({ kind, name }: Operation): boolean {
  return kind === 'file' || /^(INSERT|UPDATE|DELETE|CREATE|BEGIN IMMEDIATE|COMMIT|VACUUM)/.test(name);
}

/** Opening, reading and settings, of which each opening of a vault takes some forty. */
const writesNothing = /^(open |SELECT |BEGIN$|PRAGMA (?!wal_checkpoint|user_version|application_id))/;

/**
 * Every code for every file operation and every write of SQLite, and what ends a transaction also fails after it was done (a
 * sync that failed). For what of SQLite writes nothing two codes, which differ from one operation to the next; all five in
 * the long run.
 */
function faultsOf({ kind, name }: Operation, at: number): readonly Fault[] {
  const codes = kind === 'file' ? fileCodes : sqliteCodes;
  const isSample = kind === 'sqlite' && writesNothing.test(name) && !longTests;
  const chosen = isSample ? codes.filter((_, index) => index === at % 5 || index === (at + 2) % 5) : codes;
  const faults = chosen.map((code) => ({ at, code }));
  const isEnd = kind === 'sqlite' && /^(COMMIT|PRAGMA wal_checkpoint)/.test(name);
  return isEnd ? [...faults, { at, code: 'SQLITE_IOERR_FSYNC', late: true }] : faults;
}

async function run(world: World, wanted: FailingAct, fault?: Fault) {
  const { folder, opening, originalDir } = world;
  const vaultDir = join(folder.path, 'vault');
  discard(vaultDir);
  if (wanted.from !== 'nothing') cpSync(originalDir, vaultDir, { recursive: true });
  const openBefore = openFiles(folder.path);
  const place = { vaultDir, vault: vaultIn(vaultDir, { marksDir: marksDirOf(vaultDir), ...wanted.options }) };
  await wanted.prepare?.(place);
  const onIt = { folderPath: vaultDir, opening, ...(fault === undefined ? {} : { fault }) };
  const { operations, error, result } = await onDisk(onIt, () => wanted.act(place));
  const outcome = error === undefined ? 'done' : describeError(error);
  const failed = fault === undefined ? 'nothing' : (operations[fault.at]?.name ?? '');
  const where = `${wanted.name}: ${failed} fails${fault?.late ? ' late' : ''} with ${fault?.code}: ${outcome}, ${error instanceof AppError ? error.message : ''}`;

  expect(outcome, where).toMatch(/^(done|storage)$/);
  const isDone = outcome === 'done';
  if (ofMark.test(failed)) expect(outcome, where).toBe('done');
  if (wanted.name === 'lock' || (isDone && wanted.locks))
    expect(() => place.vault.session(), where).toThrow(/is locked/);
  const standing = standingOf(place.vault);
  place.vault.lock();
  expect(openFiles(folder.path), where).toEqual(openBefore);
  const content = await contentOf(world, wanted, vaultDir);
  expect([wanted.before, wanted.between, wanted.after], where).toContain(content);
  if (isDone) expect(content, where).toBe(wanted.after);
  else if (saysNothingChanged(error)) expect(content, where).toBe(wanted.before);
  if (wanted.replaces) {
    const failed = content === wanted.before ? 'open' : 'perhaps-replaced';
    expect(standing, where).toBe(isDone ? 'replaced' : failed);
  }
  if (wanted.makes !== undefined) expect(isMade(vaultDir, wanted.makes), where).toBe(isDone);
  const isAsBefore = !isDone && content === wanted.before;
  const isLeft = (name: string) => name.includes('.new') || (isAsBefore && name.includes('.replaced-'));
  if (!failed.startsWith('rmSync')) expect(namesIn(vaultDir).filter(isLeft), where).toEqual([]);
  if (isDone) await wanted.done?.(place, result);
  if (isAsBefore) await wanted.refused?.(vaultDir, where);
  place.vault.lock();

  if (existsSync(join(vaultDir, 'vault.rondo'))) {
    takeAlone(join(vaultDir, 'vault.rondo'));
    holdLock(join(vaultDir, 'vault.rondo.lock'))();
  }
  if (!isDone && content !== wanted.after) {
    await wanted.prepare?.(place);
    await wanted.act(place);
    place.vault.lock();
    expect(await contentOf(world, wanted, vaultDir), `${where}; the next attempt`).toBe(wanted.after);
  }
  return { operations, outcome };
}

/** Open, and it answers; or why it is locked. */
function standingOf(vault: Vault): string {
  const { locked, lockedBecause = 'locked' } = vault.status();
  if (!locked) vault.session().sequence();
  return locked ? lockedBecause : 'open';
}

async function contentOf({ known }: World, { name, content = vaultContent }: FailingAct, vaultDir: string) {
  const bytes = `${content === vaultContent ? '' : name} ${digestOf(vaultDir)}`;
  const found = known.get(bytes) ?? (await content(vaultDir));
  known.set(bytes, found);
  return found;
}

/** What lies in a folder, byte for byte; what outlives no process is left out. */
function digestOf(path: string): string {
  const hash = createHash('sha256');
  for (const name of namesIn(path).sort()) {
    if (/(-shm|\.lock)$/.test(name)) continue;
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(path, name)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Of files, those in folders below as well. */
function namesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? namesIn(join(path, entry.name)).map((name) => join(entry.name, name)) : [entry.name],
  );
}

/** `makes` names a file, or a folder in which something is to be. */
function isMade(vaultDir: string, makes: string): boolean {
  return namesIn(vaultDir).some((name) => name === makes || name.startsWith(`${makes}/`));
}

function saysNothingChanged(error: unknown): boolean {
  return (
    error instanceof AppError &&
    /Nothing (in the vault )?was (changed|made|written)|(it|[Tt]hey) (is|are) as (it|they) w(as|ere)/.test(
      error.message,
    )
  );
}

/** Files below the folder that this process has open, where the system tells. */
function openFiles(folderPath: string): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folderPath) ? [path] : [];
    } catch {
      return [];
    }
  });
}

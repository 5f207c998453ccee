import { join } from 'node:path';
import type { Backup } from '../../shared/contract/backup.ts';
import { AppError } from '../app-error.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import { discardFile, makePrivateFolder } from '../platform/durable-files.ts';
import { changedAtMs, namesIn } from '../platform/files.ts';
import type { Log } from '../platform/log.ts';
import type { Vault, VaultTransaction } from '../vault/vault.ts';
import type { Witness } from '../vault/witness.ts';
import { backupName, instantOf, isUnfinished, superfluous } from './backup-names.ts';

export interface BackupWorld {
  readonly vault: Vault;
  readonly backupsDir: string;
  readonly clock: Clock;
  readonly witness: Witness;
  readonly log: Log;
  /** Removes from a copy the values that nobody chose to keep. */
  readonly leaveOut: (transaction: VaultTransaction) => void;
  /** Notes in open rotations that the world has gone on since. */
  readonly restored: (transaction: VaultTransaction) => void;
  /** Aborted when somebody locks and waits no longer for what is under way. */
  readonly signal: () => AbortSignal;
}

/** A day, less the hour by which somebody starts earlier than yesterday. */
const dailyMs = 23 * 3_600_000;

/** Which backup, as its name tells. */
export type NamedBackup = Pick<Backup, 'path' | 'createdAt'>;

/** By their names, newest first. Of one that was damaged since, a repair can still read what opens. */
export function namedBackups({ backupsDir }: Pick<BackupWorld, 'backupsDir'>): NamedBackup[] {
  const names = withStorage('The backups could not be listed. None of them is lost.', () => namesIn(backupsDir));
  const found = names.flatMap((name) => {
    const createdAt = instantOf(name);
    return createdAt === undefined ? [] : [{ path: join(backupsDir, name), createdAt }];
  });
  return found.sort((left, right) => right.createdAt.localeCompare(left.createdAt));
}

/**
 * Newest first, without those that were cut short or emptied. What is not this vault's, or cannot be restored for another
 * reason, is in it and says so.
 */
export async function listBackups(world: Pick<BackupWorld, 'backupsDir' | 'vault'>): Promise<Backup[]> {
  const named = namedBackups(world);
  const standings = await world.vault.standings(named.map(({ path }) => path));
  return named.flatMap((backup, index) => {
    const standing = standings[index];
    return standing === undefined
      ? []
      : [{ ...backup, verified: standing === 'fit', checked: 'when-made' as const, standing }];
  });
}

/** What was opened and checked just now. */
const checkedNow = { verified: true, checked: 'now', standing: 'fit' } as const;

/**
 * This vault's own. One of a time to come was made while the clock was wrong: it neither puts off today's nor takes the
 * place of another.
 */
async function ownUntilNow(world: BackupWorld): Promise<Backup[]> {
  const now = isoInstant(world.clock.now());
  const backups = await listBackups(world);
  return backups.filter(({ createdAt, standing }) => standing === 'fit' && createdAt <= now);
}

/** @throws AppError as Vault.backUp */
export async function createBackup(world: BackupWorld, path?: string): Promise<Backup> {
  const atMs = world.clock.now();
  const target = path ?? join(world.backupsDir, backupName(atMs));
  if (path === undefined) {
    withStorage('The folder for backups could not be made. Nothing was changed.', () =>
      makePrivateFolder(world.backupsDir),
    );
  }
  world.vault.backUp(target, world.leaveOut);
  try {
    world.vault.session().write((transaction) => {
      transaction.appendLog(world.witness({ action: 'backup.created' }));
    });
  } catch (error) {
    // One that the log does not know of was not made, and its name is free for the next attempt.
    discardFile(target);
    throw error;
  }
  if (path === undefined) await tryToRemoveSuperfluous(world);
  return { path: target, createdAt: isoInstant(atMs), ...checkedNow };
}

/** The new one is there either way. What cannot be removed stays until the next one is made. */
async function tryToRemoveSuperfluous(world: BackupWorld): Promise<void> {
  try {
    const backups = await ownUntilNow(world);
    const go = new Set(superfluous(backups.map(({ createdAt }) => createdAt)));
    for (const { path, createdAt } of backups) if (go.has(createdAt)) discardFile(path);
    for (const path of leftBehind(world)) discardFile(path);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** Another process may be making one at this moment, under no lock; none takes a day. */
function leftBehind({ backupsDir, clock }: BackupWorld): string[] {
  return withStorage('What backups left behind could not be listed. None of them is lost.', () =>
    namesIn(backupsDir)
      .filter(isUnfinished)
      .map((name) => join(backupsDir, name))
      .filter((path) => clock.now() - (changedAtMs(path) ?? Infinity) > dailyMs),
  );
}

function withStorage<T>(message: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    throw new AppError('storage', message, {
      hint: 'Check who owns the folder of the vault, and whether its disk is full, read-only or broken.',
      cause,
    });
  }
}

/** Whether today's backup is due: none for a vault that holds nothing yet. */
export async function isDue(world: BackupWorld): Promise<boolean> {
  const session = world.vault.session();
  if (['account', 'token'].every((kind) => session.records(kind).length === 0)) return false;
  const [newest] = await ownUntilNow(world);
  return newest === undefined || world.clock.now() - Date.parse(newest.createdAt) >= dailyMs;
}

export interface RestoreOrder {
  readonly path: string;
  readonly secret: Uint8Array;
  readonly by: 'password' | 'recovery';
  readonly confirm: string;
}

/** @throws AppError confirmation-required, and as Vault.restore */
export async function restoreBackup(
  world: BackupWorld,
  { path, secret, by, confirm }: RestoreOrder,
): Promise<{ readonly backup: Backup; readonly kept?: string }> {
  if (confirm !== 'RESTORE') {
    secret.fill(0);
    throw new AppError('confirmation-required', 'The backup takes the place of the vault.', {
      effect: 'nothing-changed',
      hint: 'Confirm it with the word RESTORE.',
    });
  }
  const createdAt = namedBackups(world).find((own) => own.path === path)?.createdAt ?? isoInstant(world.clock.now());
  const note = (transaction: VaultTransaction) => {
    // Nothing waits from here on. Later the process may be ended before it has told that the vault is another one.
    if (world.signal().aborted) throw cutOff();
    world.restored(transaction);
    transaction.appendLog(world.witness({ action: 'backup.restored', detail: `of ${createdAt}` }));
  };
  const kept = await world.vault.restore(path, secret, note, by);
  return { backup: { path, createdAt, ...checkedNow }, ...(kept === undefined ? {} : { kept }) };
}

function cutOff(): AppError {
  return new AppError('stopped', 'Rondo was locked before the backup had the place of the vault.', {
    effect: 'nothing-changed',
    hint: 'Unlock it, then restore the backup again.',
  });
}

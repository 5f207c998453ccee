import { join } from 'node:path';
import type { Backup } from '../../shared/contract/backup.ts';
import { AppError } from '../app-error.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import { makePrivateFolder, namesIn, removeFile } from '../platform/files.ts';
import type { Log } from '../platform/log.ts';
import type { Vault, VaultTransaction } from '../vault/vault.ts';
import type { Witness } from '../vault/witness.ts';
import { backupName, instantOf, superfluous } from './backup-names.ts';

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
}

/** A day, less the hour by which somebody starts earlier than yesterday. */
const dailyMs = 23 * 3_600_000;

/** Newest first. */
export function ownBackups({ backupsDir }: Pick<BackupWorld, 'backupsDir'>): Backup[] {
  const found = namesIn(backupsDir).flatMap((name) => {
    const createdAt = instantOf(name);
    return createdAt === undefined ? [] : [{ path: join(backupsDir, name), createdAt, verified: true as const }];
  });
  return found.sort((left, right) => right.createdAt.localeCompare(left.createdAt));
}

/** @throws AppError as Vault.backUp */
export function createBackup(world: BackupWorld, path?: string): Backup {
  const atMs = world.clock.now();
  const target = path ?? join(world.backupsDir, backupName(atMs));
  if (path === undefined) makePrivateFolder(world.backupsDir);
  world.vault.backUp(target, world.leaveOut);
  world.vault.session().write((transaction) => {
    transaction.appendLog(world.witness({ action: 'backup.created' }));
  });
  if (path === undefined) removeSuperfluous(world);
  return { path: target, createdAt: isoInstant(atMs), verified: true };
}

function removeSuperfluous(world: BackupWorld): void {
  const backups = ownBackups(world);
  const go = new Set(superfluous(backups.map(({ createdAt }) => createdAt)));
  for (const { path, createdAt } of backups) if (go.has(createdAt)) removeFile(path);
}

/** Whether today's backup is due: none for a vault that holds nothing yet. */
export function isDue(world: BackupWorld): boolean {
  const session = world.vault.session();
  if (['account', 'token'].every((kind) => session.records(kind).length === 0)) return false;
  const [newest] = ownBackups(world);
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
    throw new AppError('confirmation-required', 'The backup takes the place of the vault. Nothing was changed.', {
      hint: 'Confirm it with the word RESTORE.',
    });
  }
  const createdAt = ownBackups(world).find((own) => own.path === path)?.createdAt ?? isoInstant(world.clock.now());
  const note = (transaction: VaultTransaction) => {
    world.restored(transaction);
    transaction.appendLog(world.witness({ action: 'backup.restored', detail: `of ${createdAt}` }));
  };
  const kept = await world.vault.restore(path, secret, note, by);
  return { backup: { path, createdAt, verified: true }, ...(kept === undefined ? {} : { kept }) };
}

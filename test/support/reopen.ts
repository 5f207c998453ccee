import type { Backup } from '../../shared/contract/backup.ts';
import { expectOk } from './core-pieces.ts';
import type { WatchedCore } from './temporary-core.ts';

export async function listBackups({ client }: Pick<WatchedCore, 'client'>): Promise<readonly Backup[]> {
  return expectOk(await client('backup.list', {})).backups;
}

/** What is listed after an unlock, and the backup that follows it. */
export async function reopen(
  connected: Pick<WatchedCore, 'client'> & { unlock(): Promise<unknown> },
): Promise<readonly Backup[]> {
  expectOk(await connected.client('vault.lock', {}));
  await connected.unlock();
  // Locking waits for it.
  expectOk(await connected.client('vault.lock', {}));
  await connected.unlock();
  return listBackups(connected);
}

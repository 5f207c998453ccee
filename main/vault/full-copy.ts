// A whole copy before something that changes all of the vault or how it is opened. Unlike a backup that is kept it leaves
// nothing out; so it goes after the next unlock that finds everything in order.
import { join } from 'node:path';
import { vaultFileName } from '../../shared/vault-files.ts';
import { discardFile } from '../platform/durable-files.ts';
import { namesIn } from '../platform/files.ts';
import { type BackupSource, writeBackup } from './backup-file.ts';
import { nameBeside } from './put-in-place.ts';
import type { VaultPaths } from './vault-paths.ts';

const reasons = ['password-change', 're-key', 'migration'] as const;
export type CopyReason = (typeof reasons)[number];

export interface FullCopySource extends BackupSource {
  readonly paths: VaultPaths;
}

export function fullCopyPath(source: Pick<FullCopySource, 'paths' | 'clock' | 'random'>, reason: CopyReason): string {
  return nameBeside(source, `before-${reason}`);
}

/** @returns its path, when everything in it was opened and checked. @throws AppError vault-damaged; errors of the disk */
export function writeFullCopy(source: FullCopySource, reason: CopyReason): string {
  const path = fullCopyPath(source, reason);
  writeBackup(source, { path, leaveOut: () => {} });
  return path;
}

/** Named as only Rondo names them: what a person calls so, `vault.rondo.before-upgrade`, is theirs. */
const start = `${vaultFileName}.before-`;
const ownEnd = new RegExp(
  `^(${reasons.join('|')})-([0-9]{8}T[0-9]{9}Z-[0-9a-f]{4}|[0-9a-f]{12})(\\.[0-9a-f]{12}\\.new)?(-wal|-shm|-journal)?$`,
);

export function fullCopies({ vaultDir }: Pick<VaultPaths, 'vaultDir'>): readonly string[] {
  return namesIn(vaultDir)
    .filter((name) => name.startsWith(start) && ownEnd.test(name.slice(start.length)))
    .map((name) => join(vaultDir, name));
}

/** What cannot be removed stays, and is tried again. */
export function removeFullCopies(copies: readonly string[]): void {
  for (const path of copies) discardFile(path);
}

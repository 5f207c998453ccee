import { dirname } from 'node:path';
import type { Channel } from '../../shared/contract/contract.ts';

/**
 * SECURITY: the calls of the core that a page makes; to it there are no others, and one that comes later is not a page's
 * until it stands here.
 *
 * What is missing: what opens the vault for the system's keychain, which is the window's to keep; and whatever takes the
 * vault apart, reads or writes a file of the caller's choice, or gives every value at once (transfers, carving, new
 * keys). Those need somebody who chose the file in a dialogue of the system: the main process, not a page that names a path.
 */
const forPages: ReadonlySet<string> = new Set<Channel>([
  ...(['vault.create', 'vault.status', 'vault.unlock', 'vault.damage', 'vault.repair'] as const),
  ...(['vault.change-password', 'vault.ways', 'vault.make-recovery-code', 'vault.remove-way'] as const),
  ...(['backup.create', 'backup.list', 'backup.restore'] as const),
  ...(['account.add', 'account.remove'] as const),
  ...(['account.sign-in-begin', 'account.sign-in-again', 'account.sign-in-end', 'account.sign-in-cancel'] as const),
  ...(['project.add', 'project.remove', 'sync.run', 'inventory.read'] as const),
  ...(['token.show', 'token.create-personal', 'token.create-project', 'token.take'] as const),
  ...(['token.taken', 'token.delete', 'token.check'] as const),
  ...(['rotation.start', 'rotation.resume', 'rotation.abandon'] as const),
  ...(['job.preview', 'job.start', 'job.list', 'job.show', 'job.pause', 'job.resume', 'job.retry'] as const),
  ...(['job.stop', 'job.report'] as const),
  ...(['audit.list', 'audit.verify', 'sandbox.start'] as const),
]);

export function isForPages(channel: unknown): boolean {
  return typeof channel === 'string' && forPages.has(channel);
}

/** A page backs up and restores among the vault's own backups: it chooses no other place. */
export function isOwnPlace(channel: unknown, input: unknown, backupsDir: string): boolean {
  if (channel !== 'backup.create' && channel !== 'backup.restore') return true;
  // In the open, or as a page sends it that seals the password beside it.
  const paths: unknown[] = [Object(input).path, Object(Object(input).open).path];
  return paths.every((path) => path === undefined || (typeof path === 'string' && dirname(path) === backupsDir));
}

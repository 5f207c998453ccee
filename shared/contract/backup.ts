import * as z from 'zod';
import { call, instant, nothing } from './kit.ts';
import { isOneOpener, oneOpener, opener } from './vault.ts';

/**
 * What can be told of a backup without its password: it has a whole header of this vault (`fit`), one of another vault,
 * a format of a newer Rondo, or no header that can be read. Only a `fit` one can be restored here.
 */
const standing = z.enum(['fit', 'another-vault', 'newer-format', 'unreadable']);
export type BackupStanding = z.output<typeof standing>;

/**
 * `verified`: everything in it was opened and checked, by this call (`checked` is `now`) or when it was made (`when-made`):
 * without that it would not have its name. False where it cannot be restored here. A list opens nothing.
 */
export const backup = z.strictObject({
  path: z.string(),
  createdAt: instant,
  verified: z.boolean(),
  checked: z.enum(['now', 'when-made']),
  standing,
});
export type Backup = z.output<typeof backup>;

const path = z.string().min(1).max(4_096);

export const backupCalls = {
  /** Without a path: among the vault's own backups, of which the oldest make room. */
  'backup.create': call(z.strictObject({ path: path.exactOptional() }), z.strictObject({ backup })),
  /**
   * The vault's own backups, newest first, without files that were cut short since. Needs no password. `problem`: why
   * today's was not made.
   */
  'backup.list': call(nothing, z.strictObject({ backups: z.array(backup), problem: z.string().exactOptional() })),
  /**
   * Puts the backup in the vault's place; `kept`: where the vault that was there is now. Afterwards the vault is locked.
   * The password is the one that the backup was made with.
   */
  'backup.restore': call(
    z
      .strictObject({ path, password: opener.password, recoveryCode: opener.recoveryCode, confirm: z.string() })
      .refine(isOneOpener, oneOpener),
    z.strictObject({ backup, kept: z.string().exactOptional() }),
  ),
} as const;

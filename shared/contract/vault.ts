import * as z from 'zod';
import { call, instant, nothing, secretBytes } from './kit.ts';

const newPassword = secretBytes.refine((bytes) => bytes.length > 0, { error: 'is empty' });

export const createdVault = z.strictObject({ path: z.string(), createdAt: instant, format: z.int() });
export type CreatedVault = z.output<typeof createdVault>;

/**
 * What the file says in which the last sequence number is kept that was seen. `rolled-back`: an older copy of the vault was
 * put in its place, at `sequence` where `seen` was reached before; without `seen`, one from before its keys were changed.
 * `missing`, `unreadable`: nothing can be told this time; it is written again when the vault is locked.
 */
export const markFinding = z.strictObject({
  finding: z.enum(['rolled-back', 'missing', 'unreadable']),
  sequence: z.int(),
  seen: z.int().exactOptional(),
});
export type MarkFinding = z.output<typeof markFinding>;

export const vaultStatus = z.strictObject({
  path: z.string(),
  exists: z.boolean(),
  format: z.int().exactOptional(),
  locked: z.boolean(),
  /** Of an unlocked vault, where there is something to tell. It hinders nothing. */
  mark: markFinding.exactOptional(),
  /** Of an unlocked vault: its files to which others on this computer have rights that could not be taken away. */
  exposed: z.array(z.string()).exactOptional(),
  /** The same, of those whose rights were taken away when it was unlocked: who had a look before, nobody can tell. */
  narrowed: z.array(z.string()).exactOptional(),
  /**
   * Of a vault that locked itself here, so that whoever holds anything of it lets that go. `new-keys`: another process gave
   * it some, so that those that were held open nothing. `replaced`: by a restore or a repair; `perhaps-replaced`: the disk
   * failed in that.
   */
  lockedBecause: z.enum(['new-keys', 'replaced', 'perhaps-replaced']).exactOptional(),
});
export type VaultStatus = z.output<typeof vaultStatus>;

/** Something in the vault's file that could not be read. It stays where it is; everything else goes on. */
export const damage = z.strictObject({
  /** The row's id where it has one, else the place: `header_a`, `manifest`, `log 17`. */
  id: z.string(),
  kind: z.enum(['header', 'record', 'journal', 'manifest', 'log', 'file']),
  reason: z.string(),
});
export type Damage = z.output<typeof damage>;

export const verifyReport = z.strictObject({
  ok: z.boolean(),
  records: z.int(),
  damaged: z.array(damage),
  mark: markFinding.exactOptional(),
});
export type VerifyReport = z.output<typeof verifyReport>;

/**
 * What a repair does about it. `made-anew`: nothing of it is lost. `from-backup`: the vault's newest backup that has it
 * gives it back, as it was then. `from-file`: found in the vault's file, where the database no longer finds it. `accepted`:
 * there is nothing to put back; what is there becomes what should be. `set-aside`: nobody is known to have it as it last
 * was, and its bytes stay in the file that is kept. The repaired vault is without it, or has what `instead` names; a record
 * whose value alone is damaged stays, without its value; and an entry of the log that does not follow from the one before
 * stays, as it is not known which of the two is another one than stood there.
 */
export const remedy = z.enum(['made-anew', 'from-backup', 'from-file', 'accepted', 'set-aside']);

const backupName = z.strictObject({ path: z.string(), createdAt: instant });

export const damagedPart = damage.extend({
  /** What a record is, such as `token` or `account`, where that can still be told. */
  recordKind: z.string().exactOptional(),
  remedy,
  /** With `set-aside`: where an older form of it comes from, perhaps without its value, with which the vault goes on. */
  instead: remedy.extract(['from-backup', 'from-file']).exactOptional(),
  /** With `from-backup`, also as `instead`: which one. */
  backup: backupName.exactOptional(),
  /** Only this of the record comes from there, or is set aside; its other part is there and stays. */
  only: z.enum(['description', 'value']).exactOptional(),
});
export type DamagedPart = z.output<typeof damagedPart>;

export const damageReport = z.strictObject({
  damaged: z.array(damagedPart),
  /** What comes out of the repair is, row by row and entry by entry, what the vault's manifest speaks of. */
  proven: z.boolean(),
  /** Backups from before the vault's keys were changed: they can be restored whole, but a repair takes nothing out of them. */
  beforeNewKeys: z.array(backupName).exactOptional(),
});
export type DamageReport = z.output<typeof damageReport>;

/** What carving found: in the new vault at `path`, which opens as the damaged one did. */
export const carveReport = damageReport.extend({
  path: z.string(),
  records: z.int(),
  /** Open rotations. None goes on by itself. */
  rotations: z.int(),
  /** Of the activity. */
  entries: z.int(),
  /** Values that were found without what they belong to; they are not in the new vault. */
  orphans: z.int(),
});
export type CarveReport = z.output<typeof carveReport>;

const password = secretBytes;
/** As it was written down: small letters, spaces and hyphens do not matter. */
const recoveryCode = secretBytes;

/** What opens a vault: exactly one of them. `keychainKey`: what the system's keychain keeps for it, 32 bytes. */
export const opener = {
  password: password.exactOptional(),
  recoveryCode: recoveryCode.exactOptional(),
  keychainKey: secretBytes.exactOptional(),
};

export function isOneOpener(given: { readonly [Name in keyof typeof opener]?: Uint8Array | undefined }): boolean {
  return [given.password, given.recoveryCode, given.keychainKey].filter((one) => one !== undefined).length === 1;
}

/** The words for whoever gave none, or two. */
export const oneOpener = { error: 'opens with the password or with the recovery code' };

/** What somebody shows again in order to change how an open vault is opened. */
const ownPassword = z.strictObject({ password });

const way = z.enum(['recovery', 'keychain']);

export const vaultCalls = {
  'vault.create': call(z.strictObject({ password: newPassword }), z.strictObject({ vault: createdVault })),
  'vault.status': call(nothing, z.strictObject({ vault: vaultStatus })),
  'vault.unlock': call(
    z.strictObject(opener).refine(isOneOpener, oneOpener),
    z.strictObject({ vault: vaultStatus, damaged: z.array(damage) }),
  ),
  /** Somebody who has lost the password shows the recovery code instead. */
  'vault.change-password': call(
    z
      .strictObject({ password: opener.password, recoveryCode: opener.recoveryCode, newPassword })
      .refine(isOneOpener, oneOpener),
    z.strictObject({ vault: vaultStatus }),
  ),
  /** Which ways in there are besides the password. */
  'vault.ways': call(nothing, z.strictObject({ recovery: z.boolean(), keychain: z.boolean() })),
  /** Takes the place of an older code, which opens nothing any more. It is shown this once and kept nowhere. */
  'vault.make-recovery-code': call(ownPassword, z.strictObject({ recoveryCode })),
  /** For whoever keeps it in the system's keychain: a front door, never a page. */
  'vault.make-keychain-key': call(ownPassword, z.strictObject({ keychainKey: secretBytes })),
  /** The keychain's own key may take its way back as well: whoever was to keep it, and cannot. */
  'vault.remove-way': call(
    z
      .strictObject({ way, password: opener.password, keychainKey: opener.keychainKey })
      .refine(isOneOpener, oneOpener)
      .refine((given) => given.way === 'keychain' || given.keychainKey === undefined, oneOpener),
    z.strictObject({ vault: vaultStatus }),
  ),
  /**
   * New keys: every row is sealed anew, and older passwords, codes and keys open only older copies. The recovery code and the
   * keychain's key stay ways in only where they are shown; `vault.ways` says which there are, `removed` which are gone.
   * `confirm` is the word RE-KEY. Afterwards the vault is locked.
   */
  'vault.re-key': call(
    ownPassword.extend({
      recoveryCode: opener.recoveryCode,
      keychainKey: opener.keychainKey,
      confirm: z.string(),
    }),
    z.strictObject({ vault: vaultStatus, removed: z.array(way) }),
  ),
  'vault.lock': call(nothing, z.strictObject({ vault: vaultStatus })),
  'vault.verify': call(nothing, verifyReport),
  /** What `verify` finds, and what a repair would do about each. Changes nothing. */
  'vault.damage': call(nothing, damageReport),
  /**
   * Puts the vault together again: `confirm` is the word REPAIR, and `setAside` the word SET-ASIDE where something is to be
   * set aside. `kept`: where the damaged file is now; absent: nothing was damaged. Afterwards the vault is locked.
   */
  'vault.repair': call(
    z.strictObject({ confirm: z.string(), setAside: z.string().exactOptional() }),
    damageReport.extend({ kept: z.string().exactOptional() }),
  ),
  /**
   * For a file that the database no longer reads: finds what is sealed in it wherever it lies, and makes a new vault of that
   * in the folder `into`. The damaged vault is only read, and need not be unlocked.
   */
  'vault.carve': call(
    z
      .strictObject({
        into: z.string().min(1).max(4_096),
        password: opener.password,
        recoveryCode: opener.recoveryCode,
      })
      .refine(isOneOpener, oneOpener),
    carveReport,
  ),
} as const;

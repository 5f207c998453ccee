import Database from 'better-sqlite3';
import type { Remedy } from '../../shared/contract/remedies.ts';
import { AppError } from '../app-error.ts';

/** Why a vault is `vault-damaged`, in `details.reason`. */
export type DamageReason = 'not-a-vault' | 'header' | 'rows' | 'manifest' | 'rolled-back' | 'sqlite';

interface DamageText {
  readonly message: string;
  readonly hint: string;
  readonly remedy?: Remedy;
}

const damageTexts: Readonly<Record<DamageReason, DamageText>> = {
  'not-a-vault': {
    message: 'The file vault.rondo is not a vault. Nothing was changed.',
    hint: 'Move the file away, or choose another folder.',
    remedy: 'vault.elsewhere',
  },
  header: {
    message: "The vault's header is damaged in every copy, or belongs to another vault. Nothing was changed.",
    hint: 'Restore a backup, or put vault.rondo and vault.rondo.header back from a copy of the folder; first move away vault.rondo-wal and vault.rondo-shm, where they are there: they belong to the file that is there now.',
  },
  rows: {
    message: 'Some entries of the vault cannot be read. All others can; the vault is read-only. Nothing was deleted.',
    hint: 'Look which they are, and what a backup can put back.',
    remedy: 'vault.damage',
  },
  manifest: {
    message:
      'Entries of the vault are missing, added or older than its manifest says. What is there can be read; the vault is read-only.',
    hint: 'Look what a repair would put back, then accept the rest.',
    remedy: 'vault.damage',
  },
  'rolled-back': {
    message: 'The vault, or a part of it, was replaced by an older one. What is there can be read; it is read-only.',
    hint: 'Look for a program that restores or synchronises the folder. A repair accepts what is there.',
    remedy: 'vault.repair',
  },
  sqlite: {
    message: "The vault's file is damaged where the database keeps its own structure. Nothing was changed or deleted.",
    hint: 'Restore a backup, or make a new vault of what is left.',
    remedy: 'vault.carve',
  },
};

export function vaultDamaged(reason: DamageReason, cause?: unknown): AppError {
  const { message, hint, remedy } = damageTexts[reason];
  const details = { reason, ...(remedy === undefined ? {} : { remedy }) };
  return new AppError('vault-damaged', message, { hint, details, cause });
}

/** While it is open: it was removed, or has another name. */
export function vaultGone(): AppError {
  return new AppError('not-found', 'The file vault.rondo is not there any more. Nothing was changed.', {
    effect: 'nothing-changed',
    hint: 'Put it back where it was, or restore a backup.',
  });
}

export function vaultLocked(): AppError {
  return new AppError('locked', 'The vault is locked.', { effect: 'nothing-changed', hint: 'Unlock it first.' });
}

/** Not damage: the keys that this process holds open nothing any more. */
export function keysChanged(): AppError {
  return new AppError('locked', 'Another process gave the vault new keys, so it was locked here. Nothing was lost.', {
    hint: 'Unlock it again.',
  });
}

export function vaultBusy(cause?: unknown): AppError {
  return new AppError(
    'vault-busy',
    'The vault is in use: a token is being made or rotated in it, or another Rondo has it open.',
    { effect: 'nothing-changed', hint: 'Wait until that is done, or lock the vault there; then try again.', cause },
  );
}

export function wrongPassword(): AppError {
  return new AppError('wrong-password', 'The password is wrong.', {
    effect: 'nothing-changed',
    hint: 'Check Caps Lock and the keyboard layout, then try again.',
  });
}

export function vaultTooNew(format: number): AppError {
  return new AppError('vault-too-new', 'The vault was written by a newer Rondo. It was not touched.', {
    hint: 'Install the newest Rondo.',
    details: { format },
  });
}

/** What the disk says when it cannot: no space, quota, rights, read-only, broken, too many open files, no such place. */
const diskCodes = new Set(
  'ENOSPC EDQUOT EFBIG EROFS EACCES EPERM EIO EMFILE ENFILE ENAMETOOLONG ENXIO ENODEV EBUSY ENOENT ENOTDIR EISDIR ELOOP'.split(
    ' ',
  ),
);

/** Gives a failure of the disk or of SQLite its code at the edge of this room; anything else stays what it is. */
export function asVaultError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (!(error instanceof Database.SqliteError)) return diskCodes.has(code) ? storage(code, error) : error;
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) return vaultBusy(error);
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT|SCHEMA|MISMATCH|CONSTRAINT|TOOBIG)/.test(code))
    return vaultDamaged('sqlite', error);
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM|NOMEM|NOLFS|AUTH)/.test(code)) return storage(code, error);
  return error;
}

function storage(code: string, cause: unknown): AppError {
  return new AppError('storage', storageText(code), { ...storageMore(code, cause), effect: 'vault-unharmed' });
}

/** The disk failed with `code` in the end of a transaction, and `cause` kept from looking what came of it. */
export function perhapsSaved(code: string, cause: unknown): AppError {
  return new AppError(
    'storage',
    `${storageText(code)} What was in the vault before is not lost; whether the last change was saved shows when the vault is opened again.`,
    storageMore(code, cause),
  );
}

function storageMore(code: string, cause: unknown) {
  return { hint: storageHint(code), details: { code }, cause };
}

/** A shared-memory file that cannot grow (SHMSIZE) has met a full disk as well. */
const full = /ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SHMSIZE/;

function storageText(code: string): string {
  if (full.test(code)) return 'The disk is full.';
  if (code === 'ENOENT') return 'The folder of the vault is not there.';
  if (/EROFS|EACCES|EPERM|READONLY|CANTOPEN|SQLITE_PERM/.test(code))
    return 'The folder of the vault cannot be written.';
  if (/NOMEM/.test(code)) return 'There is not enough memory.';
  return 'The disk reported an error.';
}

function storageHint(code: string): string {
  if (full.test(code)) return 'Make room on the disk, then try again.';
  if (code === 'ENOENT') return 'Check its path, and whether its disk is connected.';
  if (/EROFS|EACCES|EPERM|READONLY|CANTOPEN|SQLITE_PERM/.test(code))
    return 'Check who owns the folder and whether it is read-only.';
  return 'Try again; if it stays, copy the folder of the vault to another disk.';
}

export function isWrongPassword(error: unknown): boolean {
  return error instanceof AppError && error.code === 'wrong-password';
}

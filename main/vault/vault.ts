import type { BackupStanding } from '../../shared/contract/backup.ts';
import type { CreatedVault, Damage, VaultStatus, VerifyReport } from '../../shared/contract/vault.ts';
import type { Id } from '../../shared/ids.ts';
import type { AddedSlot } from './added-slots.ts';
import type { VaultCare } from './care.ts';
import type { SlotType } from './header.ts';
import type { KeptWay } from './new-slots.ts';

/** The vault of one folder. Everything but `status` and `create` needs it unlocked. */
export interface Vault extends VaultCare {
  /** Looks without a password. A folder without a vault is `exists: false`, not an error. */
  status(): VaultStatus;
  /**
   * Makes an empty vault; it stays locked. The password is overwritten.
   * @throws AppError invalid-input (one is there already), storage
   */
  create(password: Uint8Array): Promise<CreatedVault>;
  /**
   * Opens it by a password, or by a recovery code or the keychain's key; the secret is overwritten. Damaged rows do not
   * stop it: they are in `session().damaged`.
   * @throws AppError not-found, wrong-password, invalid-input, vault-damaged, vault-too-new, vault-busy, storage
   */
  unlock(secret: Uint8Array, by?: SlotType): Promise<VaultSession>;
  /**
   * The same content under a new password, by the current one or the recovery code; both secrets are overwritten. Older
   * copies of the vault keep the older password.
   * @throws AppError locked, wrong-password, not-found, invalid-input, vault-busy, vault-damaged, storage
   */
  changePassword(current: Uint8Array, next: Uint8Array, by?: 'password' | 'recovery'): Promise<void>;
  /**
   * New keys for the same content, every row sealed anew; all secrets are overwritten. The ways in `kept` go on to open it, the
   * others do not. Then the vault is locked. @returns the ways that are gone
   * @throws AppError locked, wrong-password, not-found, invalid-input, vault-busy, vault-damaged, storage
   */
  reKey(password: Uint8Array, kept: readonly KeptWay[]): Promise<readonly AddedSlot[]>;
  /** Whether there is a way in besides the password. @throws AppError locked */
  ways(): Readonly<Record<AddedSlot, boolean>>;
  /**
   * Makes another way in, in place of an older one of its kind; the password is overwritten. `firstly`: the last word on it,
   * right before anything is written.
   * @returns what opens the vault from now on: the recovery code, or the key for the keychain. The caller overwrites it.
   * @throws AppError as changePassword
   */
  addWay(type: AddedSlot, password: Uint8Array, firstly?: () => void): Promise<Uint8Array>;
  /** The secret is overwritten. @throws AppError as changePassword */
  removeWay(type: AddedSlot, secret: Uint8Array, by?: SlotType): Promise<void>;
  /**
   * Writes a copy of the vault as one file that opens like it. `leaveOut` removes from the copy what must not be kept for
   * long. It gets its name when everything in it was opened and checked; nothing that is there is replaced.
   * @throws AppError locked, invalid-input (the name is in use), vault-damaged, storage
   */
  backUp(path: string, leaveOut: (transaction: VaultTransaction) => void): void;
  /**
   * What can be told of backups without a key, in their order. Undefined: cut short or emptied since, or none. Costs next to
   * nothing. @throws AppError storage
   */
  standings(backupPaths: readonly string[]): Promise<readonly (BackupStanding | undefined)[]>;
  /**
   * Puts the copy at `path` in the vault's place, after everything in it was opened and checked, and locks. The secret is
   * overwritten. `restored` notes in it that it was restored.
   * @returns where the vault that was there is kept; undefined: there was none
   * @throws AppError not-found, wrong-password, invalid-input (another vault's), vault-damaged, vault-too-new, vault-busy,
   * storage: then the vault is as it was
   */
  restore(
    path: string,
    secret: Uint8Array,
    restored: (transaction: VaultTransaction) => void,
    by?: SlotType,
  ): Promise<string | undefined>;
  /** Overwrites keys and closes the file. No-op when locked. */
  lock(): void;
  /** @throws AppError locked */
  session(): VaultSession;
}

/** Seals what leaves the vault under a password of its own, and opens what comes from another one. Needs no vault. */
export interface ExportSeal {
  /** The password is overwritten, the content is the caller's. @throws AppError invalid-input (too large), storage */
  seal(content: Uint8Array, password: Uint8Array): Promise<Uint8Array>;
  /**
   * Returns the content, to be overwritten by the caller; the password is overwritten.
   * @throws AppError invalid-input (no export, too large), vault-too-new, vault-damaged (cut short, changed, reordered),
   * wrong-password
   */
  open(sealed: Uint8Array, password: Uint8Array): Promise<Uint8Array>;
}

/** A record as the vault knows it: `meta` is JSON that the owning room's schema describes. */
export interface VaultRecord {
  readonly id: Id;
  readonly kind: string;
  readonly meta: unknown;
  /**
   * Grows with each change of the record, and says roughly when that was, in milliseconds since 1970: so two vaults that
   * hold the same record can tell which is newer. 0: written before there were revisions.
   */
  readonly revision: number;
}

/** A record to be written. Its revision follows from the one before, unless it comes along from another vault. */
export type WrittenRecord = Omit<VaultRecord, 'revision'> & { readonly revision?: number };

/** Reads see the newest state that any process committed. */
export interface VaultReader {
  records(kind: string): readonly VaultRecord[];
  record(id: Id): VaultRecord | undefined;
  /** Open rotations, by rotation id. */
  journal(): ReadonlyMap<Id, unknown>;
}

/** One entry of the audit chain before it has a hash. */
export interface LogEntry {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject?: Id;
  readonly outcome: 'ok' | 'failed';
  readonly detail?: string;
}

/** What a record's secret part becomes: stays as it is, is emptied, or is these bytes (copied; the caller overwrites its own). */
export type SecretChange = 'same' | 'none' | Uint8Array;

export interface VaultTransaction extends VaultReader {
  putRecord(record: WrittenRecord, secret: SecretChange): void;
  removeRecord(id: Id): void;
  putJournal(id: Id, row: unknown): void;
  removeJournal(id: Id): void;
  appendLog(entry: LogEntry): void;
}

export interface VaultSession extends VaultReader {
  readonly vaultId: Id;
  /** What could not be read. While it holds more than copies of the header every write is `vault-damaged`. */
  readonly damaged: readonly Damage[];
  /**
   * One durable transaction: all of it is on disk when this returns, or none of it is.
   * @throws AppError vault-damaged, storage, vault-busy
   */
  write<T>(change: (transaction: VaultTransaction) => T): T;
  /**
   * Lends the record's secret bytes to `use` and overwrites them when it returns or throws. Undefined: none is held.
   * `use` must not keep the array and must not be asynchronous.
   */
  withSecret<T>(id: Id, use: (secret: Uint8Array) => T): T | undefined;
  /** A keyed hash of a value, in hex: equal for equal values of this vault, meaningless outside it. */
  fingerprint(value: Uint8Array): string;
  newId(): Id;
  /** Holds the vault's lock file while `work` runs. @throws AppError vault-busy when another process holds it */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Grows with every transaction of every process. */
  sequence(): number;
  /** Somebody holds the lock file, here or in another process: what is half done is being worked on. */
  isHeld(): boolean;
  /** Another process holds it, and not this one for whatever it does itself. */
  isHeldElsewhere(): boolean;
  /** Opens and checks every row, both parts, the manifest, every header copy and the audit chain. */
  verify(): VerifyReport;
  /** The audit chain, oldest first. `hash` covers the entry and everything before it. */
  log(): readonly (LogEntry & { readonly hash: string })[];
  verifyLog(): { readonly ok: boolean; readonly entries: number; readonly brokenAt?: number };
}

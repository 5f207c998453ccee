// The vault's open file on a disk that may fail: how a transaction ends, and when the file is opened again.
//
// Guarantees: what `inTransaction` answered is on disk; what it threw for is not, except where its words say that this
// cannot be told. A connection whose disk failed in a write is closed, and the next use opens another. What waits in the
// write-ahead log never comes into another file that takes the vault's name.
import { type OpenFile, openFile } from './open-file.ts';
import { perhapsSaved, vaultBusy, vaultLocked } from './vault-errors.ts';

/** What a transaction did, and the manifest that vouches for it. Without one nothing was changed. */
export interface Ending<T> {
  readonly result: T;
  readonly manifestBlob?: Uint8Array;
}

export class SteadyFile {
  readonly #vaultPath: string;
  #file: OpenFile | undefined;
  #checkpointDue = false;
  #isClosed = false;

  /** From then on `file` is its own. */
  constructor(vaultPath: string, file: OpenFile) {
    this.#vaultPath = vaultPath;
    this.#file = file;
  }

  /** @throws AppError locked, after `close`: the keys of whoever asks that late are gone, and must seal nothing */
  open(): OpenFile {
    if (this.#isClosed) throw vaultLocked();
    if (this.#file?.hasItsName() === false) this.#leave(this.#file);
    this.#file ??= openFile(this.#vaultPath);
    return this.#file;
  }

  /** Begins immediately, so that what `work` reads is what its writes build on. */
  inTransaction<T>(work: (file: OpenFile) => Ending<T>): T {
    const file = this.open();
    file.statements.beginImmediate.run();
    try {
      const { result, manifestBlob } = work(file);
      if (manifestBlob === undefined) file.statements.rollback.run();
      else this.#commit(file, manifestBlob);
      return result;
    } catch (error) {
      this.#rollback(file);
      throw error;
    }
  }

  /** After a transaction that must not wait in the write-ahead log. A reader in the way: due again the next time. */
  checkpoint(isDue: boolean): void {
    this.#checkpointDue ||= isDue;
    if (!this.#checkpointDue || this.#file === undefined) return;
    try {
      this.#checkpointDue = !this.#file.checkpoint();
    } catch (error) {
      // The transaction is on disk in the write-ahead log; only its move into the file failed.
      if (isDiskFailure(error)) this.#drop();
    }
  }

  /** After the file was read past SQLite: its lock is gone (open-here.ts), and is taken again. */
  reopen(): void {
    this.#drop();
    try {
      this.open();
    } catch {
      // The next use opens it again, and says why it cannot be.
    }
  }

  /** Closed until the next use, and not opened for it. @throws AppError vault-busy, see `#leave` */
  letGo(): void {
    const file = this.#file;
    if (file?.hasItsName() === false) this.#leave(file);
    else this.#drop();
  }

  close(): void {
    this.#isClosed = true;
    const file = this.#file;
    this.#file = undefined;
    if (file === undefined) return;
    try {
      file.checkpoint();
    } catch {
      // Everything is committed; the next one who opens the vault moves the write-ahead log into the file.
    } finally {
      file.close();
    }
  }

  #commit(file: OpenFile, manifestBlob: Uint8Array): void {
    file.statements.setManifest.run(manifestBlob);
    try {
      file.statements.commit.run();
    } catch (error) {
      if (!isDiskFailure(error) || !this.#wasSavedAnyway(manifestBlob, error)) throw error;
    }
  }

  /**
   * A failed fsync says nothing about what is in the file: in 12 of 20 trials the transaction was there after reopening.
   * So look, and only say "saved" after the disk has taken it once more. Whatever keeps from looking says nothing of it:
   * not that nothing was changed either, as it says elsewhere.
   */
  #wasSavedAnyway(manifestBlob: Uint8Array, failure: DiskFailure): boolean {
    this.#drop();
    try {
      const file = this.open();
      const stored = file.statements.manifest.get();
      const isOurs = stored instanceof Uint8Array && Buffer.compare(stored, manifestBlob) === 0;
      // It is there, and a reader keeps it from being taken once more: neither can be promised.
      if (isOurs && !file.checkpoint()) throw failure;
      return isOurs;
    } catch (error) {
      this.#drop();
      throw perhapsSaved(failure.code, error);
    }
  }

  #rollback(file: OpenFile): void {
    try {
      if (file === this.#file && file.inTransaction()) file.statements.rollback.run();
    } catch {
      // The connection cannot even roll back: closing it does.
      this.#drop();
    }
  }

  /**
   * Another file has the name. What waits in the write-ahead log belongs to the one before, and SQLite would play it into
   * this one: two moments mixed, and both lost. So the log is emptied into the file that it belongs to first.
   * @throws AppError vault-busy, as long as a reader of the file before keeps its log
   */
  #leave(file: OpenFile): void {
    if (!file.checkpoint()) throw vaultBusy();
    this.#drop();
  }

  #drop(): void {
    const file = this.#file;
    this.#file = undefined;
    file?.close();
  }
}

interface DiskFailure extends Error {
  readonly code: string;
}

function isDiskFailure(error: unknown): error is DiskFailure {
  return error instanceof Error && 'code' in error && /^SQLITE_IOERR/.test(String(error.code));
}

// The vault's file while it is unlocked, together with the state that was read from it. One place decides when the state
// is read again, when a transaction begins and ends, and what a failing disk means.
import { Draft } from './draft.ts';
import { blockingReason, type Finding } from './findings.ts';
import { chooseHeader } from './header-copies.ts';
import { type Keys, plainHash } from './keys.ts';
import { sealManifest } from './manifest.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { type Reading, readChanges, readState, type VaultState } from './read-state.ts';
import { reading } from './statements.ts';
import { asVaultError, vaultDamaged } from './vault-errors.ts';
import type { VaultPaths } from './vault-paths.ts';

const unharmed = 'Nothing in the vault was changed or lost.';
const perhapsSaved =
  'What was in the vault before is not lost; whether the last change was saved shows when the vault is opened again.';

export class LiveFile {
  readonly #paths: VaultPaths;
  readonly #keys: Keys;
  #file: OpenFile | undefined;
  #state: VaultState;
  #headerHash: Uint8Array;
  #headerFindings: readonly Finding[] = [];
  #dataVersion: unknown;
  #checkpointDue = false;
  #writing = false;

  /** Reads the whole vault. From then on `file` is its own. @throws AppError vault-damaged (header) */
  constructor(paths: VaultPaths, keys: Keys, file: OpenFile) {
    this.#paths = paths;
    this.#keys = keys;
    this.#file = file;
    this.#headerHash = new Uint8Array(0);
    this.#state = reading(file.statements, () => {
      this.#dataVersion = file.statements.dataVersion.get();
      return readState(this.#reading(file));
    });
  }

  /** The newest state that any process committed; inside a write its own. */
  current(): VaultState {
    if (this.#writing) return this.#state;
    return this.guarded(unharmed, () => {
      const file = this.open();
      const dataVersion = file.statements.dataVersion.get();
      if (dataVersion !== this.#dataVersion) {
        reading(file.statements, () => this.#refresh(file));
        this.#dataVersion = dataVersion;
      }
      return this.#state;
    });
  }

  findings(): readonly Finding[] {
    return [...this.#headerFindings, ...this.current().findings];
  }

  /** See VaultSession.write. */
  write<T>(change: (draft: Draft) => T): T {
    if (this.#writing) throw new Error('A transaction cannot be started within another');
    return this.guarded(unharmed, () => {
      const file = this.open();
      file.statements.beginImmediate.run();
      this.#writing = true;
      let draft: Draft | undefined;
      try {
        this.#refresh(file);
        draft = this.#draft(file);
        const result = change(draft);
        if (result instanceof Promise) throw new Error('A transaction cannot wait');
        if (draft.changed) this.#commit(file, draft);
        else file.statements.rollback.run();
        return result;
      } catch (error) {
        draft?.undo();
        this.#rollback(file);
        throw error;
      } finally {
        draft?.end();
        this.#writing = false;
      }
    });
  }

  /** The open file, opened again if a failing disk made us close it. */
  open(): OpenFile {
    if (this.#file === undefined) {
      this.#file = openFile(this.#paths.vaultPath);
      this.#dataVersion = undefined;
    }
    return this.#file;
  }

  /** Whatever `work` fails with becomes an error of this room. */
  guarded<T>(words: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asVaultError(error, words);
    }
  }

  reading(): Reading {
    return this.#reading(this.open());
  }

  close(): void {
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

  #draft(file: OpenFile): Draft {
    const { manifest, index, sequence, findings } = this.#state;
    const reason = blockingReason(findings);
    if (reason !== undefined || manifest === undefined) throw vaultDamaged(reason ?? 'manifest');
    const { statements } = file;
    return new Draft({ keys: this.#keys, statements, index, manifest, sequence: sequence + 1 });
  }

  #commit(file: OpenFile, draft: Draft): void {
    const manifest = draft.manifest(this.#headerHash);
    const sequence = this.#state.sequence + 1;
    const manifestBlob = sealManifest(this.#keys, manifest, sequence);
    file.statements.setManifest.run(manifestBlob);
    try {
      file.statements.commit.run();
    } catch (error) {
      if (!isDiskFailure(error) || !this.#wasSavedAnyway(manifestBlob)) throw error;
    }
    this.#state = { ...this.#state, manifest, manifestBlob, sequence };
    this.#checkpointDue ||= draft.sensitive;
    this.#checkpointIfDue();
  }

  /**
   * A failed fsync says nothing about what is in the file: in 12 of 20 trials the transaction was there after reopening.
   * So look, and only say "saved" after the disk has taken it once more.
   */
  #wasSavedAnyway(manifestBlob: Uint8Array): boolean {
    this.#drop();
    try {
      const file = this.open();
      const stored = file.statements.manifest.get();
      const isOurs = stored instanceof Uint8Array && Buffer.compare(stored, manifestBlob) === 0;
      return isOurs && file.checkpoint();
    } catch (error) {
      this.#drop();
      throw asVaultError(error, perhapsSaved);
    }
  }

  #checkpointIfDue(): void {
    if (!this.#checkpointDue || this.#file === undefined) return;
    try {
      this.#checkpointDue = !this.#file.checkpoint();
    } catch (error) {
      // The transaction is on disk in the write-ahead log; only its move into the file failed. Due again next time.
      if (isDiskFailure(error)) this.#drop();
    }
  }

  #refresh(file: OpenFile): void {
    const stored = file.statements.manifest.get();
    const { manifestBlob } = this.#state;
    const same =
      stored instanceof Uint8Array && manifestBlob instanceof Uint8Array && Buffer.compare(stored, manifestBlob) === 0;
    if (!same) this.#state = readChanges(this.#reading(file), this.#state);
  }

  #reading(file: OpenFile): Reading {
    const { statements } = file;
    const chosen = chooseHeader(statements, this.#paths.headerPath, plainHash(this.#keys.arena));
    this.#headerHash = chosen.hash;
    this.#headerFindings = chosen.findings;
    return { keys: this.#keys, statements, headerHash: chosen.hash };
  }

  #rollback(file: OpenFile): void {
    try {
      if (file === this.#file && file.inTransaction()) file.statements.rollback.run();
    } catch {
      // The connection cannot even roll back: closing it does.
      this.#drop();
    }
  }

  #drop(): void {
    const file = this.#file;
    this.#file = undefined;
    file?.close();
  }
}

function isDiskFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_IOERR/.test(String(error.code));
}

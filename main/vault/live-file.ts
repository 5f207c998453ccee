// The vault's file while it is unlocked, together with the state that was read from it. One place decides when the state
// is read again and what a transaction makes of it.
import { AppError } from '../app-error.ts';
import { Draft } from './draft.ts';
import { blockingReason, type Finding } from './findings.ts';
import type { Header } from './header.ts';
import { type ChosenHeader, chooseHeader } from './header-copies.ts';
import { type Keys, plainHash } from './keys.ts';
import { type Manifest, sealManifest } from './manifest.ts';
import type { OpenFile } from './open-file.ts';
import { type Reading, readChanges, readState, type VaultState } from './read-state.ts';
import { reading } from './statements.ts';
import { SteadyFile } from './steady-file.ts';
import { asVaultError, keysChanged, vaultDamaged } from './vault-errors.ts';
import type { VaultFilePaths } from './vault-paths.ts';

/** A state that the manifest vouches for: nothing else may be built upon. */
export type SoundState = VaultState & { readonly manifest: Manifest };

/** Every row of a vault, sealed anew. */
export interface Resealed {
  readonly file: OpenFile;
  readonly state: SoundState;
}

export class LiveFile {
  readonly #paths: VaultFilePaths;
  readonly #keys: Keys;
  readonly #keysChanged: () => void;
  readonly #file: SteadyFile;
  #state: VaultState;
  #headerHash: Uint8Array;
  #headerFindings: readonly Finding[] = [];
  /** What `data_version` of which connection belongs to the state. */
  #seen: { readonly file: OpenFile; readonly dataVersion: unknown };
  #writing = false;

  /**
   * Reads the whole vault. From then on `file` is its own. `keysChanged` is told when another process gave the vault new
   * keys: whoever holds the old ones can only lock. @throws AppError vault-damaged (header)
   */
  constructor(paths: VaultFilePaths, keys: Keys, file: OpenFile, keysChanged: () => void = () => {}) {
    this.#paths = paths;
    this.#keys = keys;
    this.#keysChanged = keysChanged;
    this.#file = new SteadyFile(paths.vaultPath, file);
    this.#headerHash = new Uint8Array(0);
    this.#seen = { file, dataVersion: undefined };
    this.#state = reading(file.statements, () => {
      this.#seen = { file, dataVersion: file.statements.dataVersion.get() };
      return readState(this.#reading(file));
    });
  }

  /** The newest state that any process committed; inside a write its own. */
  current(): VaultState {
    if (this.#writing) return this.#state;
    return this.guarded(() => {
      const file = this.open();
      const dataVersion = file.statements.dataVersion.get();
      if (file !== this.#seen.file || dataVersion !== this.#seen.dataVersion) {
        reading(file.statements, () => this.#refresh(file));
        this.#seen = { file, dataVersion };
      }
      return this.#state;
    });
  }

  /** Of the state that was read or written last: on disk for certain. */
  seenSequence(): number {
    return this.#state.sequence;
  }

  findings(): readonly Finding[] {
    return [...this.#headerFindings, ...this.current().findings];
  }

  /** See VaultSession.write. */
  write<T>(change: (draft: Draft) => T): T {
    let draft: Draft | undefined;
    try {
      return this.#transact((file) => {
        const { manifest, index, sequence } = this.#sound();
        const base = { keys: this.#keys, statements: file.statements, index, manifest, sequence: sequence + 1 };
        draft = new Draft(base);
        const result = change(draft);
        if (result instanceof Promise) throw new Error('A transaction cannot wait');
        return draft.changed ? { result, next: this.#seal(draft), sensitive: draft.sensitive } : { result };
      });
    } catch (error) {
      draft?.undo();
      throw error;
    } finally {
      draft?.end();
    }
  }

  /**
   * One transaction that seals every row anew; `reseal` writes all of them and answers the manifest's blob. Afterwards
   * this file and its keys are of the past: close it.
   */
  reseal(reseal: (old: Resealed) => Uint8Array): void {
    this.#transact((file) => {
      const state = this.#sound();
      const manifestBlob = reseal({ file, state });
      return { result: undefined, next: { ...state, manifestBlob }, sensitive: true };
    });
  }

  /** The open file, opened again if a failing disk made us close it. */
  open(): OpenFile {
    return this.#file.open();
  }

  /** Whatever `work` fails with becomes an error of this room. */
  guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asVaultError(error);
    }
  }

  reading(): Reading {
    return this.#reading(this.open());
  }

  /** As it stands now: another process may have changed its slots. @throws AppError vault-damaged, locked */
  header(): Header {
    return this.chosenHeader().header;
  }

  chosenHeader(): ChosenHeader {
    return this.guarded(() => this.#chooseHeader(this.open()));
  }

  /** So that nothing of what was written over is left. Where a reader is in the way, or the disk is full, it stays. */
  vacuum(): void {
    try {
      this.open().vacuum();
    } catch {
      // What was written over was overwritten with zeros as well (`secure_delete`).
    }
  }

  /** Closed until `reopen`: nothing else may be asked of it in between. */
  letGo(): void {
    try {
      this.#file.letGo();
    } catch (error) {
      // What has the vault's name by now is not open here.
      if (!(error instanceof AppError)) throw error;
    }
  }

  /** See SteadyFile. */
  reopen(): void {
    this.#file.reopen();
  }

  close(): void {
    this.#file.close();
  }

  #transact<T>(work: (file: OpenFile) => Outcome<T>): T {
    if (this.#writing) throw new Error('A transaction cannot be started within another');
    return this.guarded(() => {
      try {
        const outcome = this.#file.inTransaction((file) => {
          this.#writing = true;
          this.#refresh(file);
          const done = work(file);
          return { result: done, ...(done.next === undefined ? {} : { manifestBlob: done.next.manifestBlob }) };
        });
        if (outcome.next !== undefined) this.#state = outcome.next;
        this.#takeOverHeader();
        this.#file.checkpoint(outcome.sensitive ?? false);
        return outcome.result;
      } finally {
        this.#writing = false;
      }
    });
  }

  /** A transaction that changed the header wrote both copies. */
  #takeOverHeader(): void {
    const headerHash = this.#state.manifest?.headerHash;
    if (headerHash === undefined || Buffer.compare(headerHash, this.#headerHash) === 0) return;
    this.#headerHash = headerHash;
    this.#headerFindings = [];
  }

  /** @throws AppError vault-damaged */
  #sound(): SoundState {
    const { manifest, findings } = this.#state;
    const reason = blockingReason(findings);
    if (reason !== undefined || manifest === undefined) throw vaultDamaged(reason ?? 'manifest');
    return { ...this.#state, manifest };
  }

  #seal(draft: Draft): VaultState & { readonly manifestBlob: Uint8Array } {
    const manifest = draft.manifest(this.#headerHash);
    const sequence = this.#state.sequence + 1;
    return { ...this.#state, manifest, sequence, manifestBlob: sealManifest(this.#keys, manifest, sequence) };
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
    const chosen = this.#chooseHeader(file);
    this.#headerHash = chosen.hash;
    this.#headerFindings = chosen.findings;
    return { keys: this.#keys, statements, headerHash: chosen.hash };
  }

  #chooseHeader({ statements }: OpenFile): ChosenHeader {
    const { arena, identity } = this.#keys;
    const chosen = chooseHeader(statements, this.#paths.headerPath, plainHash(arena));
    if (chosen.header.epoch > identity.epoch && Buffer.compare(chosen.header.vaultId, identity.vaultId) === 0) {
      this.#keysChanged();
      throw keysChanged();
    }
    return chosen;
  }
}

/** What a transaction did; `next` is the state that it makes true. */
interface Outcome<T> {
  readonly result: T;
  readonly next?: VaultState & { readonly manifestBlob: Uint8Array };
  readonly sensitive?: boolean;
}

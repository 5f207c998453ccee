// The changes of one transaction while it runs: written to the database at once, to the index with a way back.
import type { Id } from '../../shared/ids.ts';
import { sealEntry } from './audit-chain.ts';
import type { Keys } from './keys.ts';
import type { Manifest } from './manifest.ts';
import { idBytes, readRecord } from './read-records.ts';
import type { RowIndex } from './row-index.ts';
import { isSameRow, openJournalRow, openRecordRow, sealJournal, sealMeta, sealSecret } from './sealed-rows.ts';
import type { Statements } from './statements.ts';
import type { LogEntry, SecretChange, VaultRecord } from './vault.ts';
import { vaultDamaged } from './vault-errors.ts';

export interface DraftBase {
  readonly keys: Keys;
  readonly statements: Statements;
  readonly index: RowIndex;
  readonly manifest: Manifest;
  /** Of this transaction: one more than the last. */
  readonly sequence: number;
}

const noSecret = new Uint8Array(0);

export class Draft {
  readonly #base: DraftBase;
  readonly #undo: (() => void)[] = [];
  #logCount: number;
  #logHead: Uint8Array;
  #headerHash: Uint8Array | undefined;
  #ended = false;
  #changed = false;
  #sensitive = false;

  constructor(base: DraftBase) {
    this.#base = base;
    this.#logCount = base.manifest.logCount;
    this.#logHead = base.manifest.logHead;
  }

  get changed(): boolean {
    return this.#changed;
  }

  /** A value or a rotation's state changed: it must not wait in the write-ahead log, and what it replaced must go. */
  get sensitive(): boolean {
    return this.#sensitive;
  }

  putRecord(record: VaultRecord, secret: SecretChange): void {
    const { keys, statements } = this.#open();
    const rowId = idBytes(record.id);
    const blobs = { meta: sealMeta(this.#base, rowId, record), secret: this.#secretBlob(record.id, secret) };
    const row = openRecordRow(keys, rowId, blobs);
    if (row === undefined) throw new Error('A record that was just sealed does not open');
    statements.putRecord.run(rowId, blobs.meta, blobs.secret);
    // A new record without a value brings nothing that must not wait, and replaces nothing that must go.
    const isNew = this.#base.index.record(record.id) === undefined;
    this.#setRecord(record.id, row);
    this.#sensitive ||= secret instanceof Uint8Array || (secret === 'none' && !isNew);
  }

  removeRecord(id: Id): void {
    const { index, statements } = this.#open();
    if (index.record(id) === undefined) return;
    statements.removeRecord.run(idBytes(id));
    this.#setRecord(id, undefined);
    this.#sensitive = true;
  }

  putJournal(id: Id, row: unknown): void {
    const { keys, statements } = this.#open();
    const rowId = idBytes(id);
    const blob = sealJournal(this.#base, rowId, row);
    const opened = openJournalRow(keys, rowId, blob);
    if (opened === undefined) throw new Error('A journal row that was just sealed does not open');
    statements.putJournal.run(rowId, blob);
    this.#setJournal(id, opened);
  }

  removeJournal(id: Id): void {
    const { index, statements } = this.#open();
    if (index.journalRow(id) === undefined) return;
    statements.removeJournal.run(idBytes(id));
    this.#setJournal(id, undefined);
  }

  appendLog(entry: LogEntry): void {
    const { keys, statements, sequence } = this.#open();
    const number = this.#logCount + 1;
    const { blob, hash } = sealEntry(keys, { number, previous: this.#logHead, sequence }, entry);
    statements.appendLog.run(number, blob);
    this.#logCount = number;
    this.#logHead = hash;
    this.#changed = true;
  }

  /** Both copies in the database. Sensitive: the header before this one opens with what no longer should. */
  putHeader(encoded: Uint8Array, hash: Uint8Array): void {
    const { statements } = this.#open();
    statements.setHeaderA.run(encoded);
    statements.setHeaderB.run(encoded);
    this.#headerHash = hash;
    this.#changed = true;
    this.#sensitive = true;
  }

  /** What the manifest must say when this is committed. `headerHash`: of the header that stands there, if it stays. */
  manifest(headerHash: Uint8Array): Manifest {
    const { index } = this.#base;
    return {
      recordCount: index.recordCount,
      journalCount: index.journalCount,
      setHash: new Uint8Array(index.setHash),
      logCount: this.#logCount,
      logHead: this.#logHead,
      headerHash: this.#headerHash ?? headerHash,
    };
  }

  /** Whoever kept the transaction beyond its end must not write outside of one. */
  end(): void {
    this.#ended = true;
  }

  /** Puts the index back; the database does its part by ROLLBACK. */
  undo(): void {
    for (const step of this.#undo.splice(0).reverse()) step();
  }

  #open(): DraftBase {
    if (this.#ended) throw new Error('The transaction has ended');
    return this.#base;
  }

  #secretBlob(id: Id, secret: SecretChange): Uint8Array {
    const { keys, statements, index } = this.#base;
    const rowId = idBytes(id);
    if (secret instanceof Uint8Array) return sealSecret(this.#base, rowId, secret);
    const known = index.record(id);
    if (secret === 'none' || known === undefined) return sealSecret(this.#base, rowId, noSecret);
    const sealed = readRecord(statements, rowId);
    // A blob that somebody else put there must not be vouched for by the new manifest.
    if (sealed === undefined || !isSameRow(keys, rowId, sealed, known.element)) throw vaultDamaged('rows');
    return sealed.secret;
  }

  #setRecord(id: Id, row: Parameters<RowIndex['setRecord']>[1]): void {
    const { index } = this.#base;
    const before = index.setRecord(id, row);
    this.#undo.push(() => index.setRecord(id, before));
    this.#changed = true;
  }

  #setJournal(id: Id, row: Parameters<RowIndex['setJournal']>[1]): void {
    const { index } = this.#base;
    const before = index.setJournal(id, row);
    this.#undo.push(() => index.setJournal(id, before));
    this.#changed = true;
    this.#sensitive = true;
  }
}

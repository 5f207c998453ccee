import type { Id } from '../../shared/ids.ts';
import type { JournalRow, RecordRow } from './sealed-rows.ts';
import type { VaultRecord } from './vault.ts';

/** All rows of an open vault, with what is needed to answer by id or kind and to keep the set hash. */
export class RowIndex {
  readonly setHash = new Uint8Array(32);
  readonly #records = new Map<Id, RecordRow>();
  readonly #kinds = new Map<string, Map<Id, VaultRecord>>();
  readonly #lists = new Map<string, readonly VaultRecord[]>();
  readonly #journal = new Map<Id, JournalRow>();

  get recordCount(): number {
    return this.#records.size;
  }

  get journalCount(): number {
    return this.#journal.size;
  }

  record(id: Id): RecordRow | undefined {
    return this.#records.get(id);
  }

  records(): IterableIterator<RecordRow> {
    return this.#records.values();
  }

  journalRow(id: Id): JournalRow | undefined {
    return this.#journal.get(id);
  }

  journalRows(): IterableIterator<JournalRow> {
    return this.#journal.values();
  }

  ofKind(kind: string): readonly VaultRecord[] {
    const known = this.#lists.get(kind);
    if (known !== undefined) return known;
    const list = [...(this.#kinds.get(kind)?.values() ?? [])];
    this.#lists.set(kind, list);
    return list;
  }

  /** `row` undefined removes. Returns what stood there, which put back undoes this. */
  setRecord(id: Id, row: RecordRow | undefined): RecordRow | undefined {
    const before = this.#records.get(id);
    if (before !== undefined) {
      this.addElement(before.element);
      this.#kinds.get(before.record.kind)?.delete(id);
      this.#lists.delete(before.record.kind);
      this.#records.delete(id);
    }
    if (row !== undefined) {
      this.addElement(row.element);
      this.#records.set(id, row);
      this.#kindOf(row.record.kind).set(id, row.record);
      this.#lists.delete(row.record.kind);
    }
    return before;
  }

  setJournal(id: Id, row: JournalRow | undefined): JournalRow | undefined {
    const before = this.#journal.get(id);
    if (before !== undefined) this.addElement(before.element);
    this.#journal.delete(id);
    if (row !== undefined) {
      this.addElement(row.element);
      this.#journal.set(id, row);
    }
    return before;
  }

  /** XOR: adding twice removes. */
  addElement(element: string): void {
    for (let at = 0; at < this.setHash.length; at++) {
      this.setHash[at] = (this.setHash[at] ?? 0) ^ element.charCodeAt(at);
    }
  }

  #kindOf(kind: string): Map<Id, VaultRecord> {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    const made = new Map<Id, VaultRecord>();
    this.#kinds.set(kind, made);
    return made;
  }
}

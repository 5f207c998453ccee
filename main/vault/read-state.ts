// The opened content of a vault at one sequence number, and how it is read: whole at unlock, by difference later.
//
// Guarantees: a state holds only rows that opened, and its findings name everything that the manifest does not vouch for.
// Whoever calls holds a transaction, so that manifest and rows are of one moment.
import { checkState, type Unchecked } from './check-state.ts';
import { type Finding, finding } from './findings.ts';
import type { Keys } from './keys.ts';
import { type Manifest, openManifest } from './manifest.ts';
import { asRecord, idOf, isCorruption, isRowId, type RecordCells, readRecord, readRecords } from './read-records.ts';
import { RowIndex } from './row-index.ts';
import { openJournalRow, openRecordRow, type RecordRow } from './sealed-rows.ts';
import type { Cell, Statements } from './statements.ts';
import { vaultDamaged } from './vault-errors.ts';

export interface VaultState {
  readonly index: RowIndex;
  /** Undefined: it does not open. Then nothing can be written. */
  readonly manifest: Manifest | undefined;
  /** As it stands in the file: as long as it is the same, nothing has changed. */
  readonly manifestBlob: Cell;
  readonly sequence: number;
  readonly findings: readonly Finding[];
}

export interface Reading {
  readonly keys: Keys;
  readonly statements: Statements;
  /** Of the header that now stands in the file. */
  readonly headerHash: Uint8Array;
}

/** Reads everything. @throws AppError vault-damaged (header) when nothing opens: then the header is another vault's */
export function readState(reading: Reading): VaultState {
  const { keys, statements } = reading;
  const manifestBlob = readCell(() => statements.manifest.get());
  const opened = openManifest(keys, manifestBlob);
  const { collected, broken } = readRecords(statements, (rows) => indexRows(rows, (cells) => openCells(keys, cells)));
  const { index, findings } = collected;
  if (broken) findings.push(finding('sqlite', 'file', 'record', 'a part of the table cannot be read'));
  readJournal(reading, index, findings);
  const nothingOpened = opened === undefined && index.recordCount + index.journalCount === 0;
  if (nothingOpened && findings.some(({ reason }) => reason === 'rows')) throw vaultDamaged('header');
  return checked(reading, { index, opened, manifestBlob }, findings);
}

/** Reads what is not yet known: rows whose nonces are the same are taken over. The journal is short and read whole. */
export function readChanges(reading: Reading, before: VaultState): VaultState {
  const { keys, statements } = reading;
  const manifestBlob = statements.manifest.get();
  const opened = openManifest(keys, manifestBlob);
  if (opened === undefined || opened.sequence <= before.sequence) {
    const older = finding('rolled-back', 'manifest', 'manifest', 'was replaced by an older one');
    const closed = finding('manifest', 'manifest', 'manifest', 'does not open');
    return { ...before, manifestBlob, findings: [...before.findings, opened === undefined ? closed : older] };
  }
  const stamps = statements.recordStamps.all();
  const { index, findings } = indexRows(stamps, (cells) => changedRow(reading, before, cells));
  readJournal(reading, index, findings);
  return checked(reading, { index, opened, manifestBlob }, findings);
}

function checked(reading: Reading, unchecked: Unchecked & { manifestBlob: Cell }, findings: Finding[]): VaultState {
  const { index, opened, manifestBlob } = unchecked;
  findings.push(...checkState(reading, unchecked, findings));
  return { index, manifest: opened?.manifest, manifestBlob, sequence: opened?.sequence ?? 0, findings };
}

interface Indexed {
  readonly index: RowIndex;
  readonly findings: Finding[];
}

function indexRows(rows: Iterable<RecordCells>, open: (cells: RecordCells) => RecordRow | undefined): Indexed {
  const index = new RowIndex();
  const findings: Finding[] = [];
  for (const cells of rows) {
    const row = open(cells);
    if (row === undefined) findings.push(finding('rows', 'record', idOf(cells[0]), 'does not open'));
    else index.setRecord(row.record.id, row);
  }
  return { index, findings };
}

function openCells(keys: Keys, cells: RecordCells): RecordRow | undefined {
  const sealed = asRecord(cells);
  return sealed && openRecordRow(keys, sealed.rowId, sealed);
}

function changedRow({ keys, statements }: Reading, before: VaultState, cells: RecordCells): RecordRow | undefined {
  const [id, metaNonce, secretNonce] = cells;
  const known = before.index.record(idOf(id));
  const areNonces = Buffer.isBuffer(metaNonce) && Buffer.isBuffer(secretNonce);
  if (areNonces && known?.stamp === metaNonce.toString('latin1') + secretNonce.toString('latin1')) return known;
  const sealed = isRowId(id) ? readRecord(statements, id) : undefined;
  return sealed && openRecordRow(keys, sealed.rowId, sealed);
}

function readJournal({ keys, statements }: Reading, index: RowIndex, findings: Finding[]): void {
  for (const [id, blob] of readJournalCells(statements, findings)) {
    const row = isRowId(id) && Buffer.isBuffer(blob) ? openJournalRow(keys, id, blob) : undefined;
    if (row === undefined) findings.push(finding('rows', 'journal', idOf(id), 'does not open'));
    else index.setJournal(row.id, row);
  }
}

/** `findings`: where the table cannot be read, that is told there. */
export function readJournalCells(statements: Statements, findings: Finding[]): [Cell, Cell][] {
  try {
    return statements.journal.all();
  } catch (error) {
    if (!isCorruption(error)) throw error;
    findings.push(finding('sqlite', 'file', 'journal', 'the table cannot be read'));
    return [];
  }
}

/** Undefined where SQLite finds its own structure damaged: that is one more thing that does not open. */
export function readCell(read: () => Cell): Cell {
  try {
    return read();
  } catch (error) {
    if (isCorruption(error)) return undefined;
    throw error;
  }
}

// Compares what was read with what the manifest says. Assumes that every row in the index was opened, and does not open
// secrets unless something differs: then it finds out whose.
import { openEntry } from './audit-chain.ts';
import { type Finding, finding } from './findings.ts';
import type { Manifest, OpenedManifest } from './manifest.ts';
import { asRecord, idOf, isCorruption, readRecords } from './read-records.ts';
import type { Reading } from './read-state.ts';
import type { RowIndex } from './row-index.ts';
import { openSecret } from './sealed-rows.ts';

export interface Unchecked {
  readonly index: RowIndex;
  readonly opened: OpenedManifest | undefined;
}

/** `known`: what was found while reading. */
export function checkState(reading: Reading, { index, opened }: Unchecked, known: readonly Finding[]): Finding[] {
  if (opened === undefined) return [finding('manifest', 'manifest', 'manifest', 'does not open')];
  const { manifest, sequence } = opened;
  const findings: Finding[] = [];
  if (isNewerThan(sequence, index)) {
    findings.push(finding('rolled-back', 'manifest', 'manifest', 'is older than the entries'));
  }
  if (Buffer.compare(manifest.headerHash, reading.headerHash) !== 0) {
    findings.push(finding('rolled-back', 'header', 'header', 'is not the one that the manifest names'));
  }
  findings.push(...checkLogEnd(reading, manifest.logCount), ...checkSet(reading, index, manifest, known));
  return findings;
}

function checkSet(reading: Reading, index: RowIndex, manifest: Manifest, known: readonly Finding[]): Finding[] {
  if (Buffer.compare(manifest.setHash, index.setHash) === 0) return [];
  const closed = known.filter(({ reason }) => reason === 'rows');
  const closedIds = new Set(closed.map(({ damage }) => damage.id));
  const secrets = damagedSecrets(reading).filter(({ damage }) => !closedIds.has(damage.id));
  const found = index.recordCount + index.journalCount + closed.length;
  const missing = manifest.recordCount + manifest.journalCount - found;
  const isExplained = missing === 0 && closed.length + secrets.length > 0;
  return isExplained ? secrets : [...secrets, finding('manifest', 'manifest', 'manifest', difference(missing))];
}

function difference(missing: number): string {
  if (missing === 0) return 'entries are older than they should be';
  return missing > 0 ? `entries missing: ${missing}` : `entries too many: ${-missing}`;
}

/** Every record whose secret part does not open. */
export function damagedSecrets({ keys, statements }: Reading): Finding[] {
  const { collected } = readRecords(statements, (rows) => {
    const findings: Finding[] = [];
    for (const cells of rows) {
      const sealed = asRecord(cells);
      const secret = sealed && openSecret(keys, sealed.rowId, sealed.secret);
      secret?.fill(0);
      if (secret === undefined) findings.push(finding('rows', 'record', idOf(cells[0]), 'its value does not open'));
    }
    return findings;
  });
  return collected;
}

/** A row that was sealed after the manifest: the manifest is the one that is old. */
function isNewerThan(sequence: number, index: RowIndex): boolean {
  for (const row of index.records()) if (row.sequence > sequence) return true;
  for (const row of index.journalRows()) if (row.sequence > sequence) return true;
  return false;
}

/** Only the last number: reading the log would make each unlock slower than the one before. */
function checkLogEnd({ keys, statements }: Reading, logCount: number): Finding[] {
  try {
    const last = Number(statements.lastLogNumber.get() ?? 0);
    if (last === logCount) return [];
    if (last < logCount) return [finding('manifest', 'log', `log ${logCount}`, 'the newest entries are missing')];
    const blob = statements.logEntry.get(last);
    const isOurs = blob instanceof Uint8Array && openEntry(keys, last, blob) !== undefined;
    return isOurs
      ? [finding('rolled-back', 'manifest', 'manifest', 'is older than the log')]
      : [finding('manifest', 'log', `log ${last}`, 'is not one of ours')];
  } catch (error) {
    if (!isCorruption(error)) throw error;
    return [finding('sqlite', 'file', 'log', 'the table cannot be read')];
  }
}

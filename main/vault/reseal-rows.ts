import { hashBytes } from './arena.ts';
import { openEntry, readChain } from './audit-chain.ts';
import type { Keys } from './keys.ts';
import type { Resealed } from './live-file.ts';
import { sealManifest } from './manifest.ts';
import type { NewHeader } from './new-header.ts';
import { readLog } from './read-log.ts';
import { idBytes, readRecord } from './read-records.ts';
import { rechain } from './repair-log.ts';
import {
  isSameRow,
  openJournalRow,
  openRecordRow,
  openSecret,
  type RecordRow,
  type Sealer,
  sealJournal,
  sealMeta,
  sealSecret,
} from './sealed-rows.ts';
import { addElements, emptyElement } from './set-solver.ts';
import type { Statements } from './statements.ts';
import type { LogEntry } from './vault.ts';
import { vaultDamaged } from './vault-errors.ts';

export interface Resealing {
  readonly from: Keys;
  readonly to: Sealer;
  readonly header: Pick<NewHeader, 'encoded' | 'hash'>;
  /** The last entry of the new chain; it gets the head of the old one. */
  readonly entry: LogEntry;
}

/** Every row under the new keys, within the transaction that runs. @returns the manifest's blob. @throws AppError vault-damaged */
export function resealRows({ file, state }: Resealed, { from, to, header, entry }: Resealing): Uint8Array {
  const { statements } = file;
  let setHash = emptyElement;
  for (const row of state.index.records()) setHash = addElements(setHash, resealRecord(statements, row, { from, to }));
  for (const { id, row } of state.index.journalRows()) {
    const rowId = idBytes(id);
    const blob = sealJournal(to, rowId, row);
    statements.putJournal.run(rowId, blob);
    setHash = addElements(setHash, openJournalRow(to.keys, rowId, blob)?.element ?? refuse());
  }
  const log = resealLog(statements, { from, to, header, entry }, state.manifest);
  statements.setHeaderA.run(header.encoded);
  statements.setHeaderB.run(header.encoded);
  const manifest = {
    recordCount: state.index.recordCount,
    journalCount: state.index.journalCount,
    setHash: Buffer.from(setHash, 'latin1'),
    ...log,
    headerHash: header.hash,
  };
  return sealManifest(to.keys, manifest, to.sequence);
}

/** @returns its element */
function resealRecord(
  statements: Statements,
  { record, element }: RecordRow,
  { from, to }: Pick<Resealing, 'from' | 'to'>,
): string {
  const rowId = idBytes(record.id);
  const sealed = readRecord(statements, rowId);
  if (sealed === undefined || !isSameRow(from, rowId, sealed, element)) throw vaultDamaged('rows');
  const value = openSecret(from, rowId, sealed.secret) ?? refuse();
  try {
    const blobs = { meta: sealMeta(to, rowId, record), secret: sealSecret(to, rowId, value) };
    statements.putRecord.run(rowId, blobs.meta, blobs.secret);
    return openRecordRow(to.keys, rowId, blobs)?.element ?? refuse();
  } finally {
    value.fill(0);
  }
}

/** The same entries, and one more that names how the chain ended before. A damaged chain is not made to look whole. */
function resealLog(statements: Statements, { from, to, entry }: Resealing, end: Parameters<typeof readChain>[2]) {
  const rows = readLog(statements);
  if (readChain(from, rows, end).broken.length > 0) throw vaultDamaged('rows');
  const links = rows.map(([number, blob]) => {
    const link = blob instanceof Uint8Array ? openEntry(from, Number(number), blob) : undefined;
    return link ?? refuse();
  });
  const head = Buffer.from(links.at(-1)?.hash ?? new Uint8Array(hashBytes)).toString('hex');
  const last = { entry: { ...entry, detail: `log before: ${head}` } };
  const chain = rechain(to.keys, [...links, last], to.sequence);
  statements.removeLog.run();
  for (const [number, blob] of chain.entries) statements.appendLog.run(number, blob);
  return { logCount: chain.entries.length, logHead: chain.head };
}

function refuse(): never {
  throw vaultDamaged('rows');
}

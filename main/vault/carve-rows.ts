// From carved blobs to rows. A blob says which row it is of and which transaction sealed it, so of several forms of a row
// the newest is the one with the highest number; a value belongs to the newest description that is not older than it.
import { numberAsRowId } from './blob.ts';
import type { CarvedBlob } from './carve-blobs.ts';
import type { Keys } from './keys.ts';
import { openManifest } from './manifest.ts';
import {
  type ClosedRow,
  type ReadableRow,
  type ReadableRows,
  readJournalBlob,
  readRecordBlobs,
  rowKey,
  vouchingManifest,
} from './readable-rows.ts';
import { addElements, changesThatSumTo } from './set-solver.ts';

export interface CarvedRows extends ReadableRows {
  /** Values whose description is nowhere in the file. */
  readonly orphans: ReadonlyMap<string, Uint8Array>;
}

const noSecret = new Uint8Array(0);

export function rowsOfBlobs(keys: Keys, blobs: readonly CarvedBlob[]): CarvedRows {
  const newestFirst = blobs.toSorted((left, right) => right.sequence - left.sequence);
  const of = (kind: CarvedBlob['kind']) => byRow(newestFirst.filter((blob) => blob.kind === kind));
  const [metas, secrets] = [of('meta'), of('secret')];
  const rows: ReadableRow[] = [];
  const closed: ClosedRow[] = [];
  for (const [id, [meta]] of metas) {
    if (meta === undefined) continue;
    const read = readRecordBlobs(keys, meta.rowId, [meta.blob, secretFor(meta, secrets.get(id))]);
    if ('blobs' in read) rows.push(read);
    else closed.push({ ...read, isCarved: true });
  }
  for (const [journal] of of('journal').values()) {
    const row = journal && readJournalBlob(keys, journal.rowId, journal.blob);
    if (row !== undefined) rows.push(row);
  }
  const [manifest] = of('manifest').get(hex(numberAsRowId(0))) ?? [];
  const opened = manifest && openManifest(keys, manifest.blob);
  const found = {
    rows: new Map(rows.map((row) => [rowKey(row), row])),
    closed,
    log: entries(of('log')),
    manifest: opened,
    newestSequence: newestFirst[0]?.sequence ?? 0,
  };
  return {
    ...found,
    rows: withoutDeleted(found),
    orphans: new Map(
      [...secrets].flatMap(([id, [newest]]) =>
        newest === undefined || metas.has(id) ? [] : [[rowKey({ table: 'record', id }), newest.blob] as const],
      ),
    ),
  };
}

/** The value that stood beside this description; else the newest there is, which is better than none. */
function secretFor(meta: CarvedBlob, secrets: readonly CarvedBlob[] = []): Uint8Array {
  const beside = secrets.find(({ sequence }) => sequence <= meta.sequence);
  return (beside ?? secrets[0])?.blob ?? noSecret;
}

/** A deleted row may lie somewhere still. Where the manifest proves which do not belong, those are left out. */
function withoutDeleted(found: ReadableRows): ReadonlyMap<string, ReadableRow> {
  const manifest = vouchingManifest(found);
  if (manifest === undefined || found.closed.length > 0) return found.rows;
  const all = new Map(found.rows);
  const rows = [...all.values()];
  const stated = Buffer.from(manifest.setHash).toString('latin1');
  const difference = rows.reduce((sum, { element }) => addElements(sum, element), stated);
  const surplus = changesThatSumTo(
    rows.map(({ element }) => element),
    difference,
  );
  for (const index of surplus ?? []) {
    const row = rows[index];
    if (row !== undefined) all.delete(rowKey(row));
  }
  return all;
}

function entries(logs: ReadonlyMap<string, readonly CarvedBlob[]>): Map<number, Uint8Array> {
  const found = [...logs].flatMap(([id, [newest]]) =>
    newest === undefined ? [] : [[Number(BigInt(`0x${id}`)), newest.blob] as const],
  );
  return new Map(found.sort(([left], [right]) => left - right));
}

function byRow(blobs: readonly CarvedBlob[]): Map<string, CarvedBlob[]> {
  const rows = new Map<string, CarvedBlob[]>();
  for (const blob of blobs) {
    const id = hex(blob.rowId);
    const known = rows.get(id);
    if (known === undefined) rows.set(id, [blob]);
    else known.push(blob);
  }
  return rows;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

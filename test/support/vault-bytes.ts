// What each byte of a locked vault's file means.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '../../shared/ids.ts';
import { operate } from './vault-surgery.ts';

/** `structure`: SQLite's own. `free`: within a page, between what points to its rows and the rows. */
export type Part = 'record' | 'log' | 'journal' | 'manifest' | 'header' | 'structure' | 'free';

export interface Meaning {
  readonly part: Part;
  /** Of a record or journal row. */
  readonly id?: Id;
}

export const pageBytes = 4096;

/** The file as one: nothing may stand in a write-ahead log. */
export function readMeanings(vaultDir: string): { readonly file: Buffer; readonly meanings: readonly Meaning[] } {
  const file = readFileSync(join(vaultDir, 'vault.rondo'));
  const meanings = Array.from<Meaning>({ length: file.length }).fill({ part: 'structure' });
  for (let page = 0; page < file.length; page += pageBytes) markFree(file, meanings, page);
  operate(vaultDir, (database) => {
    const mark = (part: Part, sql: string) => {
      for (const [blob, id] of database.prepare<[], [Buffer, unknown]>(sql).raw().all()) {
        const at = file.indexOf(blob);
        if (at < 0) throw new Error(`a row of ${part} does not stand in one piece`);
        meanings.fill({ part, ...(Buffer.isBuffer(id) ? { id: id.toString('hex') } : {}) }, at, at + blob.length);
      }
    };
    mark('record', 'SELECT meta, id FROM record UNION ALL SELECT secret, id FROM record');
    mark('log', 'SELECT entry, number FROM log');
    mark('journal', 'SELECT row, id FROM journal');
    mark('manifest', 'SELECT manifest, one FROM manifest');
    mark('header', 'SELECT header, one FROM header_a UNION ALL SELECT header, one FROM header_b');
  });
  return { file, meanings };
}

/** SQLite's file format: the head of a page counts its rows (offset 3) and says where the first one begins (offset 5). */
function markFree(file: Buffer, meanings: Meaning[], page: number): void {
  const head = page + (page === 0 ? 100 : 0);
  const isLeaf = file[head] === 10 || file[head] === 13;
  const pointersEnd = head + (isLeaf ? 8 : 12) + 2 * file.readUInt16BE(head + 3);
  const rowsBegin = page + (file.readUInt16BE(head + 5) || 65_536);
  if (isLeaf || file[head] === 2 || file[head] === 5) meanings.fill({ part: 'free' }, pointersEnd, rowsBegin);
}

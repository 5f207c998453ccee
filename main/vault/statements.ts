import type { Connection } from './database.ts';

/** What a hostile or damaged file may hold in place of a blob. */
export type Cell = unknown;

/** Every statement of an open vault, prepared once. Ids go in and come out as 16 bytes. */
export type Statements = ReturnType<typeof prepareStatements>;

const nonce = (column: string) => `substr(${column}, 27, 24)`;

interface Rows<Row> {
  all(...parameters: unknown[]): Row[];
  iterate(...parameters: unknown[]): IterableIterator<Row>;
}
interface One {
  get(...parameters: unknown[]): Cell;
}
interface Run {
  run(...parameters: unknown[]): unknown;
}

export function prepareStatements(connection: Connection) {
  const all = <Row extends readonly Cell[]>(sql: string): Rows<Row> => connection.prepare<unknown[], Row>(sql).raw();
  const one = (sql: string): One => connection.prepare<unknown[], Cell>(sql).pluck();
  const run = (sql: string): Run => connection.prepare<unknown[]>(sql);
  return {
    begin: run('BEGIN'),
    beginImmediate: run('BEGIN IMMEDIATE'),
    commit: run('COMMIT'),
    rollback: run('ROLLBACK'),
    dataVersion: one('PRAGMA data_version'),
    integrity: one('PRAGMA integrity_check(1)'),

    headerA: one('SELECT header FROM header_a'),
    headerB: one('SELECT header FROM header_b'),
    setHeaderA: run('INSERT INTO header_a VALUES (1, ?) ON CONFLICT DO UPDATE SET header = excluded.header'),
    setHeaderB: run('INSERT INTO header_b VALUES (1, ?) ON CONFLICT DO UPDATE SET header = excluded.header'),

    manifest: one('SELECT manifest FROM manifest'),
    setManifest: run('INSERT INTO manifest VALUES (1, ?) ON CONFLICT DO UPDATE SET manifest = excluded.manifest'),

    records: all<[Cell, Cell, Cell]>('SELECT id, meta, secret FROM record'),
    recordsUpwards: all<[Cell, Cell, Cell]>('SELECT id, meta, secret FROM record WHERE id >= ? AND id < ? ORDER BY id'),
    recordsDownwards: all<[Cell, Cell, Cell]>(
      'SELECT id, meta, secret FROM record WHERE id >= ? AND id < ? ORDER BY id DESC',
    ),
    recordStamps: all<[Cell, Cell, Cell]>(`SELECT id, ${nonce('meta')}, ${nonce('secret')} FROM record`),
    record: all<[Cell, Cell]>('SELECT meta, secret FROM record WHERE id = ?'),
    putRecord: run(
      'INSERT INTO record VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET meta = excluded.meta, secret = excluded.secret',
    ),
    removeRecord: run('DELETE FROM record WHERE id = ?'),

    journal: all<[Cell, Cell]>('SELECT id, row FROM journal'),
    putJournal: run('INSERT INTO journal VALUES (?, ?) ON CONFLICT DO UPDATE SET row = excluded.row'),
    removeJournal: run('DELETE FROM journal WHERE id = ?'),

    lastLogNumber: one('SELECT max(number) FROM log'),
    logEntry: one('SELECT entry FROM log WHERE number = ?'),
    logUpwards: all<[Cell, Cell]>('SELECT number, entry FROM log ORDER BY number'),
    logDownwards: all<[Cell, Cell]>('SELECT number, entry FROM log ORDER BY number DESC'),
    appendLog: run('INSERT INTO log VALUES (?, ?)'),
    removeLog: run('DELETE FROM log'),
  };
}

/** `work` in one read transaction: it sees one state, and holds nobody up afterwards. */
export function reading<T>(statements: Statements, work: () => T): T {
  statements.begin.run();
  try {
    const result = work();
    statements.commit.run();
    return result;
  } catch (error) {
    try {
      statements.rollback.run();
    } catch {
      // SQLite has ended the transaction itself; the first error says why.
    }
    throw error;
  }
}

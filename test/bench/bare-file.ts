import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** SQLite and the disk alone, without any of our code. */
export interface BareFile extends AsyncDisposable {
  /**
   * One durable write of a row as large as a rotation's, made and moved into the file as the vault does it: a commit with
   * `synchronous=FULL`, then `wal_checkpoint(TRUNCATE)`. Of 4 KiB pages it changes three; a rotation's lines change three
   * to twelve.
   */
  write(): void;
}

export async function openBareFile(): Promise<BareFile> {
  const folder = await mkdtemp(join(tmpdir(), 'rondo-bench-bare-'));
  const database = new Database(join(folder, 'bare.db'));
  for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'secure_delete=ON', 'cell_size_check=ON'])
    database.pragma(pragma);
  database.exec('CREATE TABLE journal (id BLOB PRIMARY KEY, row BLOB) WITHOUT ROWID; CREATE TABLE manifest (row BLOB)');
  const putRow = database.prepare('INSERT OR REPLACE INTO journal VALUES (?, ?)');
  const dropManifest = database.prepare('DELETE FROM manifest');
  const putManifest = database.prepare('INSERT INTO manifest VALUES (?)');
  let number = 0;
  const putBoth = database.transaction(() => {
    number += 1;
    // 2 KiB and 256 bytes of content, each with 66 bytes around it.
    putRow.run(Buffer.alloc(16, 1), Buffer.alloc(2_114, number));
    dropManifest.run();
    putManifest.run(Buffer.alloc(322, number));
  });
  return {
    write() {
      putBoth();
      database.pragma('wal_checkpoint(TRUNCATE)');
    },
    async [Symbol.asyncDispose]() {
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

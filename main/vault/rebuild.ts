// A new vault file out of rows that open: the last step of repair and of carving.
import { withCopyOpen } from './backup-file.ts';
import { checkpoint, createDatabase } from './database.ts';
import type { Keys } from './keys.ts';
import { sealManifest } from './manifest.ts';
import type { SessionWorld } from './open-session.ts';
import { idBytes } from './read-records.ts';
import type { ReadableRow } from './readable-rows.ts';
import type { SealedLog } from './repair-log.ts';
import { addElements, emptyElement } from './set-solver.ts';
import { prepareStatements } from './statements.ts';
import type { VaultTransaction } from './vault.ts';
import { vaultDamaged } from './vault-errors.ts';

export interface RebuildWorld extends Pick<SessionWorld, 'clock' | 'random'> {
  readonly keys: Keys;
}

export interface Rebuilt {
  readonly header: Uint8Array;
  readonly headerHash: Uint8Array;
  readonly rows: readonly ReadableRow[];
  readonly log: SealedLog;
  /** Greater than every one that was seen. */
  readonly sequence: number;
  /** Written in a second transaction: what was done. */
  readonly note: (transaction: VaultTransaction) => void;
}

/** Fills the empty file at `path`. Everything in it is opened and checked before this returns its sequence number. */
export function rebuild(world: RebuildWorld, path: string, rebuilt: Rebuilt): number {
  fill(world.keys, path, rebuilt);
  return withCopyOpen(world, path, (session) => {
    session.write(rebuilt.note);
    if (!session.verify().ok) throw vaultDamaged('rows');
    return session.sequence();
  });
}

function fill(keys: Keys, path: string, { header, headerHash, rows, log, sequence }: Rebuilt): void {
  const connection = createDatabase(path);
  try {
    const statements = prepareStatements(connection);
    statements.beginImmediate.run();
    statements.setHeaderA.run(header);
    statements.setHeaderB.run(header);
    let setHash = emptyElement;
    for (const { table, id, blobs, element } of rows) {
      const put = table === 'record' ? statements.putRecord : statements.putJournal;
      put.run(idBytes(id), ...blobs);
      setHash = addElements(setHash, element);
    }
    for (const [number, blob] of log.entries) statements.appendLog.run(number, blob);
    const recordCount = rows.filter(({ table }) => table === 'record').length;
    const manifest = {
      recordCount,
      journalCount: rows.length - recordCount,
      setHash: Buffer.from(setHash, 'latin1'),
      logCount: log.entries.length,
      logHead: log.head,
      headerHash,
    };
    statements.setManifest.run(sealManifest(keys, manifest, sequence));
    statements.commit.run();
    checkpoint(connection);
  } finally {
    connection.close();
  }
}

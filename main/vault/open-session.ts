import type { Id } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { readChain } from './audit-chain.ts';
import type { Draft } from './draft.ts';
import type { Keys } from './keys.ts';
import type { LiveFile } from './live-file.ts';
import { holdLock } from './lock-file.ts';
import { type Mark, withMark } from './mark.ts';
import { readLog } from './read-log.ts';
import { idBytes, readRecord } from './read-records.ts';
import { isSameRow, openSecret } from './sealed-rows.ts';
import { reading } from './statements.ts';
import type { VaultReader, VaultSession, VaultTransaction } from './vault.ts';
import { vaultDamaged } from './vault-errors.ts';
import type { VaultFilePaths } from './vault-paths.ts';
import { verifyVault } from './verify.ts';

export interface SessionWorld {
  /** Of a vault that has one beside it. */
  readonly mark?: Mark;
  /** @throws AppError locked, after lock */
  readonly live: () => { readonly file: LiveFile; readonly keys: Keys };
  readonly paths: VaultFilePaths;
  readonly clock: Clock;
  readonly random: Random;
  /** Told after each transaction of this process. It must not throw: the transaction is on disk already. */
  readonly written?: () => void;
}

/** What the rooms see of an unlocked vault. It holds no state: after lock every call is `locked`. */
export function openSession({ live, paths, clock, random, written, mark }: SessionWorld): VaultSession {
  const vaultId = Buffer.from(live().keys.identity.vaultId).toString('hex');
  const reader = createReader(() => live().file);
  const hold = (waitMs?: number) => live().file.guarded(() => holdLock(paths.lockPath, waitMs));
  let heldHere = 0;

  function isHeld(): boolean {
    try {
      hold(0)();
      return false;
    } catch (error) {
      // Where it cannot be held at all, nobody holds it.
      return error instanceof AppError && error.code === 'vault-busy';
    }
  }

  return {
    ...reader,
    vaultId,
    get damaged() {
      return live()
        .file.findings()
        .map(({ damage }) => damage);
    },
    write(change) {
      const result = live().file.write((draft) => change(createTransaction(reader, draft, clock)));
      written?.();
      return result;
    },
    withSecret(id, use) {
      const { file, keys } = live();
      const secret = file.guarded(() => readSecret(file, keys, id));
      if (secret === undefined) return undefined;
      try {
        const result = use(secret);
        if (result instanceof Promise) throw new Error('A lent secret is gone before a promise ends');
        return result;
      } finally {
        secret.fill(0);
      }
    },
    fingerprint: (value) => fingerprint(live().keys, value),
    newId: () => Buffer.from(random.bytes(16)).toString('hex'),
    async exclusively(work) {
      const release = hold();
      heldHere += 1;
      try {
        return await work();
      } finally {
        heldHere -= 1;
        release();
      }
    },
    sequence: () => live().file.current().sequence,
    isHeld,
    isHeldElsewhere: () => heldHere === 0 && isHeld(),
    verify() {
      const { file } = live();
      return file.guarded(() => {
        const fresh = file.reading();
        return reading(fresh.statements, () => withMark(verifyVault(fresh, paths.headerPath), mark?.finding()));
      });
    },
    log: () => chain(live()).entries,
    verifyLog() {
      const { entries, broken, hasEnd } = chain(live());
      const [brokenAt] = broken;
      const ok = hasEnd && brokenAt === undefined;
      return { ok, entries: entries.length, ...(brokenAt === undefined ? {} : { brokenAt }) };
    },
  };
}

function createReader(file: () => LiveFile): VaultReader {
  return {
    records: (kind) => file().current().index.ofKind(kind),
    record: (id) => file().current().index.record(id)?.record,
    journal() {
      const rows = file().current().index.journalRows();
      return new Map([...rows].map(({ id, row }) => [id, row] as const));
    },
  };
}

function createTransaction(reader: VaultReader, draft: Draft, clock: Clock): VaultTransaction {
  // A clock that was set back must not make what is newer look older.
  const nextRevision = (id: Id) => Math.max(clock.now(), (reader.record(id)?.revision ?? 0) + 1);
  return {
    ...reader,
    putRecord: (record, secret) => draft.putRecord({ revision: nextRevision(record.id), ...record }, secret),
    removeRecord: (id) => draft.removeRecord(id),
    putJournal: (id, row) => draft.putJournal(id, row),
    removeJournal: (id) => draft.removeJournal(id),
    appendLog: (entry) => draft.appendLog(entry),
  };
}

/** @throws AppError vault-damaged (rows) when what stands there is not what the vault last saw */
function readSecret(file: LiveFile, keys: Keys, id: Id): Uint8Array | undefined {
  const row = file.current().index.record(id);
  if (row === undefined) return undefined;
  const sealed = readRecord(file.open().statements, idBytes(id));
  if (sealed === undefined || !isSameRow(keys, sealed.rowId, sealed, row.element)) throw vaultDamaged('rows');
  const secret = openSecret(keys, sealed.rowId, sealed.secret);
  if (secret === undefined) throw vaultDamaged('rows');
  return secret.length === 0 ? undefined : secret;
}

function chain({ file, keys }: ReturnType<SessionWorld['live']>) {
  return file.guarded(() => {
    const { statements } = file.open();
    const { manifest } = file.current();
    return { ...readChain(keys, readLog(statements), manifest), hasEnd: manifest !== undefined };
  });
}

function fingerprint({ arena }: Keys, value: Uint8Array): string {
  try {
    arena.write(0, value);
    return Buffer.from(arena.hash('fingerprint', 0, value.length)).toString('hex');
  } finally {
    arena.clear(0, value.length);
  }
}

// A disk on which one operation fails, once: the n-th of a run. What operations there are is told by a run in which none
// fails, so that a new one is failed as well without anybody thinking of it.
import Database from 'better-sqlite3';
import { type DiskCall, intercept } from './intercept.ts';
import type { Opening } from './seen-opening.ts';

export const fileCodes = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EPERM'] as const;
/** What SQLite makes of the same. */
export const sqliteCodes = [
  'SQLITE_FULL',
  'SQLITE_IOERR_WRITE',
  'SQLITE_IOERR_FSYNC',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
] as const;

export interface Operation {
  readonly kind: DiskCall['kind'];
  /** Without what differs from run to run. */
  readonly name: string;
}

export interface Fault {
  /** Which operation of the run. */
  readonly at: number;
  readonly code: string;
  /** It is done, and reported as failed nevertheless. */
  readonly late?: boolean;
}

/** A failed close has closed all the same; what must be undone cannot be left half undone. */
const isAlwaysDone = (name: string) => /^close(Sync)?\b/.test(name);

/** Runs `work`, and tells which operations below `folderPath` it took. */
export async function onDisk<T>(
  { folderPath, opening, fault }: { folderPath: string; opening: Opening; fault?: Fault },
  work: () => T | Promise<T>,
): Promise<{ readonly operations: readonly Operation[]; readonly result: T | undefined; readonly error: unknown }> {
  const operations: Operation[] = [];
  const files = new Map<unknown, string>();

  function pathOf(call: DiskCall): string | undefined {
    const [first] = call.parameters;
    const path = call.kind === 'sqlite' ? call.connection?.name : typeof first === 'string' ? first : files.get(first);
    return path?.startsWith(folderPath) ? path : undefined;
  }

  function step(operation: Operation, run: () => unknown): unknown {
    const isHit = fault?.at === operations.push(operation) - 1;
    if (!isHit) return run();
    if (fault.late || isAlwaysDone(operation.name)) run();
    throw failure(operation.kind, fault.code);
  }

  const stop = intercept((call, run) => {
    const path = pathOf(call);
    if (path === undefined) return run();
    const place = call.kind === 'file' ? ` ${plain(path.slice(folderPath.length))}` : '';
    const result = step({ kind: call.kind, name: `${call.name}${place}` }, run);
    if (call.name === 'openSync') files.set(result, path);
    return result;
  });
  opening.around = (path, open) => {
    if (!path.startsWith(folderPath)) return open();
    const result = step({ kind: 'sqlite', name: `open ${plain(path.slice(folderPath.length))}` }, open);
    if (typeof result !== 'object' || result === null) throw new Error('this is no connection');
    return result;
  };
  try {
    return { operations, result: await work(), error: undefined };
  } catch (error) {
    return { operations, result: undefined, error };
  } finally {
    opening.around = undefined;
    stop();
  }
}

function plain(path: string): string {
  return path
    .replaceAll(/\.[0-9a-f]{12}\.new/g, '.*.new')
    .replaceAll(/\d{8}T\d{9}Z-[0-9a-f]{4}/g, '*')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z/g, '*')
    .replaceAll(/[0-9a-f]{32}(?=\.mark)/g, '*')
    .replaceAll(/(?<=before-migration-)[0-9a-f]{12}/g, '*');
}

function failure(kind: DiskCall['kind'], code: string): Error {
  if (kind === 'sqlite') return new Database.SqliteError('the disk failed', code);
  return Object.assign(new Error(`${code}: the disk failed`), { code });
}

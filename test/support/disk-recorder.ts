// Records what a process does to the files of a folder, in the order in which a disk may learn of it, and where it waits
// for the disk. File operations are seen themselves (open, write, fsync, rename, …). SQLite's are not: what a statement
// wrote is the difference in the files before and after it, and when SQLite syncs is derived from what it documents for
// write-ahead logs and from the `synchronous` of the very connection, read back before each statement:
//
//   the log's head is written, and synced (NORMAL, FULL); frames are written; at a commit they are synced (FULL only);
//   a checkpoint syncs the log (NORMAL, FULL), writes pages into the file, syncs it (NORMAL, FULL), and then cuts the log
//   off or removes it, without a sync. The first sync of a new log syncs its folder too.
//
// Held once against what strace shows on Linux, with SQLite 3.54: the same calls in the same order.
// Limits: which of several writes within one statement came first is not known beyond that order, and a block that one
// statement writes twice is seen once. Files of databases that have no log beside them are taken to be never synced by
// SQLite, which is worse than the truth. `-shm` and the lock file hold nothing that outlives the machine.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type Database from 'better-sqlite3';
import { type DiskCall, intercept } from './intercept.ts';

/** A file apart from its names. */
export interface Inode {
  readonly number: number;
}

export type DiskEvent =
  | { readonly kind: 'write'; readonly inode: Inode; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'resize'; readonly inode: Inode; readonly size: number }
  | { readonly kind: 'sync'; readonly inode: Inode }
  | { readonly kind: 'link'; readonly name: string; readonly inode: Inode }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'sync-folder' }
  /** From here on, so many transactions must be there whatever happens. */
  | { readonly kind: 'acknowledged'; readonly commits: number };

export interface DiskRecorder {
  readonly events: readonly DiskEvent[];
  /** What was committed so far was reported as saved. */
  acknowledge(): void;
  stop(): void;
}

interface Known {
  readonly inode: Inode;
  content: Buffer;
}

const transient = /(-shm|\.lock|-journal)$/;
const logHeadBytes = 32;

/** From now on. What is in the folder already counts as being on disk. */
export function recordDisk(
  folderPath: string,
  prepare: (connection: Database.Database) => void = () => {},
): DiskRecorder {
  const events: DiskEvent[] = [];
  const files = new Map<string, Known>();
  const newLogs = new Set<Inode>();
  const prepared = new WeakSet<Database.Database>();
  let inodeCount = 0;
  let commits = 0;
  let isWriting = false;

  const nameFor = (path: unknown) =>
    typeof path === 'string' && join(path, '..') === folderPath ? basename(path) : undefined;
  const contentOf = (name: string) => readFileSync(join(folderPath, name));
  const names = () => readdirSync(folderPath).filter((name) => !transient.test(name) && isFile(name));
  const isFile = (name: string) => lstatSync(join(folderPath, name)).isFile();

  function add(name: string): Known {
    const known = { inode: { number: inodeCount++ }, content: Buffer.alloc(0) };
    files.set(name, known);
    events.push({ kind: 'link', name, inode: known.inode });
    if (name.endsWith('-wal')) newLogs.add(known.inode);
    return known;
  }

  /** What changed in one file, piece by piece of 512 bytes at most where they differ. */
  function writes(known: Known, content: Buffer): DiskEvent[] {
    const { inode, content: before } = known;
    known.content = content;
    const found: DiskEvent[] = [];
    const sector = 512;
    for (let at = 0; at < content.length; at += sector) {
      const bytes = content.subarray(at, at + sector);
      if (Buffer.compare(bytes, before.subarray(at, at + sector)) !== 0)
        found.push({ kind: 'write', inode, at, bytes });
    }
    if (content.length < before.length) found.push({ kind: 'resize', inode, size: content.length });
    return found;
  }

  function sync({ inode }: Known): void {
    events.push({ kind: 'sync', inode });
    if (newLogs.delete(inode)) events.push({ kind: 'sync-folder' });
  }

  /** After a statement of SQLite. */
  function compareAll(synchronous: number, isCommit: boolean): void {
    const present = new Set(names());
    for (const name of present) {
      if (name.endsWith('-wal')) continue;
      const known = files.get(name) ?? add(name);
      const logName = `${name}-wal`;
      const log = files.get(logName) ?? (present.has(logName) ? add(logName) : undefined);
      const logContent = present.has(logName) ? contentOf(logName) : Buffer.alloc(0);
      const logBefore = log?.content ?? Buffer.alloc(0);
      if (log !== undefined && logContent.length > 0) writeLog(log, logContent, { synchronous, isCommit });
      const pages = writes(known, contentOf(name));
      if (pages.length > 0) {
        if (log !== undefined && synchronous >= 1) sync(log);
        events.push(...pages);
        if (log !== undefined && synchronous >= 1) sync(known);
      }
      if (log === undefined) continue;
      if (!present.has(logName)) {
        files.delete(logName);
        events.push({ kind: 'unlink', name: logName });
      } else if (logContent.length < logBefore.length) events.push(...writes(log, logContent));
    }
    for (const name of [...files.keys()].filter((name) => !present.has(name))) {
      files.delete(name);
      events.push({ kind: 'unlink', name });
    }
  }

  function writeLog(
    log: Known,
    content: Buffer,
    { synchronous, isCommit }: { synchronous: number; isCommit: boolean },
  ): void {
    const { inode } = log;
    const head = content.subarray(0, logHeadBytes);
    if (Buffer.compare(head, log.content.subarray(0, logHeadBytes)) !== 0) {
      events.push({ kind: 'write', inode, at: 0, bytes: head });
      log.content = Buffer.concat([head, log.content.subarray(logHeadBytes)]);
      if (synchronous >= 1) sync(log);
    }
    const frames = writes(log, content);
    events.push(...frames);
    if (frames.length > 0 && isCommit && synchronous >= 2) sync(log);
  }

  function aroundSqlite(call: DiskCall, run: () => unknown): unknown {
    const { connection, name } = call;
    if (connection === undefined || /^SELECT|^PRAGMA (data_version|integrity_check)/i.test(name)) return run();
    if (!connection.open || nameFor(connection.name) === undefined) return run();
    if (/^BEGIN/.test(name) && !prepared.has(connection)) {
      prepared.add(connection);
      prepare(connection);
    }
    const synchronous = Number(connection.pragma('synchronous', { simple: true }));
    if (name === 'BEGIN IMMEDIATE') isWriting = true;
    if (name === 'ROLLBACK') isWriting = false;
    const result = run();
    compareAll(synchronous, name === 'COMMIT');
    if (name === 'COMMIT' && isWriting) {
      commits++;
      isWriting = false;
    }
    return result;
  }

  const opened = new Map<unknown, string>();
  function aroundFile({ name: operation, parameters }: DiskCall, run: () => unknown): unknown {
    const result = run();
    const [first, second] = parameters;
    const name = nameFor(first) ?? opened.get(first);
    const to = nameFor(second);
    if (operation === 'openSync' && typeof first === 'string')
      opened.set(result, first === folderPath ? '.' : (name ?? ''));
    if (name === undefined || transient.test(name)) return result;
    const known = files.get(name);
    if (operation === 'fsyncSync' && name === '.') events.push({ kind: 'sync-folder' });
    else if (operation === 'fsyncSync' && known !== undefined) sync(known);
    else if (operation === 'renameSync' && to !== undefined && known !== undefined) {
      files.delete(name);
      files.set(to, known);
      events.push({ kind: 'rename', name, to });
    } else if (operation === 'linkSync' && to !== undefined && known !== undefined) {
      files.set(to, known);
      events.push({ kind: 'link', name: to, inode: known.inode });
    } else if (operation === 'rmSync' && files.delete(name)) events.push({ kind: 'unlink', name });
    else if (/^(writeSync|openSync)$/.test(operation)) noteContent(name);
    else if (operation === 'copyFileSync' && to !== undefined) noteContent(to);
    return result;
  }

  function noteContent(name: string): void {
    if (!names().includes(name)) return;
    events.push(...writes(files.get(name) ?? add(name), contentOf(name)));
  }

  for (const name of names()) noteContent(name);
  for (const { inode } of files.values()) events.push({ kind: 'sync', inode });
  events.push({ kind: 'sync-folder' });
  newLogs.clear();
  const stop = intercept((call, run) => (call.kind === 'file' ? aroundFile(call, run) : aroundSqlite(call, run)));
  return { events, acknowledge: () => events.push({ kind: 'acknowledged', commits }), stop };
}

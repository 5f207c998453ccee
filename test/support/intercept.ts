// Stands around every call that goes to the disk: Node's synchronous file operations, and better-sqlite3's. Nothing in the
// product knows of it, so what is seen here is what the product really does.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

export interface DiskCall {
  /** `renameSync`; or the SQL, `close` for a connection's end. */
  readonly name: string;
  readonly kind: 'file' | 'sqlite';
  /** A file operation's own. */
  readonly parameters: readonly unknown[];
  /** SQLite's. */
  readonly connection?: Database.Database;
}

export type Around = (call: DiskCall, run: () => unknown) => unknown;

type Method = (this: unknown, ...parameters: unknown[]) => unknown;

/** What `around` itself does, and what an operation is made of inside, is not handed to it. @returns how to end it */
export function intercept(around: Around): () => void {
  let isWithin = false;
  const outermost: Around = (call, run) => {
    if (isWithin) return run();
    isWithin = true;
    try {
      return around(call, run);
    } finally {
      isWithin = false;
    }
  };
  const ends = [...interceptFiles(outermost), ...interceptSqlite(outermost)];
  return () => {
    for (const end of ends.reverse()) end();
  };
}

/** Not existsSync: it answers false for whatever goes wrong, and better-sqlite3 asks it only whether a folder is there. */
function isOperation([name, value]: [string, unknown]): boolean {
  return name.endsWith('Sync') && name !== 'existsSync' && typeof value === 'function';
}

function interceptFiles(around: Around): (() => void)[] {
  const onFile =
    (name: string) =>
    (original: Method): Method =>
      function (...parameters) {
        return around({ name, kind: 'file', parameters }, () => original.apply(this, parameters));
      };
  const ends = Object.entries(fs)
    .filter(isOperation)
    .map(([name]) => replace(fs, name, onFile(name)));
  syncBuiltinESMExports();
  return [syncBuiltinESMExports, ...ends];
}

function interceptSqlite(around: Around): (() => void)[] {
  const database = new Database(':memory:');
  const statementMethods: object = Object.getPrototypeOf(database.prepare('SELECT 1'));
  database.close();
  const onStatement = (original: Method): Method =>
    function (...parameters) {
      const { source: name, database: connection } = asStatement(this);
      return around({ name, kind: 'sqlite', parameters: [], connection }, () => original.apply(this, parameters));
    };
  const onConnection =
    (nameFor: (parameters: readonly unknown[]) => string) =>
    (original: Method): Method =>
      function (...parameters) {
        const connection = asConnection(this);
        const name = nameFor(parameters);
        return around({ name, kind: 'sqlite', parameters: [], connection }, () => original.apply(this, parameters));
      };
  return [
    ...['run', 'get', 'all', 'iterate'].map((name) => replace(statementMethods, name, onStatement)),
    replace(
      Database.prototype,
      'exec',
      onConnection(([sql]) => String(sql)),
    ),
    replace(
      Database.prototype,
      'pragma',
      onConnection(([source]) => `PRAGMA ${String(source)}`),
    ),
    replace(
      Database.prototype,
      'close',
      onConnection(() => 'close'),
    ),
  ];
}

function replace(owner: object, name: string, make: (original: Method) => Method): () => void {
  const original: unknown = Reflect.get(owner, name);
  if (!isMethod(original)) throw new Error(`there is no ${name} to stand around`);
  Reflect.set(owner, name, make(original));
  return () => Reflect.set(owner, name, original);
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}

function asStatement(value: unknown): Database.Statement {
  if (typeof value === 'object' && value !== null && isStatement(value)) return value;
  throw new Error('this is no statement');
}

function isStatement(value: object): value is Database.Statement {
  return typeof Reflect.get(value, 'source') === 'string' && Reflect.get(value, 'database') instanceof Database;
}

function asConnection(value: unknown): Database.Database {
  if (value instanceof Database) return value;
  throw new Error('this is no connection');
}

// Whoever can write the file moves rows: every pair swapped, every row brought back from each earlier moment, removed, or
// duplicated. Always noticed, and what was not touched can still be read.

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Id } from '../../shared/ids.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { quickVault, rememberingDeriveKey } from '../support/quick-vault.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from '../support/temporary-vault.ts';
import { discard, examine, operate } from '../support/vault-surgery.ts';

const recordCount = 5;
const moments = 3;
const indexes = [...Array(recordCount).keys()];
const idOf = (index: number): Id => (index + 10).toString(16).padStart(2, '0').repeat(16);
const blobOf = (id: Id) => Buffer.from(id, 'hex');

interface RecordCells {
  readonly meta: Buffer;
  readonly secret: Buffer;
}
interface Moment {
  readonly records: ReadonlyMap<Id, RecordCells>;
  readonly journal: ReadonlyMap<Id, Buffer>;
}

const deriveKey = rememberingDeriveKey();
let folder: TemporaryFolder;
/** The vault's rows after each of its transactions; the last is as it is now. */
const history: Moment[] = [];
const expected = new Map(
  indexes.map((index) => [idOf(index), { label: `${index}`, value: `value ${index} ${moments}` }]),
);

beforeAll(async () => {
  folder = temporaryFolder(quickRoot());
  const vaultDir = join(folder.path, 'original');
  const vault = vaultIn(vaultDir);
  await vault.create(passwordBytes());
  const session = await vault.unlock(passwordBytes());
  for (let moment = 1; moment <= moments; moment++) {
    session.write((transaction) => {
      for (const index of indexes) {
        const value = new TextEncoder().encode(`value ${index} ${moment}`);
        transaction.putRecord({ id: idOf(index), kind: 'token', meta: { label: `${index}` } }, value);
        if (index < 2) transaction.putJournal(idOf(index), { moment });
      }
    });
    operate(vaultDir, (database) => history.push(momentOf(database)));
  }
  vault.lock();
});
afterAll(() => folder.dispose());

function momentOf(database: Database.Database): Moment {
  const records = database.prepare<[], [Buffer, Buffer, Buffer]>('SELECT id, meta, secret FROM record').raw().all();
  const journal = database.prepare<[], [Buffer, Buffer]>('SELECT id, row FROM journal').raw().all();
  return {
    records: new Map(records.map(([id, meta, secret]) => [id.toString('hex'), { meta, secret }])),
    journal: new Map(journal.map(([id, row]) => [id.toString('hex'), row])),
  };
}

function at<T>(rows: ReadonlyMap<Id, T> | undefined, id: Id): T {
  const row = rows?.get(id);
  if (row === undefined) throw new Error(`there is no row ${id}`);
  return row;
}
const now = () => history.at(-1);

async function attackedBy(attack: (database: Database.Database) => void) {
  const vaultDir = join(folder.path, 'attacked');
  cpSync(join(folder.path, 'original'), vaultDir, { recursive: true });
  try {
    operate(vaultDir, attack);
    const examined = await examine(vaultDir, expected, quickVault(vaultDir, deriveKey));
    expect(examined.opened).toBe(true);
    expect(examined.verified).toBe('vault-damaged');
    return examined;
  } finally {
    discard(vaultDir);
  }
}

/** All but these came back right, and nothing wrong came back that is not one of these. */
function expectRightBut(lost: readonly Id[], { right, wrong }: Awaited<ReturnType<typeof attackedBy>>): void {
  expect(indexes.map(idOf).filter((id) => !right.has(id))).toEqual([...lost].sort());
  for (const text of wrong)
    expect(
      lost.some((id) => text.includes(id)),
      text,
    ).toBe(true);
}

test('nothing is noticed where nothing was done', async () => {
  const vaultDir = join(folder.path, 'original');
  const examined = await examine(vaultDir, expected, quickVault(vaultDir, deriveKey));
  expect(examined).toMatchObject({ outcome: 'done', verified: 'done', damaged: [], wrong: [] });
  expect(examined.right.size).toBe(recordCount);
});

const pairs = indexes.flatMap((first) => indexes.slice(first + 1).map((second) => [first, second] as const));
const parts: readonly { readonly columns: readonly (keyof RecordCells)[] }[] = [
  { columns: ['meta'] },
  { columns: ['secret'] },
  { columns: ['meta', 'secret'] },
];

describe.each(parts)('$columns', ({ columns }) => {
  function put(database: Database.Database, id: Id, cells: RecordCells): void {
    for (const column of columns) {
      database.prepare(`UPDATE record SET ${column} = ? WHERE id = ?`).run(cells[column], blobOf(id));
    }
  }

  test.each(pairs)('of records %i and %i swapped', async (left, right) => {
    const [first, second] = [idOf(left), idOf(right)];
    const examined = await attackedBy((database) => {
      put(database, first, at(now()?.records, second));
      put(database, second, at(now()?.records, first));
    });
    expect(examined).toMatchObject({ outcome: 'vault-damaged rows', wrong: [] });
    expectRightBut([first, second], examined);
    expect(examined.damaged.map((text) => text.split(':')[0]).sort()).toEqual([`record ${first}`, `record ${second}`]);
  });

  test.each(indexes)('of record %i from each earlier moment', async (index) => {
    const id = idOf(index);
    for (const moment of history.slice(0, -1)) {
      const examined = await attackedBy((database) => put(database, id, at(moment.records, id)));
      expect(examined.outcome).toBe('vault-damaged manifest');
      expect(examined.damaged).toEqual(['manifest manifest: entries are older than they should be']);
      // The meta part is the same text in every moment: only where the value is older does an older one come back.
      expectRightBut(columns.some((column) => column === 'secret') ? [id] : [], examined);
    }
  });
});

describe.each(indexes)('record %i', (index) => {
  const id = idOf(index);

  test('removed', async () => {
    const examined = await attackedBy((database) =>
      database.prepare('DELETE FROM record WHERE id = ?').run(blobOf(id)),
    );
    expect(examined).toMatchObject({ outcome: 'vault-damaged manifest', wrong: [] });
    expect(examined.damaged).toEqual(['manifest manifest: entries missing: 1']);
    expectRightBut([id], examined);
  });

  test('duplicated under another id, and under the id of one that was removed', async () => {
    for (const other of [idOf(90), ...indexes.map(idOf).filter((known) => known !== id)]) {
      const examined = await attackedBy((database) => {
        const { meta, secret } = at(now()?.records, id);
        database.prepare('INSERT OR REPLACE INTO record VALUES (?, ?, ?)').run(blobOf(other), meta, secret);
      });
      expect(examined).toMatchObject({ wrong: [], outcome: expect.stringMatching(/^vault-damaged (rows|manifest)$/) });
      expect(examined.damaged).toContain(`record ${other}: does not open`);
      expectRightBut(other === idOf(90) ? [] : [other], examined);
    }
  });
});

describe('the journal', () => {
  const [first, second] = [idOf(0), idOf(1)];
  const put = (database: Database.Database, id: Id, row: Buffer) =>
    database.prepare('INSERT OR REPLACE INTO journal VALUES (?, ?)').run(blobOf(id), row);

  test('with two rows swapped', async () => {
    const examined = await attackedBy((database) => {
      put(database, first, at(now()?.journal, second));
      put(database, second, at(now()?.journal, first));
    });
    expect(examined).toMatchObject({ outcome: 'vault-damaged rows', wrong: [] });
    expectRightBut([], examined);
  });

  test.each([first, second])('with row %s from each earlier moment', async (id) => {
    for (const moment of history.slice(0, -1)) {
      const examined = await attackedBy((database) => put(database, id, at(moment.journal, id)));
      expect(examined).toMatchObject({ outcome: 'vault-damaged manifest', wrong: [] });
      expectRightBut([], examined);
    }
  });

  test.each([first, second])('without row %s', async (id) => {
    const examined = await attackedBy((database) =>
      database.prepare('DELETE FROM journal WHERE id = ?').run(blobOf(id)),
    );
    expect(examined).toMatchObject({ outcome: 'vault-damaged manifest', wrong: [] });
    expectRightBut([], examined);
  });

  test('with a row duplicated under another id', async () => {
    const examined = await attackedBy((database) => put(database, idOf(90), at(now()?.journal, first)));
    expect(examined).toMatchObject({ outcome: expect.stringMatching(/^vault-damaged (rows|manifest)$/), wrong: [] });
    expectRightBut([], examined);
  });
});

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Id } from '../../shared/ids.ts';
import { passwordBytes, vaultIn } from '../support/temporary-vault.ts';
import { examine, operate, outcomeOf, type Patient, patient } from '../support/vault-surgery.ts';

let vault: Patient;
let other: Patient;
beforeAll(async () => {
  [vault, other] = [await patient(6), await patient(6)];
});
afterAll(() => {
  vault.dispose();
  other.dispose();
});

interface Row {
  readonly id: Buffer;
  readonly meta: Buffer;
  readonly secret: Buffer;
}
const rowsOf = (database: Database.Database) => database.prepare('SELECT * FROM record ORDER BY id').all() as Row[];
const pick = (rows: readonly Row[], index: number): Row => {
  const row = rows[index];
  if (row === undefined) throw new Error(`there is no row ${index}`);
  return row;
};
const hex = (row: Row): Id => row.id.toString('hex');

/** Six records; `lost` of them must not come back, the others must. */
async function attacked(attack: (database: Database.Database, rows: readonly Row[]) => void) {
  const vaultDir = vault.copy();
  operate(vaultDir, (database) => attack(database, rowsOf(database)));
  const examined = await examine(vaultDir, vault.records);
  expect(examined.wrong).toEqual([]);
  return { ...examined, right: examined.right.size };
}

describe('a record that is tampered with loses only itself', () => {
  test('one byte of its meta', async () => {
    const result = await attacked((database, rows) => {
      const { id, meta } = pick(rows, 2);
      meta[100] = (meta[100] ?? 0) ^ 4;
      database.prepare('UPDATE record SET meta = ? WHERE id = ?').run(meta, id);
    });
    expect(result).toMatchObject({ opened: true, right: 5, outcome: 'vault-damaged rows' });
    expect(result.damaged).toEqual([expect.stringMatching(/^record [0-9a-f]{32}: does not open$/)]);
  });

  test('one byte of its value', async () => {
    const result = await attacked((database, rows) => {
      const { id, secret } = pick(rows, 2);
      secret[100] = (secret[100] ?? 0) ^ 4;
      database.prepare('UPDATE record SET secret = ? WHERE id = ?').run(secret, id);
    });
    expect(result).toMatchObject({ opened: true, right: 5, outcome: 'vault-damaged rows' });
    expect(result.damaged).toEqual([expect.stringMatching(/^record [0-9a-f]{32}: its value does not open$/)]);
  });

  test('replaced by text, or by nothing', async () => {
    for (const content of ['text', Buffer.alloc(0), Buffer.alloc(3_000_000)]) {
      const result = await attacked((database, rows) => {
        database.prepare('UPDATE record SET meta = ? WHERE id = ?').run(content, pick(rows, 0).id);
      });
      expect(result).toMatchObject({ opened: true, right: 5, outcome: 'vault-damaged rows' });
    }
  });

  test('beside one whose value is damaged: both are named', async () => {
    const result = await attacked((database, rows) => {
      database.prepare('UPDATE record SET meta = ? WHERE id = ?').run(Buffer.alloc(200), pick(rows, 0).id);
      database.prepare('UPDATE record SET secret = ? WHERE id = ?').run(Buffer.alloc(200), pick(rows, 1).id);
    });
    expect(result).toMatchObject({ right: 4, outcome: 'vault-damaged rows' });
    expect(result.damaged).toHaveLength(2);
  });

  test('two records swapped', async () => {
    const result = await attacked((database, rows) => {
      const [first, second] = [pick(rows, 0), pick(rows, 1)];
      const put = database.prepare('UPDATE record SET meta = ?, secret = ? WHERE id = ?');
      put.run(second.meta, second.secret, first.id);
      put.run(first.meta, first.secret, second.id);
    });
    expect(result).toMatchObject({ right: 4, outcome: 'vault-damaged rows' });
  });

  test('two values swapped', async () => {
    const result = await attacked((database, rows) => {
      const [first, second] = [pick(rows, 0), pick(rows, 1)];
      const put = database.prepare('UPDATE record SET secret = ? WHERE id = ?');
      put.run(second.secret, first.id);
      put.run(first.secret, second.id);
    });
    expect(result).toMatchObject({ right: 4, outcome: 'vault-damaged rows' });
  });

  test('duplicated under another id', async () => {
    const result = await attacked((database, rows) => {
      const { meta, secret } = pick(rows, 0);
      database.prepare('INSERT INTO record VALUES (?, ?, ?)').run(Buffer.alloc(16, 7), meta, secret);
    });
    expect(result).toMatchObject({ right: 6, outcome: expect.stringMatching(/^vault-damaged (rows|manifest)$/) });
  });

  test("another vault's record, with the same password", async () => {
    let stranger: Row | undefined;
    operate(other.copy(), (database) => {
      stranger = pick(rowsOf(database), 0);
    });
    const result = await attacked((database) => {
      database.prepare('INSERT INTO record VALUES (?, ?, ?)').run(stranger?.id, stranger?.meta, stranger?.secret);
    });
    expect(result).toMatchObject({ right: 6, opened: true });
    expect(result.outcome).toMatch(/^vault-damaged/);
  });
});

describe('what the manifest says', () => {
  test('a removed record', async () => {
    const result = await attacked((database, rows) =>
      database.prepare('DELETE FROM record WHERE id = ?').run(pick(rows, 3).id),
    );
    expect(result).toMatchObject({ right: 5, outcome: 'vault-damaged manifest' });
    expect(result.damaged).toEqual(['manifest manifest: entries missing: 1']);
  });

  test('a removed record beside a damaged one', async () => {
    const result = await attacked((database, rows) => {
      database.prepare('DELETE FROM record WHERE id = ?').run(pick(rows, 3).id);
      database.prepare('UPDATE record SET meta = ? WHERE id = ?').run(Buffer.alloc(200), pick(rows, 4).id);
    });
    expect(result).toMatchObject({ right: 4, outcome: 'vault-damaged manifest' });
    expect(result.damaged).toHaveLength(2);
  });

  test('a removed journal row', async () => {
    const result = await attacked((database) => database.exec('DELETE FROM journal'));
    expect(result).toMatchObject({ right: 6, outcome: 'vault-damaged manifest' });
  });

  test('log entries that were cut off', async () => {
    const result = await attacked((database) => database.exec('DELETE FROM log WHERE number > 4'));
    expect(result).toMatchObject({ right: 6, outcome: 'vault-damaged manifest' });
    expect(result.damaged).toEqual(['log log 6: the newest entries are missing']);
  });

  test('a manifest that does not open, or is gone', async () => {
    for (const sql of ['UPDATE manifest SET manifest = zeroblob(322)', 'DELETE FROM manifest']) {
      const result = await attacked((database) => database.exec(sql));
      expect(result).toMatchObject({ opened: true, right: 6, outcome: 'vault-damaged manifest' });
      expect(result.damaged).toEqual(['manifest manifest: does not open']);
    }
  });
});

describe('what was there before comes back', () => {
  /** A vault at two moments: before and after its first record got a new value. */
  async function twoMoments(withLog = true) {
    const olderDir = vault.copy();
    const newerDir = vault.copy();
    const opened = vaultIn(newerDir);
    const session = await opened.unlock(passwordBytes());
    const [id = ''] = vault.records.keys();
    session.write((transaction) => {
      transaction.putRecord({ id, kind: 'token', meta: { label: 'label 0' } }, new TextEncoder().encode('newer'));
      if (withLog)
        transaction.appendLog({ at: '2026-11-24T00:00:00.000Z', actor: 'test', action: 'label 1', outcome: 'ok' });
    });
    opened.lock();
    const records = new Map([...vault.records, [id, { label: 'label 0', value: 'newer' }] as const]);
    return { olderDir, newerDir, id, records };
  }

  function read<T>(vaultDir: string, sql: string, ...parameters: unknown[]): T {
    let result: unknown;
    operate(vaultDir, (database) => {
      result = database.prepare(sql).get(...parameters);
    });
    return result as T;
  }

  test('one record', async () => {
    const { olderDir, newerDir, id, records } = await twoMoments();
    const old = read<Row>(olderDir, 'SELECT * FROM record WHERE id = ?', Buffer.from(id, 'hex'));
    operate(newerDir, (database) => {
      database.prepare('UPDATE record SET meta = ?, secret = ? WHERE id = ?').run(old.meta, old.secret, old.id);
    });
    const result = await examine(newerDir, records);
    expect(result).toMatchObject({ opened: true, outcome: 'vault-damaged manifest' });
    expect(result.damaged).toEqual(['manifest manifest: entries are older than they should be']);
  });

  test.each([true, false])('the manifest; with a new log entry: %s', async (withLog) => {
    const { olderDir, newerDir, records } = await twoMoments(withLog);
    const { manifest } = read<{ manifest: Buffer }>(olderDir, 'SELECT manifest FROM manifest');
    operate(newerDir, (database) => database.prepare('UPDATE manifest SET manifest = ?').run(manifest));
    const result = await examine(newerDir, records);
    expect(result).toMatchObject({ opened: true, outcome: 'vault-damaged rolled-back', wrong: [] });
    expect(result.right.size).toBe(6);
  });

  test('the whole file, while the vault is open', async () => {
    const { olderDir, newerDir, id } = await twoMoments();
    const opened = vaultIn(newerDir);
    const session = await opened.unlock(passwordBytes());
    const readValue = () => session.withSecret(id, (bytes) => new TextDecoder().decode(bytes));
    expect(readValue()).toBe('newer');
    operate(newerDir, (database) => {
      database.exec(`ATTACH '${join(olderDir, 'vault.rondo')}' AS older`);
      for (const table of ['record', 'journal', 'manifest', 'log']) {
        database.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM older.${table}`);
      }
    });
    expect(outcomeOf(readValue)).toBe('vault-damaged rows');
    expect(outcomeOf(() => session.write((transaction) => transaction.removeRecord(id)))).toBe(
      'vault-damaged rolled-back',
    );
    expect(session.damaged).toEqual([{ id: 'manifest', kind: 'manifest', reason: 'was replaced by an older one' }]);
    opened.lock();
  });
});

test('a value that is replaced while the vault is open is neither lent nor vouched for', async () => {
  const vaultDir = vault.copy();
  const opened = vaultIn(vaultDir);
  const session = await opened.unlock(passwordBytes());
  const [first = '', second = ''] = vault.records.keys();
  operate(vaultDir, (database) => {
    const { secret } = database
      .prepare('SELECT secret FROM record WHERE id = ?')
      .get(Buffer.from(second, 'hex')) as Row;
    database.prepare('UPDATE record SET secret = ? WHERE id = ?').run(secret, Buffer.from(first, 'hex'));
  });
  expect(outcomeOf(() => session.withSecret(first, () => 0))).toBe('vault-damaged rows');
  const rename = () =>
    session.write((transaction) => transaction.putRecord({ id: first, kind: 'token', meta: {} }, 'same'));
  expect(outcomeOf(rename)).toBe('vault-damaged rows');
  expect(session.record(first)?.meta, 'a failed write leaves what is shown as it was').toEqual({ label: 'label 0' });
  opened.lock();
});

test('nothing that is damaged is deleted or changed by opening, and verify lists it', async () => {
  const vaultDir = vault.copy();
  let damagedId = '';
  operate(vaultDir, (database) => {
    damagedId = hex(pick(rowsOf(database), 1));
    database.prepare('UPDATE record SET meta = ? WHERE id = ?').run(Buffer.alloc(200, 9), pick(rowsOf(database), 1).id);
    database.prepare('UPDATE log SET entry = ? WHERE number = 3').run(Buffer.alloc(578));
  });
  await examine(vaultDir, vault.records);
  const opened = vaultIn(vaultDir);
  const session = await opened.unlock(passwordBytes());
  expect(session.verifyLog()).toEqual({ ok: false, entries: 5, brokenAt: 3 });
  expect(session.verify()).toMatchObject({ ok: false, records: 5 });
  expect(session.verify().damaged).toEqual([
    { id: damagedId, kind: 'record', reason: 'does not open' },
    { id: 'log 3', kind: 'log', reason: 'is missing, changed or out of order' },
  ]);
  opened.lock();
  operate(vaultDir, (database) => expect(pick(rowsOf(database), 1).meta).toEqual(Buffer.alloc(200, 9)));
});

test('a trigger or table that somebody added is not run: the file counts as damaged', async () => {
  const vaultDir = vault.copy();
  operate(vaultDir, (database) => {
    database.exec('CREATE TRIGGER spy AFTER UPDATE ON manifest BEGIN DELETE FROM log; END');
  });
  expect(await examine(vaultDir, vault.records)).toMatchObject({ opened: false, outcome: 'vault-damaged sqlite' });
});

test('the whole folder restored from an older copy opens: only a mark outside of it could tell', async () => {
  const vaultDir = vault.copy();
  copyFileSync(join(vault.copy(), 'vault.rondo'), join(vaultDir, 'vault.rondo'));
  expect(await examine(vaultDir, vault.records)).toMatchObject({ opened: true, outcome: 'done', damaged: [] });
});

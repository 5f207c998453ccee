// What docs/vault-format.md says is enough to read a vault: a program in another language, over another binding of
// libsodium and another SQLite, which shares nothing with Rondo, reads what Rondo wrote, all of it, and notices damage.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../build/bundle.mjs';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk, password } from '../support/core-pieces.ts';
import { notTried } from '../support/not-tried.ts';
import { pythonWithNacl } from '../support/python-with-nacl.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from '../support/temporary-vault.ts';
import { kinds } from '../support/transfer-vault.ts';
import { operate } from '../support/vault-surgery.ts';

const python = pythonWithNacl();
if (typeof python === 'string') describe('the reader in Python', () => readsAll(python));
else notTried('the reader in Python', python);

function readsAll(python: string): void {
  let connected: ConnectedCore;
  let folder: TemporaryFolder;
  beforeAll(async () => {
    connected = await connectedCore();
    folder = temporaryFolder();
    const { client } = connected;
    const make = async (label: string, keep: boolean) => {
      const order = { project: 'gh/tidewater/web', scope: 'status', label, keep } as const;
      return expectOk(await client('token.create-project', order)).token;
    };
    await make('held until taken: ключ 🔑', false);
    await connected.rotate(await make('rotated', true), { keep: true });
    // Waits for its value to be taken: a row of the journal.
    await connected.rotate(await make('rotation under way', false), { retire: 'taken' });
    expectOk(await client('token.edit', { id: (await make('long', true)).id, note: 'long '.repeat(3_000) }));
    const { recoveryCode } = expectOk(await client('vault.make-recovery-code', { password: password() }));
    writeFileSync(pathOf('code'), Buffer.from(recoveryCode).toString().toLowerCase());
    writeFileSync(pathOf('password'), `${Buffer.from(password()).toString()}\r\nsomething else`);
    writeFileSync(pathOf('wrong'), 'wrong');
    const exported = { path: pathOf('export'), exportPassword: Buffer.from('für unterwegs') };
    expectOk(await client('transfer.export', exported));
    expectOk(await client('transfer.export-plain', { path: pathOf('plain'), confirm: 'PLAIN' }));
    writeFileSync(pathOf('export-password'), 'fu\u0308r unterwegs\n');
    expectOk(await client('vault.lock', {}));
  });
  afterAll(async () => {
    await connected[Symbol.asyncDispose]();
    folder.dispose();
  });
  const pathOf = (name: string) => join(folder.path, name);
  const read = (...arguments_: readonly string[]) => {
    const script = join(root, 'test/vectors/read_vault.py');
    const options = {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    } as const;
    const { status, stdout, stderr } = spawnSync(python, [script, ...arguments_], options);
    return { status, stderr, document: status === 0 ? JSON.parse(stdout) : undefined };
  };
  const byPassword = ['--password-file', 'password'] as const;
  const readVault = (vaultDir: string, [option, name]: readonly [string, string] = byPassword) =>
    read('vault', vaultDir, option, pathOf(name), '--values');

  test('reads a vault by its password, to the last byte, and leaves the folder as it is', async () => {
    const before = readdirSync(connected.vaultDir).sort();
    const { document, stderr } = readVault(connected.vaultDir);
    expect(stderr).toBe('');
    expect(readdirSync(connected.vaultDir).sort()).toEqual(before);
    const vault = vaultIn(connected.vaultDir);
    const session = await vault.unlock(passwordBytes());
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
    const records = kinds
      .flatMap((kind) => session.records(kind))
      .map((record) => ({ ...record, value: session.withSecret(record.id, text) }))
      .map(({ value, ...record }) => (value === undefined ? record : { ...record, value }))
      .toSorted((left, right) => (left.id < right.id ? -1 : 1));
    expect(records.length).toBeGreaterThan(20);
    const journal = [...session.journal()].map(([id, row]) => ({ id, row }));
    expect(journal).toHaveLength(1);
    expect(document).toEqual({
      ...{ vaultId: session.vaultId, epoch: 1, sequence: session.sequence() },
      ...{ records, journal, log: session.log() },
      mark: { highest: session.sequence(), latest: session.sequence() },
    });
    vault.lock();
  });

  test('reads it by the recovery code, and a backup of it as well', () => {
    const { document } = readVault(connected.vaultDir);
    expect(readVault(connected.vaultDir, ['--recovery-code-file', 'code']).document).toEqual(document);
    cpSync(join(connected.vaultDir, 'vault.rondo'), pathOf('a copy.rondo'));
    const { mark: _, ...withoutMark } = document;
    expect(readVault(pathOf('a copy.rondo')).document).toEqual(withoutMark);
    // Without being asked for it, it prints no value.
    const shown = read('vault', connected.vaultDir, '--password-file', pathOf('password')).document;
    expect(shown.records.filter(({ hasValue }: { hasValue: boolean }) => hasValue).length).toBeGreaterThan(3);
    expect(JSON.stringify(shown)).not.toContain('"value"');
  });

  test('reads an export as the plain one says it', () => {
    const { document, stderr } = read(
      'export',
      pathOf('export'),
      '--password-file',
      pathOf('export-password'),
      '--values',
    );
    expect(stderr).toBe('');
    const { format, version, warning, ...plain } = JSON.parse(readFileSync(pathOf('plain'), 'utf8'));
    expect(document).toEqual(plain);
  });

  test('says what is wrong instead of printing something', () => {
    expect(readVault(connected.vaultDir, ['--password-file', 'wrong']).stderr).toContain('the password is wrong');
    const damagedBy = (name: string, change: (database: Database.Database) => void) => {
      cpSync(connected.vaultDir, pathOf(name), { recursive: true });
      operate(pathOf(name), change);
      const { status, stderr } = readVault(pathOf(name));
      expect(status, name).toBe(1);
      return stderr;
    };
    cpSync(connected.vaultDir, pathOf('mark'), { recursive: true });
    const mark = readFileSync(join(pathOf('mark'), 'vault.rondo.mark'));
    mark[60] = (mark[60] ?? 0) ^ 1;
    writeFileSync(join(pathOf('mark'), 'vault.rondo.mark'), mark);
    expect(readVault(pathOf('mark')).stderr).toContain('mark 00000000000000000000000000000000 does not open');
    const sql = (text: string) => (database: Database.Database) => void database.exec(text);
    const flip = (database: Database.Database) => {
      const [id, meta] =
        database.prepare<[], [Buffer, Buffer]>('SELECT id, meta FROM record LIMIT 1').raw().get() ?? [];
      if (meta === undefined) throw new Error('there is no record');
      meta[60] = (meta[60] ?? 0) ^ 1;
      database.prepare('UPDATE record SET meta = ? WHERE id = ?').run(meta, id);
    };
    expect(damagedBy('missing', sql('DELETE FROM record WHERE id = (SELECT max(id) FROM record)'))).toContain(
      'missing',
    );
    expect(damagedBy('swapped', sql('UPDATE record SET secret = (SELECT secret FROM record LIMIT 1)'))).toContain(
      'place',
    );
    expect(damagedBy('changed', flip)).toContain('does not open');
    expect(damagedBy('log', sql('DELETE FROM log WHERE number = (SELECT max(number) FROM log)'))).toContain('log');
    const whole = readFileSync(pathOf('export'));
    const flipped = Buffer.from(whole);
    flipped[200] = (flipped[200] ?? 0) ^ 1;
    writeFileSync(pathOf('flipped'), flipped);
    writeFileSync(pathOf('cut'), whole.subarray(0, -1));
    const problem = (name: string) => read('export', pathOf(name), '--password-file', pathOf('export-password')).stderr;
    expect(problem('flipped')).toContain('piece 1 of the export was changed');
    expect(problem('cut')).toContain('cut short');
  });
}

// A file that SQLite does not read any more, or only in part: cut off, with pages of zeros, with pages of noise.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../main/platform/random.ts';
import { type CarveWanted, carveVault } from '../../main/vault/carve.ts';
import { createDeriveKey, type DeriveKey } from '../../main/vault/derive-key.ts';
import type { VaultSession } from '../../main/vault/vault.ts';
import { vaultPaths } from '../../main/vault/vault-paths.ts';
import { createWitness } from '../../main/vault/witness.ts';
import type { Id } from '../../shared/ids.ts';
import { notes } from '../support/damaged-vault.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quickVault, rememberingDeriveKey } from '../support/quick-vault.ts';
import {
  deriveKeyWorkerUrl,
  passwordBytes,
  type TemporaryFolder,
  temporaryFolder,
  vaultIn,
} from '../support/temporary-vault.ts';
import { operate, outcomeOf } from '../support/vault-surgery.ts';

const pageBytes = 4096;
let folder: TemporaryFolder;
let originalDir: string;
let original: Buffer;
let deriveKey: DeriveKey;
/** What is in the vault, and the sealed bytes of it. */
let expected: ReadonlyMap<Id, { readonly content: string; readonly blobs: readonly Buffer[] }>;
let deleted: Id;

const contentOf = (session: VaultSession, id: Id) =>
  JSON.stringify([session.record(id)?.meta, session.withSecret(id, (secret) => new TextDecoder().decode(secret))]);

/** Lengths on both sides of where SQLite lets a row go on in overflow pages, and over several of them. */
const lengths = [10, 100, 300, 700, 1500, 3000, 9000, 50, 60, 70];

beforeAll(async () => {
  folder = temporaryFolder();
  originalDir = join(folder.path, 'original');
  deriveKey = rememberingDeriveKey();
  const vault = vaultIn(originalDir);
  await vault.create(passwordBytes());
  const session = await vault.unlock(passwordBytes());
  const put = (id: Id, length: number, value: string) =>
    session.write((transaction) => {
      transaction.putRecord({ id, kind: 'note', meta: { text: 'x'.repeat(length) } }, new TextEncoder().encode(value));
      transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'test', action: `put ${length}`, outcome: 'ok' });
    });
  const ids = lengths.map((length, index) => {
    const id = session.newId();
    put(id, length, `value ${index}`.repeat(index === 2 ? 200 : 1));
    return id;
  });
  // Written again, and removed: older forms may lie somewhere still.
  for (const id of ids.slice(0, 3)) put(id, 20, 'a newer value');
  deleted = session.newId();
  put(deleted, 80, 'deleted');
  session.write((transaction) => transaction.removeRecord(deleted));
  session.write((transaction) => transaction.putJournal(session.newId(), { step: 'create', long: 'y'.repeat(2000) }));
  const contents = ids.map((id) => [id, contentOf(session, id)] as const);
  vault.lock();
  const sealed = new Map<string, Buffer[]>();
  operate(originalDir, (database) => {
    for (const [id, ...blobs] of database.prepare('SELECT id, meta, secret FROM record').raw().all() as Buffer[][]) {
      sealed.set(id?.toString('hex') ?? '', blobs);
    }
  });
  expected = new Map(contents.map(([id, content]) => [id, { content, blobs: sealed.get(id) ?? [] }]));
  original = readFileSync(join(originalDir, 'vault.rondo'));
});
afterAll(() => folder.dispose());

let count = 0;
function vaultOf(content: Buffer): string {
  const vaultDir = join(folder.path, `case ${count++}`);
  cpSync(originalDir, vaultDir, { recursive: true });
  writeFileSync(join(vaultDir, 'vault.rondo'), content);
  return vaultDir;
}

async function carve(vaultDir: string, change: Partial<CarveWanted> = {}, derive = deriveKey) {
  const into = join(vaultDir, 'carved');
  const world = { paths: vaultPaths(vaultDir), clock: fakeClock(), random: systemRandom, deriveKey: derive };
  const before = snapshot(vaultDir);
  const credential = { type: 'password', secret: passwordBytes() } as const;
  const report = await carveVault(
    { ...world, witness: createWitness(fakeClock(), 'test') },
    { into, credential, backups: [], ...notes, ...change },
  );
  expect(snapshot(vaultDir), 'the damaged vault is only read').toEqual(before);
  const vault = quickVault(into, deriveKey);
  const session = await vault.unlock(passwordBytes());
  try {
    expect(session.verify()).toMatchObject({ ok: true });
    const found = new Map(session.records('note').map(({ id }) => [id, contentOf(session, id)]));
    return { report, found, rotations: session.journal().size, log: session.log().map(({ action }) => action) };
  } finally {
    vault.lock();
  }
}

function snapshot(vaultDir: string): ReadonlyMap<string, string> {
  const files = readdirSync(vaultDir, { withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map(({ name }) => [name, readFileSync(join(vaultDir, name)).toString('hex')]));
}

/** Everything that lies whole in the file came back, and nothing else but whole records, each in its newest form. */
function expectAllIntact(content: Buffer, found: ReadonlyMap<Id, string>): void {
  for (const [id, { content: right, blobs }] of expected) {
    if (blobs.every((blob) => content.includes(blob))) expect(found.get(id)).toBe(right);
  }
  for (const [id, text] of found) {
    const right = expected.get(id)?.content ?? 'no such record';
    // A value that lay on the lost page is gone; what it belonged to is not.
    expect([right, right.replace(/,".*"\]$/, ',null]')]).toContain(text);
  }
}

const isZero = (page: Buffer) => page.every((byte) => byte === 0);

describe('carving', () => {
  test('of a file that is whole gives all of it, along every overflow page, and the manifest proves it', async () => {
    const { report, found, rotations, log } = await carve(vaultOf(original));
    expect(report).toMatchObject({ damaged: [], proven: true, records: lengths.length, rotations: 1, orphans: 0 });
    expect(found).toEqual(new Map([...expected].map(([id, { content }]) => [id, content])));
    expect(found.has(deleted)).toBe(false);
    expect(rotations).toBe(1);
    expect(log).toEqual([
      ...lengths.map((length) => `put ${length}`),
      ...['put 20', 'put 20', 'put 20', 'put 80'],
      'vault.carved',
    ]);
  });

  test.each([
    ['zeros', (bytes: number) => Buffer.alloc(bytes)],
    ['noise', (bytes: number) => Buffer.from(systemRandom.bytes(bytes))],
  ])('of a file with any one page of %s gives every record that is whole', async (_, make) => {
    let lost = 0;
    for (let start = 0; start < original.length; start += pageBytes) {
      if (isZero(original.subarray(start, start + pageBytes))) continue;
      const content = Buffer.concat([
        original.subarray(0, start),
        make(pageBytes),
        original.subarray(start + pageBytes),
      ]);
      const vaultDir = vaultOf(content);
      const { found } = await carve(vaultDir);
      expectAllIntact(content, found);
      lost += found.size < expected.size ? 1 : 0;
      rmSync(vaultDir, { recursive: true });
    }
    expect(lost).toBeGreaterThan(0);
  });

  test('of a file that was cut off gives what lies before the cut', async () => {
    for (let length = 5000; length < original.length; length += 3001) {
      const content = original.subarray(0, length);
      const vaultDir = vaultOf(content);
      const outcome = await carve(vaultDir).then(
        ({ found }) => expectAllIntact(content, found),
        (error: unknown) => outcomeOf(() => throwIt(error)),
      );
      expect([undefined, 'vault-damaged rows']).toContain(outcome);
      if (outcome !== undefined) expectAllIntact(content, new Map());
      rmSync(vaultDir, { recursive: true });
    }
  });

  test('takes the header from its own file where both tables are gone', async () => {
    const content = Buffer.from(original);
    for (let at = content.indexOf('RONDOHDR'); at !== -1; at = content.indexOf('RONDOHDR'))
      content.fill(0, at, at + 60);
    const vaultDir = vaultOf(content);
    expect((await carve(vaultDir)).found.size).toBe(expected.size);
    rmSync(join(vaultDir, 'vault.rondo.header'));
    rmSync(join(vaultDir, 'carved'), { recursive: true });
    await expect(carve(vaultDir)).rejects.toMatchObject({ code: 'vault-damaged', details: { reason: 'header' } });
  });

  test('reads what is still in the write-ahead log', async () => {
    const vault = vaultIn(vaultOf(original));
    const session = await vault.unlock(passwordBytes());
    const id = session.newId();
    session.write((transaction) => transaction.putRecord({ id, kind: 'note', meta: 'in the log' }, 'none'));
    const from = join(folder.path, `case ${count - 1}`);
    const copyDir = join(folder.path, `case ${count++}`);
    mkdirSync(copyDir);
    for (const name of ['vault.rondo', 'vault.rondo-wal']) cpSync(join(from, name), join(copyDir, name));
    vault.lock();
    const { found, report } = await carve(copyDir);
    expect(found.get(id)).toBe('["in the log",null]');
    expect(report.proven).toBe(true);
  });

  test('of a log whose newest manifest is damaged loses no record, and says that nothing proves it', async () => {
    const vault = vaultIn(vaultOf(original));
    const session = await vault.unlock(passwordBytes());
    const from = join(folder.path, `case ${count - 1}`);
    const copyDir = join(folder.path, `case ${count++}`);
    mkdirSync(copyDir);
    // Without a value, so that it waits in the write-ahead log.
    const [kept, newest] = [session.newId(), session.newId()];
    for (const id of [kept, newest])
      session.write((transaction) => transaction.putRecord({ id, kind: 'note', meta: id }, 'none'));
    for (const name of ['vault.rondo', 'vault.rondo-wal']) cpSync(join(from, name), join(copyDir, name));
    vault.lock();
    const walPath = join(copyDir, 'vault.rondo-wal');
    const wal = readFileSync(walPath);
    const at = wal.lastIndexOf(Buffer.from('RNDO\x04\x01', 'latin1'));
    wal[at + 100] = (wal[at + 100] ?? 0) ^ 1;
    writeFileSync(walPath, wal);
    const { found, report } = await carve(copyDir);
    for (const id of [kept, newest]) expect(found.get(id)).toBe(JSON.stringify([id, null]));
    expect(found.size).toBe(expected.size + 2);
    expect(report).toMatchObject({
      damaged: [{ id: 'manifest', reason: 'is older than the entries', remedy: 'accepted' }],
      proven: false,
    });
  });

  test('opens nothing by a wrong password, and writes over nothing', async () => {
    const vaultDir = vaultOf(original);
    const wrong = { type: 'password', secret: passwordBytes('wrong') } as const;
    // The one that remembers does so by salt, whatever the password.
    const real = createDeriveKey(deriveKeyWorkerUrl);
    await expect(carve(vaultDir, { credential: wrong }, real)).rejects.toMatchObject({ code: 'wrong-password' });
    expect(readdirSync(vaultDir)).not.toContain('carved');
    await expect(carve(vaultDir, { into: originalDir })).rejects.toMatchObject({ code: 'invalid-input' });
    expect(readFileSync(join(originalDir, 'vault.rondo')).equals(original)).toBe(true);
  });

  test('of a file without anything of ours says so', async () => {
    const vaultDir = vaultOf(Buffer.from(systemRandom.bytes(20_000)));
    await expect(carve(vaultDir)).rejects.toMatchObject({ code: 'vault-damaged', details: { reason: 'rows' } });
    expect(readdirSync(vaultDir)).not.toContain('carved');
  });
});

function throwIt(error: unknown): never {
  throw error;
}

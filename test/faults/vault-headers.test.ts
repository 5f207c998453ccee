import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeHeader, parseHeader } from '../../main/vault/header.ts';
import { encodePasswordParameters } from '../../main/vault/password-parameters.ts';
import { blake2b256 } from '../support/reference-crypto.ts';
import { passwordBytes, vaultIn } from '../support/temporary-vault.ts';
import { discard, examine, operate, type Patient, patient } from '../support/vault-surgery.ts';

let vault: Patient;
let other: Patient;
beforeAll(async () => {
  [vault, other] = [await patient(3), await patient(3)];
});
afterAll(() => {
  vault.dispose();
  other.dispose();
});

const copies = ['header_a', 'header_b', 'vault.rondo.header'] as const;

function damage(vaultDir: string, copy: (typeof copies)[number], at: number): void {
  const flip = (bytes: Buffer) => {
    const index = at % bytes.length;
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    return bytes;
  };
  const path = join(vaultDir, 'vault.rondo.header');
  if (copy === 'vault.rondo.header') {
    writeFileSync(path, flip(readFileSync(path)));
    return;
  }
  operate(vaultDir, (database) => {
    const header = database.prepare(`SELECT header FROM ${copy}`).pluck().get() as Buffer;
    database.prepare(`UPDATE ${copy} SET header = ?`).run(flip(header));
  });
}

describe.each([0, 1, 2, 3, 4, 5, 6, 7])('the header with copies damaged: %i', (mask) => {
  const broken = copies.filter((_, index) => mask & (1 << index));

  test(`${broken.join(', ') || 'none'}`, async () => {
    for (const at of [0, 9, 40, -1]) {
      const vaultDir = vault.copy();
      for (const copy of broken) damage(vaultDir, copy, at < 0 ? 200 : at);
      const examined = await examine(vaultDir, vault.records);
      if (broken.length === 3) {
        expect(examined).toMatchObject({ opened: false, outcome: 'vault-damaged header' });
      } else {
        expect(examined).toMatchObject({ opened: true, outcome: 'done', wrong: [] });
        expect(examined.right.size).toBe(3);
        const inDatabase = broken.filter((copy) => copy !== 'vault.rondo.header');
        expect(examined.damaged).toEqual(inDatabase.map((copy) => `header ${copy}: is damaged`));
      }
      discard(vaultDir);
    }
  });

  test(`${broken.join(', ') || 'none'}: verify names them`, async () => {
    if (broken.length === 3) return expect(broken).toHaveLength(3);
    const vaultDir = vault.copy();
    for (const copy of broken) damage(vaultDir, copy, 30);
    const opened = vaultIn(vaultDir);
    const report = (await opened.unlock(passwordBytes())).verify();
    opened.lock();
    expect(report).toEqual({
      ok: broken.length === 0,
      records: 3,
      damaged: broken.map((id) => ({ id, kind: 'header', reason: 'is damaged' })),
    });
  });
});

test('a missing header file is written again, a damaged one stays as it is', async () => {
  const vaultDir = vault.copy();
  const path = join(vaultDir, 'vault.rondo.header');
  const before = readFileSync(path);
  rmSync(path);
  expect(await examine(vaultDir, vault.records)).toMatchObject({ outcome: 'done', damaged: [] });
  expect(readFileSync(path)).toEqual(before);
  writeFileSync(path, 'something else');
  expect(await examine(vaultDir, vault.records)).toMatchObject({ outcome: 'done', damaged: [] });
  expect(readFileSync(path, 'utf8')).toBe('something else');
});

test('a newer header file that a restore left, as it stopped before its end, is replaced', async () => {
  const vaultDir = vault.copy();
  const restored = vault.copy();
  const path = join(restored, 'vault.rondo.header');
  const changed = vaultIn(vaultDir);
  await changed.unlock(passwordBytes());
  await changed.changePassword(passwordBytes(), passwordBytes('another'));
  changed.lock();
  const own = readFileSync(path);
  copyFileSync(join(vaultDir, 'vault.rondo.header'), path);
  expect(readFileSync(path)).not.toEqual(own);
  await examine(restored, vault.records);
  expect(readFileSync(path)).toEqual(own);
  expect(await examine(restored, vault.records)).toMatchObject({ verified: 'done' });
});

test.each([
  ['costs hours', { operations: 10, memoryBytes: 2048 * 1024 * 1024 }],
  ['costs nothing', { operations: 1, memoryBytes: 1024 * 1024 }],
])('a forged header with a right checksum that %s is damaged, not obeyed', async (_, cost) => {
  const vaultDir = vault.copy();
  const headerPath = join(vaultDir, 'vault.rondo.header');
  const header = parseHeader(readFileSync(headerPath), blake2b256);
  const parameters = encodePasswordParameters({ cost, salt: new Uint8Array(16) });
  const slots = header?.slots.map((slot) => ({ ...slot, parameters })) ?? [];
  const forged = encodeHeader({ vaultId: new Uint8Array(16), epoch: 1, counter: 1, ...header, slots }, blake2b256);
  writeFileSync(headerPath, forged);
  operate(vaultDir, (database) => {
    for (const table of ['header_a', 'header_b']) database.prepare(`UPDATE ${table} SET header = ?`).run(forged);
  });
  expect(await examine(vaultDir, vault.records)).toMatchObject({ opened: false, outcome: 'vault-damaged header' });
});

test('of two good copies the one with the higher counter holds, and the manifest says when it is not its own', async () => {
  const vaultDir = vault.copy();
  const header = parseHeader(readFileSync(join(vaultDir, 'vault.rondo.header')), blake2b256);
  const newer = encodeHeader({ vaultId: new Uint8Array(16), epoch: 1, slots: [], ...header, counter: 2 }, blake2b256);
  operate(vaultDir, (database) => database.prepare('UPDATE header_b SET header = ?').run(newer));
  const examined = await examine(vaultDir, vault.records);
  expect(examined).toMatchObject({ opened: true, outcome: 'vault-damaged rolled-back', wrong: [] });
  expect(examined.damaged).toEqual([
    'header header_a: differs from the newest copy',
    'header header: is not the one that the manifest names',
  ]);
});

test("another vault's header does not open these rows, although its password is right", async () => {
  const vaultDir = vault.copy();
  const otherDir = other.copy();
  let header: unknown;
  operate(otherDir, (database) => {
    header = database.prepare('SELECT header FROM header_a').pluck().get();
  });
  operate(vaultDir, (database) => {
    for (const table of ['header_a', 'header_b']) database.prepare(`UPDATE ${table} SET header = ?`).run(header);
  });
  copyFileSync(join(otherDir, 'vault.rondo.header'), join(vaultDir, 'vault.rondo.header'));
  expect(await examine(vaultDir, vault.records)).toMatchObject({ opened: false, outcome: 'vault-damaged header' });
});

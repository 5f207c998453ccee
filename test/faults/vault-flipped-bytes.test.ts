import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quickVault, rememberingDeriveKey } from '../support/quick-vault.ts';
import { discard, examine, operate, type Patient, patient } from '../support/vault-surgery.ts';

const recordCount = 8;
let vault: Patient;
beforeAll(async () => {
  vault = await patient(recordCount);
});
afterAll(() => vault.dispose());

type Part = 'record' | 'log' | 'journal' | 'manifest' | 'header' | 'structure';

/** Which part of the vault each byte of the file belongs to; everything that is not ours is SQLite's structure. */
function partsOf(vaultDir: string, file: Buffer): Part[] {
  const parts = Array.from<Part>({ length: file.length }).fill('structure');
  operate(vaultDir, (database) => {
    const mark = (part: Part, sql: string) => {
      for (const blob of database.prepare<[], Buffer>(sql).pluck().all()) {
        const at = file.indexOf(blob);
        expect(at, part).toBeGreaterThan(0);
        parts.fill(part, at, at + blob.length);
      }
    };
    mark('record', 'SELECT meta FROM record UNION ALL SELECT secret FROM record');
    mark('log', 'SELECT entry FROM log');
    mark('journal', 'SELECT row FROM journal');
    mark('manifest', 'SELECT manifest FROM manifest');
    mark('header', 'SELECT header FROM header_a UNION ALL SELECT header FROM header_b');
  });
  return parts;
}

/** Every byte would take minutes. Structure is denser, as every kind of byte there means something else. */
function sample(parts: readonly Part[]): number[] {
  return parts.flatMap((part, at) => (at % (part === 'structure' ? (at % 4096 < 160 ? 2 : 53) : 31) === 0 ? [at] : []));
}

test('any flipped byte of a closed vault is noticed or harmless, and costs no undamaged record', {
  timeout: 180_000,
}, async () => {
  const original = vault.copy();
  const file = readFileSync(join(original, 'vault.rondo'));
  const header = readFileSync(join(original, 'vault.rondo.header'));
  const parts = partsOf(original, file);
  const deriveKey = rememberingDeriveKey();
  const seen: Record<string, number> = {};
  for (const at of sample(parts)) {
    const vaultDir = join(vault.path, `flip ${at}`);
    mkdirSync(vaultDir);
    const damaged = Buffer.from(file);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
    writeFileSync(join(vaultDir, 'vault.rondo'), damaged);
    writeFileSync(join(vaultDir, 'vault.rondo.header'), header);
    const examined = await examine(vaultDir, vault.records, quickVault(vaultDir, deriveKey));
    discard(vaultDir);
    const where = `byte ${at}, ${parts[at]}: ${examined.outcome}; ${examined.damaged.join('; ')}`;
    const part = parts[at] ?? 'structure';
    seen[`${part}: ${examined.outcome}`] = (seen[`${part}: ${examined.outcome}`] ?? 0) + 1;

    expect(examined.wrong, where).toEqual([]);
    expect(examined.outcome, where).toMatch(/^(done|vault-damaged|vault-too-new)/);
    if (part === 'structure') {
      const complete = examined.right.size === recordCount;
      expect(complete || examined.outcome !== 'done', where).toBe(true);
    } else {
      expect(examined.opened, where).toBe(true);
      expect(examined.verified, where).toBe('vault-damaged');
      expect(examined.right.size, where).toBe(part === 'record' ? recordCount - 1 : recordCount);
      const harmless = part === 'log' || part === 'header';
      expect(examined.outcome, where).toMatch(harmless ? /^done$/ : /^vault-damaged (rows|manifest)$/);
    }
  }
  expect(Object.keys(seen).length, 'every part was hit').toBeGreaterThanOrEqual(7);
});

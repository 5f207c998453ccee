// Restoring a backup where the vault that it takes the place of is damaged, half gone, or something else: it works, or is
// refused with words that say what to do. RONDO_LONG_TESTS=1: two wrong forms of each of the first bytes, and not of some.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { put } from '../support/damaged-vault.ts';
import { fixedKey } from '../support/fixed-key.ts';
import { longTests } from '../support/seeded.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from '../support/temporary-vault.ts';

vi.mock('../../main/vault/derive-key.ts', () => ({ createDeriveKey: () => fixedKey }));

/** Who may write and read, the schema's format, and the vault's own. */
const telling: ReadonlySet<number> = new Set([18, 19, 47, 60, 61, 62, 63]);
let folder: TemporaryFolder;
/** Locked, with three records; the backup has two. */
let originalDir: string;
/** As a kill left it: the third record lies in the write-ahead log. */
let killedDir: string;
let backupPath: string;
beforeAll(async () => {
  folder = temporaryFolder();
  originalDir = join(folder.path, 'original');
  killedDir = join(folder.path, 'killed');
  backupPath = join(folder.path, 'backup.rondo');
  const vault = vaultIn(originalDir);
  await vault.create(passwordBytes());
  const session = await vault.unlock(passwordBytes());
  for (const label of ['first', 'second']) put(session, label);
  vault.backUp(backupPath, () => {});
  session.write((transaction) => transaction.putRecord({ id: session.newId(), kind: 'note', meta: {} }, 'none'));
  cpSync(originalDir, killedDir, { recursive: true });
  vault.lock();
});
afterAll(() => folder.dispose());

let count = 0;
function copyOf(fromDir: string, change: (vaultPath: string) => void): string {
  const vaultDir = join(folder.path, `case ${count++}`);
  cpSync(fromDir, vaultDir, { recursive: true });
  change(join(vaultDir, 'vault.rondo'));
  return vaultDir;
}

/** @returns the code and words of a refusal, or how many records there are afterwards */
async function restored(vaultDir: string, path = backupPath): Promise<string> {
  const vault = vaultIn(vaultDir);
  const before = existsSync(vaultDir) ? readdirSync(vaultDir).sort() : [];
  try {
    await vault.restore(path, passwordBytes(), () => {});
  } catch (error) {
    const { code, message, hint } = error as { code: string; message: string; hint: string };
    expect(readdirSync(vaultDir).filter((name) => !name.endsWith('-shm') && !name.endsWith('-wal'))).toEqual(
      before.filter((name) => !name.endsWith('-shm') && !name.endsWith('-wal')),
    );
    return `${code}: ${message} ${hint}`;
  }
  try {
    const session = await vault.unlock(passwordBytes());
    expect(session.damaged).toEqual([]);
    expect(session.verify()).toMatchObject({ ok: true });
    return `${session.records('note').length} records`;
  } finally {
    vault.lock();
  }
}

test('any wrong byte in the first hundred of the vault', { timeout: 600_000 }, async () => {
  const file = readFileSync(join(originalDir, 'vault.rondo'));
  const seen = new Map<string, number>();
  for (let at = 0; at < 100; at++) {
    for (const flip of longTests || telling.has(at) ? [1, 255] : [at % 2 === 0 ? 1 : 255]) {
      const bytes = Buffer.from(file);
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      const vaultDir = copyOf(originalDir, (vaultPath) => writeFileSync(vaultPath, bytes));
      const outcome = await restored(vaultDir);
      const where = `byte ${at} of ${flip}`;
      if (at >= 60 && at < 64 && outcome !== '2 records') {
        expect(outcome, where).toMatch(/^vault-too-new: .* says that a newer Rondo wrote it\..* move .* away/);
        rmSync(join(vaultDir, 'vault.rondo'));
        expect(await restored(vaultDir), 'the way on').toBe('2 records');
      } else {
        expect(outcome, where).toBe('2 records');
        expect(readdirSync(vaultDir).filter((name) => /\.replaced-\w+-\w+$/.test(name))).toHaveLength(1);
      }
      seen.set(outcome.slice(0, 9), (seen.get(outcome.slice(0, 9)) ?? 0) + 1);
      rmSync(vaultDir, { recursive: true });
    }
  }
  expect(seen.get('vault-too')).toBe(7);
  expect(seen.get('2 records')).toBe((longTests ? 200 : 100 + telling.size) - 7);
});

describe('in the place of the vault', () => {
  test.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link to nowhere', (path: string) => symlinkSync('/nowhere', path)],
    ['a link to a file', (path: string) => symlinkSync(backupPath, path)],
  ])('%s is named, and nothing is changed', async (_, make) => {
    const vaultDir = copyOf(originalDir, (path) => {
      rmSync(path);
      make(path);
    });
    expect(await restored(vaultDir)).toMatch(
      /^invalid-input: What stands at .*vault\.rondo is no file\. .* Move it away/,
    );
    rmSync(join(vaultDir, 'vault.rondo'), { recursive: true });
    expect(await restored(vaultDir)).toBe('2 records');
  });

  test('nothing, but its write-ahead log still beside it: that goes aside with the rest', async () => {
    const vaultDir = copyOf(killedDir, (path) => rmSync(path));
    const log = readFileSync(join(killedDir, 'vault.rondo-wal'));
    expect(log.length).toBeGreaterThan(1_000);
    expect(await restored(vaultDir)).toBe('2 records');
    const kept = readdirSync(vaultDir).filter((name) => /\.replaced-\w+-\w+-wal$/.test(name));
    expect(kept.map((name) => readFileSync(join(vaultDir, name)).equals(log))).toEqual([true]);
  });
});

test('a copy of a vault with its write-ahead log beside it is restored with what is in there', async () => {
  const freshDir = join(folder.path, 'fresh');
  expect(await restored(freshDir, join(killedDir, 'vault.rondo'))).toBe('3 records');
});

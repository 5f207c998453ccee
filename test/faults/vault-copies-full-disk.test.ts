// A disk that really ends while the last of a new file moves out of its write-ahead log: what is whole by then is in two
// files, and one of them alone is about to get a name. The limit is that of the process, so SQLite itself meets it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../build/bundle.mjs';
import { put } from '../support/damaged-vault.ts';
import {
  deriveKeyWorkerUrl,
  passwordBytes,
  type TemporaryFolder,
  temporaryFolder,
  vaultIn,
} from '../support/temporary-vault.ts';
import { operate } from '../support/vault-surgery.ts';

const script = join(root, 'out/test/vault-copy-child.mjs');
const recordCount = 60;
let folder: TemporaryFolder;
let originalDir: string;
beforeAll(async () => {
  folder = temporaryFolder();
  originalDir = join(folder.path, 'original');
  const vault = vaultIn(originalDir);
  await vault.create(passwordBytes());
  const session = await vault.unlock(passwordBytes());
  for (let n = 0; n < recordCount; n++) put(session, `${n} ${'.'.repeat(2000)}`);
  vault.backUp(join(originalDir, 'copy.rondo'), () => {});
  vault.lock();
});
afterAll(() => folder.dispose());

function run(vaultDir: string, task: string, limitKib?: number): string {
  const command = [process.execPath, script, vaultDir, deriveKeyWorkerUrl.href, task];
  const limit = limitKib === undefined ? '' : `ulimit -f ${limitKib} && `;
  return spawnSync('bash', ['-c', `${limit}exec "$@"`, 'bash', ...command], { encoding: 'utf8' }).stdout.trim();
}

interface Content {
  readonly records: number;
  readonly isNoted: boolean;
  readonly damaged: readonly string[];
}

async function contentOf(vaultPath: string): Promise<Content> {
  const vaultDir = join(folder.path, `looked at ${count++}`);
  cpSync(vaultPath, join(vaultDir, 'vault.rondo'));
  const vault = vaultIn(vaultDir);
  const session = await vault.unlock(passwordBytes());
  const content = {
    records: session.records('note').length,
    isNoted: session.journal().has('f'.repeat(32)),
    damaged: session.damaged.map(({ id }) => id),
  };
  vault.lock();
  return content;
}

let count = 0;
const whole: Content = { records: recordCount, isNoted: false, damaged: [] };
const noted: Content = { ...whole, isNoted: true };
const spoil = (vaultDir: string) =>
  operate(vaultDir, (database) => database.exec('UPDATE manifest SET manifest = zeroblob(300)'));

test.each([
  { task: 'back-up', made: 'backup.rondo', before: whole },
  { task: 'restore', made: 'vault.rondo', before: whole },
  { task: 'repair', made: 'vault.rondo', before: { ...whole, damaged: ['manifest'] }, prepare: spoil },
  { task: 'carve', made: 'carved/vault.rondo', before: whole },
])('$task, on a disk that ends in its last step, changes nothing, and works when there is room', async (wanted) => {
  const { task, made, before, prepare = () => {} } = wanted;
  const [freeDir, fullDir] = ['free', 'full'].map((name) => join(folder.path, `${task} ${name}`)) as [string, string];
  for (const vaultDir of [freeDir, fullDir]) {
    cpSync(originalDir, vaultDir, { recursive: true });
    prepare(vaultDir);
  }
  expect(run(freeDir, task)).toBe('done');
  expect(await contentOf(join(freeDir, made))).toEqual(noted);
  const neededKib = Math.ceil(statSync(join(freeDir, made)).size / 1024);

  const names = () => readdirSync(fullDir, { recursive: true }).map(String).filter(isOurs).sort();
  const namesBefore = names();
  expect(run(fullDir, task, neededKib - 4)).toMatch(/^storage: .* Nothing was changed\.$/);
  expect(names()).toEqual(namesBefore);
  expect(await contentOf(join(fullDir, 'vault.rondo'))).toEqual(before);
  if (made !== 'vault.rondo') expect(existsSync(join(fullDir, made))).toBe(false);

  expect(run(fullDir, task)).toBe('done');
  expect(await contentOf(join(fullDir, made))).toEqual(noted);
});

/** Neither what every unlock writes nor the new vault's empty folder. */
const isOurs = (name: string) => !/(-shm|-wal|\.lock|^carved)$/.test(name);

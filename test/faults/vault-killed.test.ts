// A writer that is killed at a random moment, with SIGKILL, a process of its own each time: in a transaction, between it and
// its move into the file, in a change of the password, in locking and unlocking. The seed decides how many acts are
// acknowledged first and how long it runs on after that; how far it comes within that time is the machine's own. Of a change
// of the password most of the time is derivation: so one in four runs on from where it begins to make files.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../build/bundle.mjs';
import { readCounted } from '../support/counted-writes.ts';
import { fixedKey, fixedKeyWorkerUrl } from '../support/fixed-key.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { quickVault } from '../support/quick-vault.ts';
import { longTests, seeded } from '../support/seeded.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from '../support/temporary-vault.ts';

const kills = longTests ? 3_000 : 300;
/** Most of a run is the start of its process: two at a time keep two cores busy. */
const lanes = 2;
/** On one vault, one after the other: what a killed one left is what the next one opens. */
const killsPerVault = 25;
const chance = seeded('vault-killed');

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder(quickRoot());
});
afterEach(() => folder.dispose());

interface Moment {
  readonly number: number;
  /** So many acts, its start among them, and then into the next one; or to where a change of the password makes its copy. */
  readonly acknowledged: number | 'copy of a change';
  readonly thenMicroseconds: number;
}

const isBeginning = (line = '') => /^\w+ing\b/.test(line);

/** Of the writer: one that counted here would take the core that it writes on. */
function runOn(microseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, microseconds / 1_000);
}

/** Lets a writer run until that moment, and kills it. @returns what it said */
async function writeUntil(vaultDir: string, { acknowledged, thenMicroseconds }: Moment): Promise<readonly string[]> {
  const script = join(root, 'out/test/vault-count-child.mjs');
  const writer = spawn(process.execPath, [script, vaultDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(writer, 'close');
  let said = '';
  const lines = () => said.split('\n').slice(0, -1);
  const end = () => {
    if (writer.killed) return;
    runOn(thenMicroseconds);
    writer.kill('SIGKILL');
  };
  writer.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
    if (typeof acknowledged === 'number' && lines().filter(isBeginning).length > acknowledged) end();
  });
  const watcher = watch(vaultDir, (_, name) => {
    const isCopy = lines().includes('changing') && name?.includes('.before-');
    if (acknowledged === 'copy of a change' && isCopy) end();
  });
  await closed;
  watcher.close();
  expect(writer.signalCode, said).toBe('SIGKILL');
  return lines();
}

/** What is in the vault. */
interface Found {
  readonly count: number;
  readonly changes: number;
}
const nothing: Found = { count: 0, changes: 0 };

/** @returns what is there: what was found `before`, what `lines` acknowledge since then, and at most one act more */
async function expectWhole(path: string, before: Found, { lines, where }: { lines: readonly string[]; where: string }) {
  const saved = lines.findLast((line) => line.startsWith('saved'))?.slice('saved '.length);
  const count = saved === undefined ? before.count : Number(saved);
  const changes = before.changes + lines.filter((line) => line === 'changed').length;
  const began = lines.at(-1)?.split(' ')[0];
  const possible = [{ count, changes }];
  if (began === 'saving') possible.push({ count: count + 1, changes });
  if (began === 'changing') possible.push({ count, changes: changes + 1 });
  const vault = quickVault(path, fixedKey);
  try {
    const session = await vault.unlock(passwordBytes());
    expect(session.damaged, where).toEqual([]);
    const log = session.log();
    const found = {
      count: readCounted(session),
      changes: log.filter(({ action }) => action === 'vault.password-changed').length,
    };
    expect(possible, where).toContainEqual(found);
    expect(session.verifyLog(), where).toEqual({ ok: true, entries: found.count + found.changes });
    expect(session.verify().damaged, where).toEqual([]);
    return { found, began, isThere: found.count + found.changes > count + changes };
  } finally {
    vault.lock();
  }
}

/** How many ended within which act; how many of those left something half made; of how many the act was on disk already. */
type Tally = Record<string, { killed: number; halfMade: number; done: number }>;

/** A file in the making, or the whole copy that is made before the password's slot is written. */
function isHalfMade(names: readonly string[], lines: readonly string[]): boolean {
  const isFirstChange = lines.filter((line) => line === 'changing').length === 1;
  return names.some((name) => name.endsWith('.new') || (isFirstChange && name.includes('.before-')));
}

async function killOneVault(vaultDir: string, moments: readonly Moment[], tally: Tally): Promise<void> {
  await vaultIn(vaultDir, { deriveKeyWorkerUrl: fixedKeyWorkerUrl }).create(passwordBytes());
  let before = nothing;
  for (const moment of moments) {
    const lines = await writeUntil(vaultDir, moment);
    const where = `kill ${moment.number}, seed ${chance.seed}, after ${lines.join('; ')}`;
    // The next writer opens what this one left, not what was opened and mended here.
    const copyDir = `${vaultDir} copied`;
    const names = readdirSync(vaultDir);
    cpSync(vaultDir, copyDir, { recursive: true });
    const { found, began, isThere } = await expectWhole(copyDir, before, { lines, where });
    rmSync(copyDir, { recursive: true });
    before = found;
    const act = began !== undefined && isBeginning(began) ? began : 'between two acts';
    tally[act] ??= { killed: 0, halfMade: 0, done: 0 };
    tally[act].killed++;
    if (isHalfMade(names, lines)) tally[act].halfMade++;
    if (isThere) tally[act].done++;
  }
  rmSync(vaultDir, { recursive: true });
}

function momentOf(): Pick<Moment, 'acknowledged' | 'thenMicroseconds'> {
  // What a change of the password writes takes some ten milliseconds.
  if (chance.onceIn(4)) return { acknowledged: 'copy of a change', thenMicroseconds: chance.below(10_000) };
  // A write takes one or two milliseconds, a whole change of the password some fifty.
  return { acknowledged: chance.below(9), thenMicroseconds: chance.below(chance.onceIn(4) ? 50_000 : 3_000) };
}

test(`${kills} writers, killed at random moments, lose nothing that was acknowledged and leave no half of a write`, {
  timeout: 3_600_000,
}, async () => {
  const moments = Array.from({ length: kills }, (_, number) => ({
    number,
    ...momentOf(),
  }));
  const vaults = Array.from({ length: Math.ceil(kills / killsPerVault) }, (_, vault) =>
    moments.slice(vault * killsPerVault, (vault + 1) * killsPerVault),
  );
  const tally: Tally = {};
  const lane = async (index: number) => {
    for (let vault = index; vault < vaults.length; vault += lanes) {
      await killOneVault(join(folder.path, `vault ${vault}`), vaults[vault] ?? [], tally);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  process.stderr.write(`vault-killed: ${JSON.stringify(tally)}\n`);
  expect(Object.values(tally).reduce((sum, { killed }) => sum + killed, 0)).toBe(kills);
  expect(tally.saving?.killed, 'killed while inside a write').toBeGreaterThan(kills / 10);
  expect(tally.changing?.halfMade, 'killed while the password’s change was written').toBeGreaterThan(kills / 20);
});

// A writer that ends at a random moment: in a transaction, between it and its move into the file, in a change of the
// password, in locking and unlocking. The seed decides the moments; how far the writer has come by then is the machine's
// own.
//
// Starting a process takes longer than all that it does here. So most ends are looked at without one: the writer is
// stopped (SIGSTOP), and a copy of its folder at that moment is what SIGKILL would have left there; then it goes on. Some
// are killed in earnest, again and again on one vault.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../build/bundle.mjs';
import { readCounted } from '../support/counted-writes.ts';
import { fixedKey, fixedKeyWorkerUrl } from '../support/fixed-key.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { quickVault } from '../support/quick-vault.ts';
import { longTests, seeded } from '../support/seeded.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from '../support/temporary-vault.ts';

const stops = longTests ? 10_000 : 300;
const kills = longTests ? 500 : 24;
const chance = seeded('vault-killed');

let folder: TemporaryFolder;
let vaultDir: string;
beforeEach(async () => {
  folder = temporaryFolder(quickRoot());
  vaultDir = join(folder.path, 'vault');
  await vaultIn(vaultDir, { deriveKeyWorkerUrl: fixedKeyWorkerUrl }).create(passwordBytes());
});
afterEach(() => folder.dispose());

const saidPath = () => join(folder.path, 'said');
const said = () => readFileSync(saidPath(), 'utf8').split('\n').slice(0, -1);

interface Writer {
  readonly process: ChildProcess;
  readonly isReady: Promise<unknown>;
}

function startWriter(): Writer {
  const script = join(root, 'out/test/vault-count-child.mjs');
  const child = spawn(process.execPath, [script, vaultDir, saidPath()], { stdio: ['pipe', 'pipe', 'inherit'] });
  return { process: child, isReady: once(child.stdout, 'data') };
}

/** However busy the machine is. */
async function untilSaid(writer: Writer, lineCount: number): Promise<void> {
  while (said().length < lineCount) {
    expect(writer.process.exitCode, said().join('; ')).toBe(null);
    await wait(1);
  }
}

/** A signal is on its way for some microseconds. */
function isStopped({ pid }: ChildProcess): boolean {
  const stat = `/proc/${pid}/stat`;
  const state = existsSync(stat)
    ? readFileSync(stat, 'utf8').split(') ')[1]
    : execFileSync('ps', ['-o', 'state=', `${pid}`], { encoding: 'utf8' });
  return state?.trim().startsWith('T') ?? false;
}

/** What is in the vault. */
interface Found {
  readonly count: number;
  readonly changes: number;
}
const nothing: Found = { count: 0, changes: 0 };

/** @returns what is there: what was found `before`, what `lines` acknowledge since then, and at most one transaction more */
async function expectWhole(path: string, before: Found, { lines, where }: { lines: readonly string[]; where: string }) {
  const saved = lines.findLast((line) => line.startsWith('saved'))?.slice('saved '.length);
  const count = saved === undefined ? before.count : Number(saved);
  const changes = before.changes + lines.filter((line) => line === 'changed').length;
  const vault = quickVault(path, fixedKey);
  try {
    const session = await vault.unlock(passwordBytes());
    expect(session.damaged, where).toEqual([]);
    const log = session.log();
    const found = {
      count: readCounted(session),
      changes: log.filter(({ action }) => action === 'vault.password-changed').length,
    };
    expect(
      [
        { count, changes },
        { count: count + 1, changes },
        { count, changes: changes + 1 },
      ],
      where,
    ).toContainEqual(found);
    expect(session.verifyLog(), where).toEqual({ ok: true, entries: found.count + found.changes });
    expect(session.verify().damaged, where).toEqual([]);
    return { ...found, isEarly: found.count + found.changes > count + changes };
  } finally {
    vault.lock();
  }
}

test(`${stops} ends of a writer at random moments lose nothing that was acknowledged, and leave no half of a transaction`, {
  timeout: 3_600_000,
}, async () => {
  const writer = startWriter();
  let early = 0;
  const ends = new Set<string>();
  try {
    await writer.isReady;
    writer.process.stdin?.write('x');
    for (let stop = 0; stop < stops; stop++) {
      await untilSaid(writer, said().length + chance.below(4));
      await wait(chance.below(3));
      writer.process.kill('SIGSTOP');
      while (!isStopped(writer.process)) expect(writer.process.exitCode, said().join('\n')).toBe(null);
      const lines = said();
      const copyDir = join(folder.path, 'copy');
      cpSync(vaultDir, copyDir, { recursive: true });
      const where = `stop ${stop}, seed ${chance.seed}, after ${lines.at(-1)}`;
      if ((await expectWhole(copyDir, nothing, { lines, where })).isEarly) early++;
      rmSync(copyDir, { recursive: true });
      ends.add(lines.at(-1)?.split(' ')[0] ?? '');
      writer.process.kill('SIGCONT');
    }
  } finally {
    const closed = once(writer.process, 'close');
    writer.process.kill('SIGKILL');
    await closed;
  }
  expect(said().length, 'it did get somewhere').toBeGreaterThan(stops);
  expect([...ends].sort()).toEqual(expect.arrayContaining(['changed', 'locked', 'saved']));
  expect(early, 'some were stopped between the disk and the answer').toBeGreaterThan(0);
});

test(`${kills} writers that are killed one after the other on one vault lose nothing either`, {
  timeout: 3_600_000,
}, async () => {
  let found = nothing;
  let next = startWriter();
  try {
    for (let kill = 0; kill < kills; kill++) {
      const writer = next;
      await writer.isReady;
      next = startWriter();
      const before = said().length;
      const closed = once(writer.process, 'close');
      writer.process.stdin?.write('x');
      // Some are killed while they unlock.
      await untilSaid(writer, before + chance.below(8));
      writer.process.kill('SIGKILL');
      await closed;
      const lines = said()
        .slice(before)
        .filter((line) => line !== 'ready');
      const where = `kill ${kill}, seed ${chance.seed}, after ${lines.join('; ')}`;
      found = await expectWhole(vaultDir, found, { lines, where });
    }
  } finally {
    const closed = once(next.process, 'close');
    next.process.kill('SIGKILL');
    await closed;
  }
});

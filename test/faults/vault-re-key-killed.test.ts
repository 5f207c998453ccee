import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../build/bundle.mjs';
import type { Id } from '../../shared/ids.ts';
import { isInUsualRun } from '../support/seeded.ts';
import {
  deriveKeyWorkerUrl,
  passwordBytes,
  type TemporaryFolder,
  temporaryFolder,
  vaultIn,
} from '../support/temporary-vault.ts';

let folder: TemporaryFolder;
let originalDir: string;
const values = new Map<Id, string>();
beforeAll(async () => {
  folder = temporaryFolder();
  originalDir = join(folder.path, 'original');
  const vault = vaultIn(originalDir);
  await vault.create(passwordBytes());
  const session = await vault.unlock(passwordBytes());
  session.write((transaction) => {
    for (const label of ['a', 'b']) {
      const id = session.newId();
      values.set(id, `value of ${label}`);
      transaction.putRecord({ id, kind: 'note', meta: { label } }, new TextEncoder().encode(`value of ${label}`));
    }
    transaction.putJournal(session.newId(), { step: 'create' });
    transaction.appendLog({ at: '2026-11-23T00:00:00.000Z', actor: 'test', action: 'put', outcome: 'ok' });
  });
  vault.lock();
});
afterAll(() => folder.dispose());

async function reKeyUntil(point: number) {
  const vaultDir = join(folder.path, `killed at ${point}`);
  cpSync(originalDir, vaultDir, { recursive: true });
  const script = join(root, 'out/test/killed-at-point-child.mjs');
  const child = spawn(process.execPath, [script, vaultDir, deriveKeyWorkerUrl.href, 're-key', String(point)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  await once(child, 'close');
  return { vaultDir, signal: child.signalCode, points: Number(/^points (\d+)$/m.exec(output)?.[1] ?? Number.NaN) };
}

test('new keys, killed at every point: the vault is whole, under the old keys or the new', {
  timeout: 900_000,
}, async () => {
  const { points } = await reKeyUntil(0);
  expect(points).toBeGreaterThan(40);
  const outcomes: string[] = [];
  for (let point = 1; point <= points; point++) {
    if (!isInUsualRun(point, points)) continue;
    const { vaultDir, signal } = await reKeyUntil(point);
    const where = `point ${point} of ${points}`;
    expect(signal, where).toBe('SIGKILL');
    const vault = vaultIn(vaultDir);
    const session = await vault.unlock(passwordBytes());
    expect(session.damaged, where).toEqual([]);
    expect(session.verify(), where).toMatchObject({ ok: true, records: values.size });
    for (const [id, value] of values) {
      expect(
        session.withSecret(id, (secret) => new TextDecoder().decode(secret)),
        where,
      ).toBe(value);
    }
    expect(session.journal().size, where).toBe(1);
    expect(session.verifyLog().ok, where).toBe(true);
    outcomes.push(session.log().some(({ action }) => action === 'vault.re-keyed') ? 'new' : 'old');
    session.write((transaction) => transaction.putJournal(session.newId(), {}));
    vault.lock();
    rmSync(vaultDir, { recursive: true });
  }
  // One moment decides: what came before it is old, what came after it is new.
  const turn = outcomes.indexOf('new');
  expect(turn).toBeGreaterThan(0);
  expect(outcomes).toEqual(outcomes.map((_, index) => (index < turn ? 'old' : 'new')));
});

// The power goes while a rotation runs. Before each call to CircleCI its journal must be on disk: whatever it had written
// before one of its points is acknowledged there.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { connectedCore } from '../support/connected-core.ts';
import { type DiskRecorder, recordDisk } from '../support/disk-recorder.ts';
import { type Cuts, cutPower, type Recorded } from '../support/power-cut.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { quickVault, rememberingDeriveKey } from '../support/quick-vault.ts';
import { longTests, seeded } from '../support/seeded.ts';
import { passwordBytes } from '../support/temporary-vault.ts';

const images = longTests ? 20_000 : 2_000;
const chance = seeded('rotation-power-cut');

/** Two rotations, one after the other. */
async function record(prepare?: (connection: Database.Database) => void) {
  let recorder: DiskRecorder | undefined;
  const points: string[] = [];
  await using rondo = await connectedCore({
    observe(point) {
      points.push(point);
      recorder?.acknowledge();
    },
  });
  const deriveKey = rememberingDeriveKey();
  const beside = quickVault(rondo.vaultDir, deriveKey);
  const sequence = (await beside.unlock(passwordBytes())).sequence();
  beside.lock();
  const tokens = (await rondo.tokens())
    .filter(({ kind, state }) => kind === 'project' && state === 'active')
    .slice(0, 2);
  recorder = recordDisk(rondo.vaultDir, prepare);
  recorder.acknowledge();
  try {
    for (const token of tokens) await rondo.rotate(token);
    recorder.acknowledge();
  } finally {
    recorder.stop();
  }
  const { events } = recorder;
  const commits = Math.max(...events.map((event) => (event.kind === 'acknowledged' ? event.commits : 0)));
  expect(commits, points.join(' ')).toBeGreaterThan(8);
  const cut = async (count: number): Promise<Cuts> => {
    const recorded: Recorded = { events, sequence };
    const vaultDir = mkdtempSync(join(quickRoot(), 'rondo-test-'));
    try {
      return await cutPower(recorded, { images: count, chance, deriveKey, vaultDir });
    } finally {
      rmSync(vaultDir, { recursive: true, force: true });
    }
  };
  return { cut };
}

test(`${images} power cuts in rotations lose no step that was taken`, { timeout: 3_600_000 }, async () => {
  const { cut } = await record();
  const cuts = await cut(images);
  expect(cuts.images, 'no two alike').toBe(images);
  expect(cuts.failures).toEqual([]);
  expect(cuts.lost).toEqual([]);
  expect(cuts.early).toBeGreaterThan(0);
});

test('the same does lose what was acknowledged where SQLite does not wait for the disk', {
  timeout: 3_600_000,
}, async () => {
  const { cut } = await record((connection) => connection.pragma('synchronous = NORMAL'));
  const cuts = await cut(400);
  expect(cuts.images).toBe(400);
  // One in twenty: what carries the state of a rotation is moved into the vault at once, and that waits for the disk.
  expect(cuts.lost.length).toBeGreaterThan(0);
  expect(cuts.failures, 'older, but whole').toEqual([]);
});

// The power goes while the vault is written: see disk-recorder.ts and crash-image.ts for what is simulated, and how.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCounted, writeCounted } from '../support/counted-writes.ts';
import { recordDisk } from '../support/disk-recorder.ts';
import { fixedKey, fixedKeyWorkerUrl } from '../support/fixed-key.ts';
import { type Cuts, cutPower, type Recorded } from '../support/power-cut.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { longTests, seeded } from '../support/seeded.ts';
import { passwordBytes, type TemporaryFolder, temporaryFolder, vaultIn } from '../support/temporary-vault.ts';

const images = longTests ? 40_000 : 2_000;
const writes = 40;
const chance = seeded('vault-power-cut');

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder(quickRoot());
});
afterEach(() => folder.dispose());

/** A writer that counts, changes its password, locks, and now and then meets a reader that holds up the checkpoint. */
async function record(prepare?: (connection: Database.Database) => void): Promise<Recorded> {
  const vaultDir = join(folder.path, 'recorded');
  const vault = vaultIn(vaultDir, { deriveKeyWorkerUrl: fixedKeyWorkerUrl });
  await vault.create(passwordBytes());
  const sequence = (await vault.unlock(passwordBytes())).sequence();
  vault.lock();
  const recorder = recordDisk(vaultDir, prepare);
  recorder.acknowledge();
  try {
    let session = await vault.unlock(passwordBytes());
    for (let n = 1; n <= writes; n++) {
      const reader = n % 11 === 0 ? readerOf(vaultDir) : undefined;
      writeCounted(session, n);
      recorder.acknowledge();
      reader?.close();
      if (n % 5 === 0) {
        await vault.changePassword(passwordBytes(), passwordBytes());
        recorder.acknowledge();
      }
      if (n % 7 !== 0) continue;
      vault.lock();
      session = await vault.unlock(passwordBytes());
    }
    vault.lock();
    return { events: recorder.events, sequence };
  } finally {
    recorder.stop();
  }
}

/** Another process in the middle of a read. */
function readerOf(vaultDir: string): Database.Database {
  const reader = new Database(join(vaultDir, 'vault.rondo'));
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM record').get();
  return reader;
}

async function cut(recorded: Recorded, count: number): Promise<Cuts> {
  const vaultDir = join(folder.path, 'image');
  return cutPower(recorded, { images: count, chance, deriveKey: fixedKey, vaultDir, check: readCounted });
}

test(`${images} power cuts lose nothing that was acknowledged, and leave no half of a transaction`, {
  timeout: 3_600_000,
}, async () => {
  const cuts = await cut(await record(), images);
  expect(cuts.images, 'no two alike').toBe(images);
  expect(cuts.failures).toEqual([]);
  expect(cuts.lost).toEqual([]);
  expect(cuts.early, 'some were cut between the disk and the answer').toBeGreaterThan(0);
});

test('the same does lose what was acknowledged where SQLite does not wait for the disk', {
  timeout: 3_600_000,
}, async () => {
  const cuts = await cut(await record((connection) => connection.pragma('synchronous = NORMAL')), 400);
  expect(cuts.images).toBe(400);
  expect(cuts.lost.length).toBeGreaterThan(10);
  expect(cuts.failures, 'older, but whole').toEqual([]);
});

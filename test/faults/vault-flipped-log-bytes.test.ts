// One wrong byte in the write-ahead log that a killed process left: SQLite silently ends the log before it, so that what
// was acknowledged last is not shown. Carving finds it nevertheless, and calls nothing proven of which anything is missing.
//
// One byte in 48 is tried in each run, and every one of the newest manifest. RONDO_LONG_TESTS=1: every byte.
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemRandom } from '../../main/platform/random.ts';
import { carveBlobs } from '../../main/vault/carve-blobs.ts';
import { type CarvedRows, rowsOfBlobs } from '../../main/vault/carve-rows.ts';
import { planRepair } from '../../main/vault/plan-repair.ts';
import { readPages } from '../../main/vault/raw-pages.ts';
import { closeUnlocked, type Unlocked, unlockVault } from '../../main/vault/unlock-vault.ts';
import { vaultPaths } from '../../main/vault/vault-paths.ts';
import { notes, put } from '../support/damaged-vault.ts';
import { rememberingDeriveKey } from '../support/quick-vault.ts';
import { longTests, seeded } from '../support/seeded.ts';
import { passwordBytes, type TemporaryVault, temporaryVault } from '../support/temporary-vault.ts';

const chance = seeded('vault-flipped-log-bytes');
const manifestStart = Buffer.from('RNDO\x04\x01', 'latin1');
/** Head, plaintext of the least bucket and tag. */
const manifestLength = 50 + 256 + 16;
let opened: TemporaryVault;
let unlocked: Unlocked;
let [file, log] = [Buffer.alloc(0), Buffer.alloc(0)];
beforeAll(async () => {
  opened = await temporaryVault();
  const { session, vaultDir } = opened;
  const changed = put(session, 'changed');
  put(session, 'stays');
  // Without a value, so that they wait in the log.
  const list = (id: string, text: string) =>
    session.write((transaction) => transaction.putRecord({ id, kind: 'note', meta: { text } }, 'none'));
  list(session.newId(), 'first');
  list(changed, 'changed since');
  list(session.newId(), 'newest');
  const copyDir = join(vaultDir, 'killed');
  mkdirSync(copyDir);
  for (const name of ['vault.rondo', 'vault.rondo-wal', 'vault.rondo.header'])
    cpSync(join(vaultDir, name), join(copyDir, name));
  opened.vault.lock();
  file = readFileSync(join(copyDir, 'vault.rondo'));
  log = readFileSync(join(copyDir, 'vault.rondo-wal'));
  const world = { paths: vaultPaths(copyDir), random: systemRandom, deriveKey: rememberingDeriveKey() };
  unlocked = await unlockVault(world, { type: 'password', secret: passwordBytes() });
});
afterAll(() => {
  closeUnlocked(unlocked);
  opened.dispose();
});

function carve(bytes: Buffer) {
  const own = rowsOfBlobs(unlocked.keys, carveBlobs(unlocked.keys, readPages(file, bytes)));
  return { own, proven: planRepair({ ...notes, keys: unlocked.keys }, own, []).proven };
}

/** Of every row its sealed bytes. */
const sealed = ({ rows }: CarvedRows) =>
  new Map([...rows].map(([key, { blobs }]) => [key, blobs.map((blob) => Buffer.from(blob).toString('hex')).join(' ')]));

test('costs no acknowledged record that still lies whole, and is called proven only where nothing is missing', {
  timeout: 3_600_000,
}, () => {
  const whole = carve(log);
  expect(whole).toMatchObject({ proven: true, own: { orphans: new Map() } });
  expect(whole.own.rows.size).toBe(4);
  const right = sealed(whole.own);
  const newest = log.lastIndexOf(manifestStart);
  expect(newest).toBeGreaterThan(0);
  const seen = { proven: 0, unproven: 0 };
  for (const at of log.keys()) {
    const isOfManifest = at >= newest && at < newest + manifestLength;
    if (!isOfManifest && !longTests && at % 48 !== 0) continue;
    const bytes = Buffer.from(log);
    bytes[at] = (bytes[at] ?? 0) ^ (1 + chance.below(255));
    const where = `byte ${at} of the write-ahead log, seed ${chance.seed}`;
    const { own, proven } = carve(bytes);
    const found = sealed(own);
    for (const [key, { blobs }] of whole.own.rows) {
      const liesWhole = blobs.every((blob) => [file, bytes].some((place) => place.includes(Buffer.from(blob))));
      if (liesWhole) expect(found.get(key), where).toBe(right.get(key));
    }
    if (proven) expect(found, where).toEqual(right);
    if (isOfManifest) expect(proven, where).toBe(false);
    seen[proven ? 'proven' : 'unproven']++;
  }
  expect(seen.proven).toBeGreaterThan(100);
  expect(seen.unproven).toBeGreaterThan(100);
});

// The power goes while a rotation runs. Before each call to CircleCI its journal must be on disk: whatever it had written
// before one of its points is acknowledged there.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectedCore } from '../support/connected-core.ts';
import { type DiskRecorder, recordDisk } from '../support/disk-recorder.ts';
import { cutPower } from '../support/power-cut.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { quickVault, rememberingDeriveKey } from '../support/quick-vault.ts';
import { longTests, seeded } from '../support/seeded.ts';
import { passwordBytes } from '../support/temporary-vault.ts';

const images = longTests ? 20_000 : 2_000;

test(`${images} power cuts in rotations lose no step that was taken`, { timeout: 3_600_000 }, async () => {
  const chance = seeded('rotation-power-cut');
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
  recorder = recordDisk(rondo.vaultDir);
  recorder.acknowledge();
  try {
    for (const token of tokens) await rondo.rotate(token);
    recorder.acknowledge();
  } finally {
    recorder.stop();
  }
  const commits = Math.max(...recorder.events.map((event) => (event.kind === 'acknowledged' ? event.commits : 0)));
  expect(commits, points.join(' ')).toBeGreaterThan(8);

  const vaultDir = mkdtempSync(join(quickRoot(), 'rondo-test-'));
  try {
    const cuts = await cutPower({ events: recorder.events, sequence }, { images, chance, deriveKey, vaultDir });
    expect(cuts.images, 'no two alike').toBe(images);
    expect(cuts.failures).toEqual([]);
    expect(cuts.lost).toEqual([]);
    expect(cuts.early).toBeGreaterThan(0);
  } finally {
    rmSync(vaultDir, { recursive: true, force: true });
  }
});

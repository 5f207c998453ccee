import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const hourMs = 3_600_000;

/** Time passes only when the test says so, also for whoever looks every minute. */
function stillClock() {
  const clock = fakeClock();
  const sleep = (durationMs: number, signal?: AbortSignal) =>
    durationMs === 60_000
      ? new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      : clock.sleep(durationMs, signal);
  return { ...clock, sleep };
}

test('a vault file that was put back goes on with nothing by itself, until a person has decided', async () => {
  const clock = stillClock();
  await using connected = await connectedCore({ clock });
  const { client, core } = connected;
  const lock = async () => expectOk(await client('vault.lock', {}));
  const shown = async (id: string) => expectOk(await client('rotation.show', { id })).rotations[0];
  const path = join(connected.vaultDir, 'vault.rondo');
  const old = await connected.pick({ label: 'danger' });
  const { id, replacement } = await connected.rotate(old, { retire: hourMs, keep: true });
  await lock();
  copyFileSync(path, `${path}.copy`);
  await connected.unlock();
  // Meanwhile it was given up, and the new token deleted.
  expectOk(await client('rotation.abandon', { id, confirm: 'ABANDON' }));
  expectOk(await client('token.delete', { ids: [replacement ?? ''], confirm: 'DELETE' }));
  await connected.rotate(await connected.pick({ label: 'chromatic' }));
  await connected.rotate(await connected.pick({ label: 'nightly-reindex' }));
  await lock();
  copyFileSync(`${path}.copy`, path);
  clock.advance(2 * hourMs);
  const dispose = core.retireWhenDue();

  const asked = connected.between.asked.length;
  await connected.unlock();
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  expect(await shown(id)).toMatchObject({
    state: 'needs-attention',
    decision: 'restored',
    error: { message: expect.stringMatching(/^An older copy of the vault was put in its place/) },
  });
  expect(await connected.resume(), 'nor by whoever means something else').toMatchObject([
    { id, state: 'needs-attention', decision: 'restored' },
  ]);
  expect(connected.between.asked, 'nothing was asked').toHaveLength(asked);
  expect(connected.alive().has(old.remoteId ?? '')).toBe(true);

  // Whoever names it has looked: the new one is gone, and so the old one stays.
  const [ended] = expectOk(await client('rotation.resume', { ids: [id] })).rotations;
  expect(ended?.error?.message).toMatch(/does not list the new token/);
  expect(connected.alive().has(old.remoteId ?? '')).toBe(true);

  // What was decided is not undone by the next unlock, though nobody has accepted the copy yet.
  await lock();
  await connected.unlock();
  expect(await shown(id)).toEqual(ended);
  expect(expectOk(await client('vault.status', {})).vault.mark).toMatchObject({ finding: 'rolled-back' });
  const acts = expectOk(await client('audit.list', {})).entries.map(({ action }) => action);
  expect(acts.filter((action) => action === 'vault.older-copy')).toHaveLength(1);
  dispose();
});

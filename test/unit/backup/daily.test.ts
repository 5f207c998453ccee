import { copyFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backupName } from '../../../main/backup/backup-names.ts';
import { connectedCore } from '../../support/connected-core.ts';
import { expectOk } from '../../support/core-pieces.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { listBackups, reopen } from '../../support/reopen.ts';
import { steppedClock } from '../../support/stepped-clock.ts';
import { temporaryCore } from '../../support/temporary-core.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe('the backup of a day', () => {
  test('is made once a day, after an unlock, of a vault that holds something', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ clock });
    expect(await reopen(connected)).toHaveLength(1);
    expect(await reopen(connected)).toHaveLength(1);
    clock.advance(dayMs);
    expect(await reopen(connected)).toHaveLength(2);
    await using empty = await temporaryCore();
    expectOk(await empty.client('vault.lock', {}));
    expect(await listBackups(empty)).toEqual([]);
  });

  test('is made once a day where Rondo stays open, and none while it is locked', async () => {
    const clock = steppedClock(hourMs);
    await using connected = await connectedCore({ clock });
    const dispose = connected.core.backUpDaily();
    const hours = async (count: number) => {
      clock.standing.advance(count * hourMs);
      await clock.step();
      // Locking waits for what that began.
      expectOk(await connected.client('vault.lock', {}));
      return (await listBackups(connected)).length;
    };
    const before = await hours(0);
    expect(before).toBe(1);
    expect(await hours(24), 'locked').toBe(before);
    await connected.unlock();
    expect(await hours(0), 'after the unlock').toBe(before + 1);
    await connected.unlock();
    expect(await hours(22), 'not a day later').toBe(before + 1);
    await connected.unlock();
    expect(await hours(24), 'open for a day').toBe(before + 2);
    dispose();
  });

  test('that has a time to come, as the clock was wrong once, neither puts off nor takes the place of another', async () => {
    const clock = fakeClock();
    await using connected = await connectedCore({ clock });
    const [{ path } = { path: '' }] = await reopen(connected);
    const toCome = [300, 301, 302, 303, 304, 305, 306, 307, 314, 321, 328].map((day) =>
      backupName(clock.now() + day * dayMs),
    );
    for (const name of toCome) copyFileSync(path, join(dirname(path), name));
    clock.advance(dayMs);
    const names = (await reopen(connected)).map((backup) => basename(backup.path));
    expect(names).toEqual([...toCome.toReversed(), expect.stringMatching(/^2026-11-24T/), basename(path)]);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectFailure, expectOk, password } from '../../support/core-pieces.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { steppedClock } from '../../support/stepped-clock.ts';
import { temporaryCore, unlock } from '../../support/temporary-core.ts';

// Locking waits for what is under way, and takes the page away that would have shown what comes of it.

test.each(['vault.make-recovery-code', 'vault.make-keychain-key'] as const)(
  'a lock that comes before %s has written anything stops it: what opened the vault goes on to do so',
  async (make) => {
    await using temporary = await temporaryCore();
    const { client } = temporary;
    const made = expectOk(await client(make, { password: password() }));
    const making = client(make, { password: password() });
    const locking = client('vault.lock', {});
    expect(expectFailure(await making)).toMatchObject({
      code: 'stopped',
      message: expect.stringMatching(/Nothing was changed\.$/),
    });
    expectOk(await locking);
    expectOk(await client('vault.unlock', made));
    const { entries } = expectOk(await client('audit.list', {}));
    expect(entries.filter(({ action }) => /^vault\.\w+-added$/.test(action))).toHaveLength(1);
    // Once it is open again, it is made as ever.
    expectOk(await client(make, { password: password() }));
  },
);

const graceMs = 5_000;

test.each([
  ['ends before the vault is locked, and it is told that it was replaced', steppedClock(graceMs), true],
  ['is refused where the lock waits no longer, and the vault is as it was', fakeClock(), false],
] as const)('a restore that is under way %s', async (_, clock, isRestored) => {
  await using temporary = await temporaryCore({ clock });
  const { client, vaultDir, events } = temporary;
  const path = join(vaultDir, 'a backup');
  expectOk(await client('backup.create', { path }));
  const restoring = client('backup.restore', { path, password: password(), confirm: 'RESTORE' });
  const locking = client('vault.lock', {});
  const [answer] = await Promise.all([restoring, locking]);
  if (isRestored) expectOk(answer);
  else
    expect(expectFailure(answer)).toMatchObject({ code: 'stopped', message: expect.stringContaining('Nothing was') });
  const told = events.flatMap(({ event, value }) => (event === 'vault.changed' ? (value.lockedBecause ?? []) : []));
  expect(told).toEqual(isRestored ? ['replaced'] : []);
  await unlock(temporary);
  const { entries } = expectOk(await client('audit.list', {}));
  expect(entries.filter(({ action }) => action === 'backup.restored')).toHaveLength(isRestored ? 1 : 0);
  expect(readdirSync(vaultDir).filter((name) => /\.new|replaced/.test(name))).toHaveLength(isRestored ? 2 : 0);
});

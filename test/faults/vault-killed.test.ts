import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVaultChild } from '../support/start-vault-writer.ts';
import { passwordBytes, type TemporaryVault, temporaryVault, vaultIn } from '../support/temporary-vault.ts';

const runs = 64;
let vault: TemporaryVault;
beforeAll(async () => {
  vault = await temporaryVault();
  vault.vault.lock();
});
afterAll(() => vault.dispose());

test(`${runs} writers killed at random moments: everything that was acknowledged is there`, {
  timeout: 180_000,
}, async () => {
  const acknowledged = new Map<string, string>();
  let inFlight = 0;
  for (let run = 0; run < runs; run++) {
    const child = startVaultChild(vault.vaultDir, 'add');
    await child.line('saved');
    // From the middle of the next transaction to some dozens later: a write takes about a millisecond.
    const killAfterMs = Math.random() * 25;
    await new Promise((resolve) => setTimeout(resolve, killAfterMs));
    child.process.kill('SIGKILL');
    for (const line of await child.ended()) {
      const [word, id = '', n = ''] = line.split(' ');
      if (word === 'saved') acknowledged.set(id, n);
    }

    const reopened = vaultIn(vault.vaultDir);
    const session = await reopened.unlock(passwordBytes());
    const where = `run ${run}, killed after ${killAfterMs} ms`;
    expect(session.damaged, where).toEqual([]);
    const records = new Map(session.records('token').map(({ id, meta }) => [id, meta]));
    for (const [id, n] of acknowledged) {
      expect(records.get(id), where).toEqual({ n: Number(n) });
      expect(
        session.withSecret(id, (bytes) => new TextDecoder().decode(bytes).replaceAll('.', '')),
        where,
      ).toBe(`value ${n}`);
    }
    // At most one transaction of each run was under way: there as a whole, or not at all.
    inFlight = records.size - acknowledged.size;
    expect(inFlight, where).toBeLessThanOrEqual(run + 1);
    expect(session.journal().size, where).toBe(records.size);
    expect(session.verifyLog(), where).toEqual({ ok: true, entries: records.size });
    expect(session.verify().ok, where).toBe(true);
    reopened.lock();
  }
  expect(acknowledged.size).toBeGreaterThan(runs);
});

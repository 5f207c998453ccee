import { describe, expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { heldValue } from '../support/expect-replaced.ts';
import { type JobAct, jobProcess } from '../support/job-process.ts';
import { longTests, seeded } from '../support/seeded.ts';

/** Every project token that was there has exactly one successor, whose value the vault holds: asked of the sandbox. */
async function expectAllReplaced(connected: ConnectedCore, before: ReadonlySet<string>, old: ReadonlySet<string>) {
  const now = connected.alive();
  const touched = [...before].filter((id) => !now.has(id));
  expect(new Set(touched)).toEqual(old);
  const fresh = [...now.values()].filter(({ id }) => !before.has(id));
  expect(fresh, 'as many came as went').toHaveLength(old.size);
  const inventory = await connected.tokens();
  for (const token of fresh) {
    const known = inventory.find(({ remoteId }) => remoteId === token.id);
    expect(known, 'nobody else knows it').toMatchObject({ rotatedFrom: expect.any(String), state: 'active' });
    expect(await heldValue(connected, known?.id ?? '')).toBe(token.value);
  }
}

/**
 * All points in a long run; in a usual one the first, one near the end, and three that chance says. Before the first there
 * is no job, and after the last it is done: what the job itself writes is another test's.
 */
function chosen(points: number): readonly number[] {
  const between = points - 2;
  if (longTests) return Array.from({ length: between }, (_, index) => index + 1);
  const chance = seeded('the points that a job is killed at');
  return [1, 1 + chance.below(between / 3), 1 + chance.below(between / 2), 1 + chance.below(between), points - 3];
}

describe.each(['overlap', 'cut-over'] as const)('a job in %s whose process is killed', (mode) => {
  test('anywhere is there afterwards, says how far it came, and ends when it is resumed', {
    timeout: 900_000,
  }, async () => {
    await using connected = await connectedCore({ clock: systemClock });
    const { vaultDir, client } = connected;
    const active = async () =>
      (await connected.tokens()).filter(({ kind, state }) => kind === 'project' && state === 'active');
    const start: JobAct = { start: { filter: { kind: 'project', state: 'active' }, mode } };
    const points = (await jobProcess(vaultDir, start)).points.length;
    expect(points).toBeGreaterThan(100);
    for (const killAt of chosen(points)) {
      const old = new Set((await active()).map(({ remoteId }) => remoteId ?? ''));
      const before = new Set(connected.alive().keys());
      expect((await jobProcess(vaultDir, start, killAt)).job, `killed at ${killAt}`).toBeUndefined();

      const [head] = expectOk(await client('job.list', {})).jobs;
      expect(head).toMatchObject({ state: 'interrupted', total: old.size, counts: { running: 0 } });
      const resumed = await jobProcess(vaultDir, { goOn: 'resume' });
      expect(resumed.job).toMatchObject({ id: head?.id, state: 'done', counts: { done: old.size } });
      await expectAllReplaced(connected, before, old);
    }
    expect(expectOk(await client('audit.verify', {})).ok).toBe(true);
  });
});

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../main/platform/clock.ts';
import { job } from '../../shared/contract/job.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectOk } from '../support/core-pieces.ts';
import { heldValue } from '../support/expect-replaced.ts';
import { longTests, seeded } from '../support/seeded.ts';

const childPath = fileURLToPath(new URL('../../out/test/job-child.mjs', import.meta.url));
const ended = z.object({ points: z.int(), job });

/** Undefined: it was killed. */
function runJob(vaultDir: string, act: 'overlap' | 'cut-over' | 'resume', killAt = -1) {
  const child = spawn(process.execPath, [childPath, vaultDir, act, String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise<z.output<typeof ended> | undefined>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(undefined);
      else if (code === 0) resolve(ended.parse(JSON.parse(output)));
      else reject(new Error(`the child ended with ${code}`));
    });
  });
}

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

/** All points in a long run; in a usual one the first, one near the end, and three that chance says. */
function chosen(points: number): readonly number[] {
  if (longTests) return Array.from({ length: points - 2 }, (_, index) => index);
  const chance = seeded('the points that a job is killed at');
  return [0, chance.below(points / 3), chance.below(points / 2), chance.below(points - 2), points - 3];
}

describe.each(['overlap', 'cut-over'] as const)('a job in %s whose process is killed', (mode) => {
  test('anywhere is there afterwards, says how far it came, and ends when it is resumed', {
    timeout: 300_000,
  }, async () => {
    await using connected = await connectedCore({ clock: systemClock });
    const { vaultDir, client } = connected;
    const active = async () =>
      (await connected.tokens()).filter(({ kind, state }) => kind === 'project' && state === 'active');
    const undisturbed = await runJob(vaultDir, mode);
    const points = undisturbed?.points ?? 0;
    expect(points).toBeGreaterThan(100);
    for (const killAt of chosen(points)) {
      const old = new Set((await active()).map(({ remoteId }) => remoteId ?? ''));
      const before = new Set(connected.alive().keys());
      expect(await runJob(vaultDir, mode, killAt), `killed at ${killAt}`).toBeUndefined();

      const [head] = expectOk(await client('job.list', {})).jobs;
      expect(head).toMatchObject({ state: 'interrupted', total: old.size, counts: { running: 0 } });
      const resumed = await runJob(vaultDir, 'resume');
      expect(resumed?.job).toMatchObject({ id: head?.id, state: 'done', counts: { done: old.size } });
      await expectAllReplaced(connected, before, old);
    }
    expect(expectOk(await client('audit.verify', {})).ok).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import type { RondoEvent } from '../../shared/contract/contract.ts';
import type { Rotation } from '../../shared/contract/rotation.ts';
import { runChild } from '../support/child-run.ts';
import { type ConnectedCore, connectedCore } from '../support/connected-core.ts';
import { expectFailure, expectOk } from '../support/core-pieces.ts';
import type { JobAct } from '../support/job-process.ts';
import { holdRotation, runRotation } from '../support/rotation-run.ts';

/** Real processes over one vault; this one only looks, as a window that stays open. */

/** The number of the point at which a process is about to create. */
async function pointOfCreating(connected: ConnectedCore): Promise<number> {
  const { points } = await runRotation(connected.vaultDir, { start: (await connected.pick({ label: 'fastlane' })).id });
  return points.indexOf('request project.create before');
}

async function standing({ client }: ConnectedCore): Promise<Record<string, [string, string | undefined]>> {
  const { rotations } = expectOk(await client('rotation.list', {}));
  return Object.fromEntries(rotations.map(({ token, state, error }) => [token, [state, error?.code]]));
}

test('a rotation whose process was killed is not said to run while another process rotates', async () => {
  await using connected = await connectedCore({ clock: systemClock });
  const { client, vaultDir } = connected;
  const creating = await pointOfCreating(connected);
  const [cutOff, other] = [await connected.pick({ label: 'danger' }), await connected.pick({ label: 'status badge' })];
  await runRotation(vaultDir, { start: cutOff.id }, creating);
  const held = await holdRotation(vaultDir, { start: other.id }, creating);
  expect(await standing(connected)).toMatchObject({
    [cutOff.id]: ['needs-attention', 'stopped'],
    [other.id]: ['running', undefined],
  });
  const begun = await client('rotation.start', { ids: [cutOff.id], keep: false, dryRun: false });
  expect(expectFailure(begun).message).toMatch(/is open already/);
  const { failed } = expectOk(await client('token.delete', { ids: [cutOff.id, other.id], confirm: 'DELETE' }));
  expect(failed.map(({ error }) => error.message)).toEqual([
    expect.stringMatching(/is open already\. Nothing was deleted\.$/),
    expect.stringMatching(/is being rotated right now\. Nothing was deleted\.$/),
  ]);
  expect((await held.goOn()).states).toBe('done');
});

describe('whoever looks on is told that another process was killed', () => {
  test('while it rotated', async () => {
    await using connected = await connectedCore({ clock: systemClock });
    const creating = await pointOfCreating(connected);
    const { id } = await connected.pick({ label: 'danger' });
    using watch = await watching(connected);
    const standsAt = (state: Rotation['state']) => (event: RondoEvent) =>
      event.event === 'inventory.changed' &&
      event.value.rotations.some((rotation) => rotation.token === id && rotation.state === state);
    const running = watch.until(standsAt('running'));
    const held = await holdRotation(connected.vaultDir, { start: id }, creating);
    await running;
    const cutOff = watch.until(standsAt('needs-attention'));
    await held.kill();
    await cutOff;
  });

  test('while its job waited for CircleCI, and nothing was being rotated', async () => {
    await using connected = await connectedCore({ clock: systemClock });
    const { id } = await connected.pick({ label: 'danger' });
    connected.between.twist = ({ method }, ask) =>
      method === 'POST' ? { status: 429, body: '{}', headers: { 'retry-after': '600' } } : ask();
    using watch = await watching(connected);
    const waiting = watch.until(({ event, value }) => event === 'job.changed' && value.counts.failed === 1);
    const act: JobAct = { start: { ids: [id], mode: 'overlap' } };
    const { child, over } = runChild('job-child', [connected.vaultDir, JSON.stringify(act), '-1']);
    await waiting;
    const cutOff = watch.until(({ event, value }) => event === 'job.changed' && value.state === 'interrupted');
    child.kill('SIGKILL');
    await over;
    await cutOff;
  });
});

/** As a window does: it has read what there is, and hears of what is new. */
async function watching({ client, core }: ConnectedCore) {
  expectOk(await client('inventory.read', {}));
  const dispose = core.watchForeignWrites();
  return {
    until: (holds: (event: RondoEvent) => boolean) =>
      new Promise<void>((resolve) => {
        core.subscribe((event: RondoEvent) => {
          if (holds(event)) resolve();
        });
      }),
    [Symbol.dispose]: dispose,
  };
}

import { describe, expect, test } from 'vitest';
import type { Job } from '../../../../shared/contract/job.ts';
import { type ConnectedCore, connectedCore } from '../../../support/connected-core.ts';
import { expectOk } from '../../../support/core-pieces.ts';
import type { Said } from '../../../support/in-between.ts';
import { waitFor } from '../../../support/job-run.ts';

/** A cut-over job over every project token, on a host that answers creates so. */
async function jobWithout(connected: ConnectedCore, said: Said): Promise<{ job: Job; deleted: number }> {
  const { between, client } = connected;
  const before = connected.alive();
  between.twist = ({ method }, ask) => (method === 'POST' ? said : ask());
  const filter = { kind: 'project', state: 'active' } as const;
  const { job } = expectOk(await client('job.start', { ids: [], filter, mode: 'cut-over', confirm: 'ROTATE' }));
  const ended = await waitFor(connected, job);
  const after = connected.alive();
  return { job: ended, deleted: [...before.keys()].filter((key) => !after.has(key)).length };
}

describe('a job in cut-over whose creates fail', () => {
  test.each<[string, Said]>([
    ['403', { status: 403, body: '{}' }],
    ['400', { status: 400, body: '{}' }],
    ['405', { status: 405, body: '{}' }],
    ['500', { status: 500, body: '{}' }],
    ['429 for ten minutes each', { status: 429, body: '{}', headers: { 'retry-after': '600' } }],
  ])('with %s deletes one token, then pauses and says why', async (_what, said) => {
    await using connected = await connectedCore();
    const { job, deleted } = await jobWithout(connected, said);
    expect(deleted).toBe(1);
    expect(job).toMatchObject({
      state: 'paused',
      error: { message: expect.stringMatching(/An old token is deleted/) },
    });
    expect(job.counts.pending).toBe(job.total - 1);
  });

  test('goes on when it is resumed, with what is stranded first', async () => {
    await using connected = await connectedCore();
    const alive = connected.alive().size;
    const { job } = await jobWithout(connected, { status: 400, body: '{}' });
    connected.between.twist = undefined;
    expectOk(await connected.client('job.retry', { id: job.id }));
    expect(await waitFor(connected, job)).toMatchObject({ state: 'done', counts: { done: job.total } });
    expect(connected.alive().size).toBe(alive);
  });

  test('begins no other while the new one is refused: resumed, it tries that one and pauses again', async () => {
    await using connected = await connectedCore();
    const { job } = await jobWithout(connected, { status: 403, body: '{}' });
    const alive = connected.alive().size;
    const { client } = connected;
    const stranded = job.items.find(({ state }) => state === 'waiting');
    const { project = '' } = await connected.pick({ id: stranded?.token ?? '' });
    const filter = { kind: 'project', state: 'active' } as const;
    const { items } = expectOk(await client('job.preview', { ids: [], filter, mode: 'cut-over' }));
    for (const { token, refusal } of items) {
      expect(refusal?.code, 'known of that project').toBe(token.project === project ? 'forbidden' : undefined);
    }
    expectOk(await client('job.resume', { id: job.id }));
    expect(await waitFor(connected, job)).toMatchObject({
      state: 'paused',
      counts: { pending: job.total - 1, waiting: 1 },
      error: { code: 'forbidden' },
    });
    expect(connected.alive().size).toBe(alive);
  });
});

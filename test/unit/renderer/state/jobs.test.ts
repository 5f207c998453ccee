import { describe, expect, test } from 'vitest';
import { failure, success } from '../../../../shared/contract/result.ts';
import { jobId, sampleJob } from '../../../support/contract-samples.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';

describe('jobs', () => {
  const ids = ['b'.repeat(32), 'c'.repeat(32)];
  const wish = { mode: 'cut-over', retire: 'now', keep: false } as const;
  const begun = sampleJob({ state: 'running' });

  test('several tokens are rotated by one job, with the word that the person gave by saying yes', async () => {
    const { store, asked } = bridge({ ...openVault, 'job.start': () => success({ job: begun }) });
    await store.getState().rotationConfirmed(ids, { ...wish, guided: false });
    expect(asked).toEqual([{ channel: 'job.start', input: { ids, ...wish, confirm: 'ROTATE' } }]);
    expect(store.getState()).toMatchObject({ place: { at: 'job', job: jobId }, openJob: begun });
  });

  test('a job knows no time to delete at: it waits until the values are taken', async () => {
    const { store, asked } = bridge({ ...openVault, 'job.start': () => success({ job: begun }) });
    await store.getState().rotationConfirmed(ids, { mode: 'overlap', retire: 3_600_000, keep: false, guided: false });
    expect(asked[0]?.input).toEqual({ ids, mode: 'overlap', retire: 'taken', keep: false });
  });

  test('one that is refused is told, and nobody is sent anywhere', async () => {
    const refused = { code: 'vault-busy', message: 'The vault is in use.' } as const;
    const { store } = bridge({ ...openVault, 'job.start': () => failure(refused) });
    const { place } = store.getState();
    await store.getState().rotationConfirmed(ids, { ...wish, guided: false });
    expect(store.getState()).toMatchObject({ place, notes: [{ title: 'The vault is in use.' }] });
  });

  test('what is announced is taken over into the list and the one that is open, and locking forgets both', async () => {
    const { store, announce } = bridge({
      ...openVault,
      ...read(1, inventoryOf('one')),
      'job.show': () => success({ job: begun }),
    });
    await store.getState().passwordEntered(new Uint8Array([1]));
    await store.getState().jobAsked(jobId);
    const other = sampleJob({ id: 'f'.repeat(32), startedAt: '2026-11-23T11:00:00.000Z' });
    announce({ event: 'job.changed', revision: 2, value: other });
    announce({ event: 'job.changed', revision: 3, value: sampleJob() });
    expect(store.getState().jobHeads.map(({ id }) => id)).toEqual([other.id, jobId]);
    expect(store.getState().openJob?.state).toBe('done');
    announce({ event: 'vault.changed', revision: 4, value: { path: '/v', exists: true, locked: true } });
    expect(store.getState()).toMatchObject({ jobHeads: [], openJob: undefined });
  });
});

import { describe, expect, test } from 'vitest';
import { wishOf } from '../../../../renderer/screens/job/concern.ts';
import { failure, type Result, success } from '../../../../shared/contract/result.ts';
import { jobId, sampleJob } from '../../../support/contract-samples.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';
import { someToken } from '../../../support/some-token.ts';

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

  test('one that is refused after its plan was closed is told in a note, and nobody is sent anywhere', async () => {
    const refused = { code: 'vault-busy', message: 'The vault is in use.' } as const;
    const { store } = bridge({ ...openVault, ...read(1, inventoryOf('one')), 'job.start': () => failure(refused) });
    await store.getState().passwordEntered(new Uint8Array([1]));
    const { place } = store.getState();
    store.getState().opened({ open: 'plan', ids });
    const confirmed = store.getState().rotationConfirmed(ids, { ...wish, guided: false });
    store.getState().closed();
    expect(await confirmed).toBeUndefined();
    expect(store.getState()).toMatchObject({ place, notes: [{ title: 'The vault is in use.' }] });
  });

  test('one that is refused while its plan is open is said there, and not in a note behind it', async () => {
    const refused = { code: 'vault-busy', message: 'The vault is in use.' } as const;
    const { store } = bridge({ ...openVault, 'job.start': () => failure(refused) });
    store.getState().opened({ open: 'plan', ids });
    expect(await store.getState().rotationConfirmed(ids, { ...wish, guided: false })).toEqual(refused);
    expect(store.getState()).toMatchObject({ overlay: { open: 'plan' }, notes: [] });
  });

  test('one is begun once, however often it is pressed while it begins', async () => {
    const answered = Promise.withResolvers<Result<unknown>>();
    const { store, asked } = bridge({ ...openVault, 'job.start': () => answered.promise });
    const { rotationConfirmed } = store.getState();
    const pressed = [1, 2].map(() => rotationConfirmed(ids, { ...wish, guided: false }));
    answered.resolve(success({ job: begun }));
    await Promise.all(pressed);
    expect(asked).toHaveLength(1);
  });

  test('an incident names the tokens that were shown, and no filter that others fit by then', () => {
    const shown = ids.map((id) => ({
      token: someToken({ id }),
      mode: 'overlap' as const,
      dangers: [],
      stops: 'Nobody notices.',
    }));
    expect(wishOf({ title: ' Lost laptop ', mode: 'overlap' }, shown)).toEqual({
      ids,
      mode: 'overlap',
      retire: 'now',
      keep: false,
      title: 'Lost laptop',
    });
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

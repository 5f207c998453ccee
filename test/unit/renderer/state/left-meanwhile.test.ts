import { describe, expect, test } from 'vitest';
import { failure, type Result, success } from '../../../../shared/contract/result.ts';
import { sampleJob, tokenId } from '../../../support/contract-samples.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';

const busy = failure({ code: 'vault-busy', message: 'The vault is in use.' });
const wish = { mode: 'overlap', retire: 'taken', keep: false, guided: false } as const;
const ids = [tokenId, 'c'.repeat(32)];
const job = sampleJob({ state: 'running', title: 'Lost laptop' });
const other = sampleJob({ id: 'f'.repeat(32) });

/** An open vault that answers when the test says so. */
async function waiting(channel: string) {
  const answered = Promise.withResolvers<Result<unknown>>();
  const world = bridge({
    ...openVault,
    ...read(1, inventoryOf('one')),
    'job.show': () => success({ job: other }),
    [channel]: () => answered.promise,
  });
  await world.store.getState().passwordEntered(new Uint8Array([1]));
  return { ...world, state: world.store.getState, answered };
}

describe('a rotation that does not start', () => {
  test('leads back to where it was asked for, and Esc from there too', async () => {
    const { state, answered } = await waiting('rotation.start');
    state().went({ at: 'home' });
    state().went({ at: 'job', job: job.id });
    const confirmed = state().rotationConfirmed([tokenId], wish);
    answered.resolve(busy);
    await confirmed;
    expect(state()).toMatchObject({ place: { at: 'job' }, trail: [{ at: 'home' }] });
  });

  test('leaves whoever went elsewhere meanwhile where they are', async () => {
    const { state, answered } = await waiting('rotation.start');
    const confirmed = state().rotationConfirmed([tokenId], wish);
    state().went({ at: 'settings' });
    answered.resolve(busy);
    await confirmed;
    expect(state()).toMatchObject({ place: { at: 'settings' }, notes: [{ title: 'The vault is in use.' }] });
  });
});

describe('a job that begins', () => {
  test('after its plan was closed is told in a note, and what is open stays', async () => {
    const { state, answered } = await waiting('job.start');
    state().opened({ open: 'plan', ids });
    state().choiceChanged([...ids, 'f'.repeat(32)]);
    const confirmed = state().rotationConfirmed(ids, wish);
    state().opened({ open: 'palette' });
    answered.resolve(success({ job }));
    expect(await confirmed).toBeUndefined();
    expect(state()).toMatchObject({
      place: { at: 'inventory' },
      overlay: { open: 'palette' },
      openJob: undefined,
      notes: [{ tone: 'plain', title: expect.stringContaining('Lost laptop') }],
    });
    expect([...state().chosen]).toEqual(['f'.repeat(32)]);
  });

  test('after its question was closed as well, where the screen asks and not the store', async () => {
    const { state, answered } = await waiting('job.start');
    state().went({ at: 'incident' });
    const confirmed = state().jobConfirmed({ ids, mode: 'overlap', retire: 'now', keep: false }, () => false);
    answered.resolve(success({ job }));
    expect(await confirmed).toBeUndefined();
    expect(state()).toMatchObject({ place: { at: 'incident' }, notes: [{ tone: 'plain' }] });
  });
});

test('an act on a job that was left does not bring it back', async () => {
  const { state, answered } = await waiting('job.pause');
  const pressed = state().jobPressed('pause', job.id);
  await state().jobAsked(other.id);
  answered.resolve(success({ job: { ...job, state: 'paused' } }));
  await pressed;
  expect(state().openJob?.id).toBe(other.id);
});

test('nor does a job that is told late, after another was asked for', async () => {
  const late = Promise.withResolvers<Result<unknown>>();
  const answers = [late.promise, Promise.resolve(success({ job: other }))];
  const { store } = bridge({
    ...openVault,
    ...read(1, inventoryOf('one')),
    'job.show': () => answers.shift() ?? busy,
  });
  await store.getState().passwordEntered(new Uint8Array([1]));
  const first = store.getState().jobAsked(job.id);
  await store.getState().jobAsked(other.id);
  late.resolve(success({ job }));
  await first;
  expect(store.getState().openJob?.id).toBe(other.id);
});

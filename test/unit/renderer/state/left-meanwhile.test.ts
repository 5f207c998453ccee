import { describe, expect, test } from 'vitest';
import { failure, type Result, success } from '../../../../shared/contract/result.ts';
import { sampleJob, sampleRotation, tokenId } from '../../../support/contract-samples.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';

const busy = failure({ code: 'vault-busy', message: 'The vault is in use.' });
const inUse = { code: 'vault-busy', message: 'The vault is in use.', hint: 'Wait.' } as const;
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

describe('a rotation that is given up', () => {
  const confirmed = async (isStillAsked: boolean) => {
    const { state, asked, answered } = await waiting('rotation.abandon');
    const given = state().givenUp('d'.repeat(32), () => isStillAsked);
    return { state, asked, given, answer: answered.resolve };
  };

  test('or not, is for its question to say while that is asked', async () => {
    const { state, asked, given, answer } = await confirmed(true);
    expect(asked.at(-1)).toEqual({ channel: 'rotation.abandon', input: { id: 'd'.repeat(32), confirm: 'ABANDON' } });
    answer(failure(inUse));
    expect(await given).toEqual(inUse);
    expect(state().notes).toEqual([]);
    const { state: done, given: doneGiven, answer: ends } = await confirmed(true);
    ends(success({ rotations: [] }));
    expect(await doneGiven).toBeUndefined();
    expect(done().notes).toEqual([]);
  });

  test('or not, after its question was closed, is told in a note', async () => {
    const { state, given, answer } = await confirmed(false);
    answer(failure(inUse));
    expect(await given).toBeUndefined();
    expect(state().notes).toMatchObject([{ tone: 'danger', title: 'The vault is in use.', text: 'Wait.' }]);
  });

  test.each([
    ['abandoned', /was given up\.$/],
    ['done', /is replaced\.$/],
  ] as const)('and was %s, is told as it ended', async (ended, title) => {
    const { state, given, answer } = await confirmed(false);
    answer(success({ rotations: [sampleRotation({ id: 'd'.repeat(32), state: ended })] }));
    await given;
    expect(state().notes).toMatchObject([{ tone: 'plain', title: expect.stringMatching(title) }]);
  });
});

describe('a value that was pasted for a rotation', () => {
  const pasted = async (isStillThere: boolean) => {
    const { state, announce, answered } = await waiting('rotation.resume');
    const value = new Uint8Array([1, 2]);
    const said = state().byHandSaid('d'.repeat(32), { value }, () => isStillThere);
    return { state, announce, said, value, answer: answered.resolve };
  };

  test('and does not hold, is for its field to say', async () => {
    const { state, said, value, answer } = await pasted(true);
    answer(failure(inUse));
    expect(await said).toEqual(inUse);
    expect(state().notes).toEqual([]);
    expect(value).toEqual(new Uint8Array(2));
  });

  test('and does not hold, is told in a note to whoever has left: nothing has it any more', async () => {
    const { state, said, answer } = await pasted(false);
    answer(failure(inUse));
    expect(await said).toBeUndefined();
    const text = expect.stringMatching(/^Wait\. The rotation of \w+ waits as before\. .*paste it there again\.$/);
    expect(state().notes).toMatchObject([{ tone: 'danger', title: 'The vault is in use.', text }]);
  });

  test('and does not hold, is not told at the door', async () => {
    const { state, announce, said, answer } = await pasted(false);
    announce({ event: 'vault.changed', revision: 2, value: { path: '/v', exists: true, locked: true } });
    answer(failure(inUse));
    await said;
    expect(state().notes).toEqual([]);
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

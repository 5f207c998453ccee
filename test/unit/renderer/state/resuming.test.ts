import { describe, expect, test } from 'vitest';
import { failure, type Result, success } from '../../../../shared/contract/result.ts';
import type { Step } from '../../../../shared/contract/rotation.ts';
import { sampleRotation } from '../../../support/contract-samples.ts';
import { bridge, inventoryOf, read } from '../../../support/page-store.ts';
import { someToken } from '../../../support/some-token.ts';

const busy = { code: 'vault-busy', message: 'The vault is in use.' } as const;
const refused = { code: 'stopped', message: 'Rondo was asked to stop.' } as const;
const ids = ['a'.repeat(32), 'b'.repeat(32)] as const;

/** A page whose core answers a resume when the test says so. */
function resuming() {
  const answered = Promise.withResolvers<Result<unknown>>();
  const page = bridge({
    'rotation.resume': () => answered.promise,
    'token.taken': () => success({ token: someToken() }),
    ...read(1, inventoryOf()),
  });
  const resumed = () => page.asked.filter(({ channel }) => channel === 'rotation.resume').map(({ input }) => input);
  return { ...page, resumed, answer: answered.resolve };
}

describe('rotations that are gone on with', () => {
  test('are asked for once, however often it is pressed, until that is answered', async () => {
    const { store, resumed, answer } = resuming();
    const pressed = [ids.slice(0, 1), ids.slice(0, 1), ids].map((some) => store.getState().resumePressed(some));
    expect(store.getState().resuming).toEqual(new Set(ids));
    answer(success({ rotations: [] }));
    await Promise.all(pressed);
    expect(resumed()).toEqual([{ ids: [ids[0]] }, { ids: [ids[1]] }]);
    expect(store.getState().resuming).toEqual(new Set());
    await store.getState().resumePressed(ids.slice(0, 1));
    expect(resumed()).toHaveLength(3);
  });

  test('and are refused say why', async () => {
    const { store, answer } = resuming();
    const pressed = store.getState().resumePressed(ids);
    answer(failure(busy));
    await pressed;
    expect(store.getState().notes).toMatchObject([{ title: busy.message }]);
  });

  test.each([
    ['nothing where the vault is in use: they go on by themselves', busy, []],
    ['why else they do not', refused, [{ title: refused.message }]],
  ])('once their value is taken say %s', async (_what, why, notes) => {
    const { store, resumed, answer } = resuming();
    const { finishedAt: _open, receipt: _none, ...open } = sampleRotation({ state: 'waiting' });
    const replacement = 'd'.repeat(32);
    const steps: Step[] = [{ name: 'retire-old', state: 'waiting', detail: 'for the new value to be taken' }];
    const waiting = { ...open, replacement, retire: 'taken', steps };
    store.setState({ rotations: new Map([[waiting.id, waiting]]) });
    expect(await store.getState().takenPressed(replacement)).toBeUndefined();
    expect(resumed()).toEqual([{ ids: [waiting.id] }]);
    answer(failure(why));
    await expect.poll(() => store.getState().resuming.size).toBe(0);
    expect(store.getState().notes).toMatchObject(notes);
  });
});

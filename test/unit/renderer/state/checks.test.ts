import { expect, test } from 'vitest';
import { failure, type Result, success } from '../../../../shared/contract/result.ts';
import type { TokenCheck } from '../../../../shared/contract/token.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';

const labels = ['one', 'two', 'three', 'four'];

/** An open vault where every held value is being checked. */
async function checking() {
  const inventory = inventoryOf(...labels);
  const answered = Promise.withResolvers<Result<unknown>>();
  const world = bridge({ ...openVault, ...read(1, inventory), 'token.check': () => answered.promise });
  await world.store.getState().passwordEntered(new Uint8Array([1]));
  const done = world.store.getState().checkAllPressed();
  const answer = async (...states: TokenCheck['state'][]) => {
    const checks = states.map((state, index) => ({ id: inventory.tokens[index]?.id, state, reason: `why ${index}` }));
    answered.resolve(success({ checks }));
    await done;
  };
  return { ...world, inventory, answered, done, answer, notes: () => world.store.getState().notes };
}

test('says that it asks, once, and then how many work', async () => {
  const { store, asked, notes, answer, inventory } = await checking();
  expect(notes()).toMatchObject([{ tone: 'plain', title: 'CircleCI is asked about every held value.' }]);
  await store.getState().checkAllPressed();
  expect(asked.filter(({ channel }) => channel === 'token.check')).toEqual([
    { channel: 'token.check', input: { ids: [] } },
  ]);
  await answer('works', 'works');
  expect(notes()).toMatchObject([{ tone: 'plain', title: '2 work.' }]);
  const [first] = inventory.tokens;
  expect(first && store.getState().checks.get(first.id)).toMatchObject({ is: 'answered', check: { state: 'works' } });
});

test('names those that are refused, that could not be checked and that were not', async () => {
  const { notes, answer } = await checking();
  await answer('refused', 'works', 'failed', 'not-checked');
  expect(notes()).toMatchObject([
    {
      tone: 'danger',
      title: '1 works, 1 is refused: one.',
      text: '1 could not be checked: three (why 2). 1 was not checked: four (why 3).',
    },
  ]);
});

test('where no value is held, says so', async () => {
  const { notes, answer } = await checking();
  await answer();
  expect(notes()).toMatchObject([{ tone: 'plain', title: 'No value is held here, so nothing was checked.' }]);
});

test('a failure takes the place of the question', async () => {
  const { notes, answered, done } = await checking();
  answered.resolve(failure({ code: 'vault-busy', message: 'The vault is in use.' }));
  await done;
  expect(notes()).toMatchObject([{ tone: 'danger', title: 'The vault is in use.' }]);
});

test('after a lock nothing is said: a note has names', async () => {
  const { store, notes, answer, announce } = await checking();
  announce({ event: 'vault.changed', revision: 2, value: { path: '/v', exists: true, locked: true } });
  await answer('refused');
  expect(notes()).toEqual([]);
  expect(store.getState().checks.size).toBe(0);
});

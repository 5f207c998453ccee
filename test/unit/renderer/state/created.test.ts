import { expect, test } from 'vitest';
import { type Result, success } from '../../../../shared/contract/result.ts';
import { sampleToken } from '../../../support/contract-samples.ts';
import { bridge, inventoryOf, openVault } from '../../../support/page-store.ts';

const token = sampleToken();
const wanted = { kind: 'project', account: token.account, project: 'gh/acme/web', scope: 'admin' } as const;

async function creating(known: readonly (typeof token)[]) {
  let answer: Result<unknown> = success({ revision: 1, inventory: inventoryOf() });
  const { store } = bridge({
    ...openVault,
    'inventory.read': () => answer,
    'token.create-project': () => {
      answer = success({ revision: 2, inventory: { ...inventoryOf(), tokens: known } });
      return success({ token });
    },
  });
  await store.getState().passwordEntered(new Uint8Array([1]));
  store.getState().searched('something else');
  store.getState().filtered({ kind: 'personal' });
  store.getState().opened({ open: 'create', kind: 'project' });
  await store.getState().tokenCreated({ ...wanted, label: token.label, keep: false });
  return store.getState();
}

test('a new token is in sight, whatever the list was narrowed to', async () => {
  const state = await creating([token]);
  expect(state).toMatchObject({ cursor: token.id, search: '', filter: { kind: 'any' }, overlay: { open: 'take' } });
});

test('one that the inventory does not tell of opens no dialog about nothing', async () => {
  const state = await creating([]);
  expect(state).toMatchObject({ overlay: { open: 'none' }, notes: [{ title: expect.stringContaining(token.label) }] });
});

import { expect, test } from 'vitest';
import { failure, success } from '../../../../shared/contract/result.ts';
import { bridge } from '../../../support/page-store.ts';

const off = () => success({ keychain: { state: 'off' } });
const removed = {
  'vault.remove-way': () => success({}),
  'vault.ways': () => success({ recovery: false, keychain: false }),
};

/** What the settings would say at any moment: that what the keychain keeps opens nothing. */
function watched(answers: Parameters<typeof bridge>[0]) {
  const { store } = bridge(answers);
  store.setState({
    ways: { is: 'read', recovery: false, keychain: true },
    keychain: { is: 'read', keychain: { state: 'on' } },
  });
  const seen: boolean[] = [];
  store.subscribe(({ ways, keychain: view }) => {
    seen.push(view.is === 'read' && view.keychain.state === 'on' && ways.is === 'read' && !ways.keychain);
  });
  return { store, seen };
}

test('turning the keychain off never looks outdated on the way', async () => {
  const { store, seen } = watched({ ...removed, 'keychain.forget': off });
  expect(await store.getState().keychainTurnedOff(new Uint8Array([1]))).toBeUndefined();
  expect(store.getState()).toMatchObject({ keychain: { keychain: { state: 'off' } }, ways: { keychain: false } });
  expect(seen).not.toContain(true);
});

test('where what it kept stays, the vault has no such way any more all the same', async () => {
  const error = { code: 'storage', message: 'could not be removed.' } as const;
  const { store, seen } = watched({ ...removed, 'keychain.forget': () => failure(error) });
  expect(await store.getState().keychainTurnedOff(new Uint8Array([1]))).toMatchObject(error);
  expect(seen.at(-1)).toBe(true);
});

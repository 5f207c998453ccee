import { describe, expect, test } from 'vitest';
import { failure, type Result, success } from '../../../../shared/contract/result.ts';
import { sampleAccount } from '../../../support/contract-samples.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';
import { inDays } from '../../../support/some-token.ts';

describe('an inventory that cannot be read', () => {
  const damaged = { code: 'vault-damaged', message: 'The vault is damaged. Nothing was changed.' } as const;

  test('is a failure of its own, until it can be', async () => {
    let answer: Result<unknown> = failure(damaged);
    const { store } = bridge({ ...openVault, 'inventory.read': () => answer });
    await store.getState().passwordEntered(new Uint8Array([1]));
    expect(store.getState()).toMatchObject({ inventory: { is: 'failed', failure: damaged }, notes: [] });
    answer = success({ revision: 1, inventory: inventoryOf('one') });
    await store.getState().inventoryOpened();
    expect(store.getState().inventory).toMatchObject({ is: 'read', value: { tokens: [{ label: 'one' }] } });
  });

  test('leaves what was read before, with a note', async () => {
    let answer: Result<unknown> = success({ revision: 1, inventory: inventoryOf('one') });
    const { store } = bridge({ ...openVault, 'inventory.read': () => answer });
    await store.getState().passwordEntered(new Uint8Array([1]));
    answer = failure(damaged);
    await store.getState().inventoryAsked();
    expect(store.getState().inventory).toMatchObject({ is: 'read', value: { tokens: [{ label: 'one' }] } });
    expect(store.getState().notes).toMatchObject([{ title: damaged.message }]);
  });
});

describe('a vault that is created', () => {
  /** At its first run; what announces itself while the vault is created is heard before the answer. */
  function atFirstRun(unlock: () => Result<unknown>, created?: Result<unknown>) {
    const seen: string[] = [];
    const vault = { path: '/v', exists: true, locked: true };
    const world = bridge({
      ...openVault,
      ...read(1, inventoryOf()),
      'vault.create': () => {
        world.announce({ event: 'vault.changed', revision: 1, value: vault });
        seen.push(world.store.getState().vault.is);
        return created ?? success({ vault });
      },
      'vault.status': () => success({ vault }),
      'vault.unlock': unlock,
    });
    world.store.setState({ vault: { is: 'missing', path: '/v' } });
    return { ...world, seen };
  }

  test('is not called locked before it is open', async () => {
    const { store, seen } = atFirstRun(openVault['vault.unlock']);
    expect(await store.getState().passwordChosen(new Uint8Array([1]))).toBeUndefined();
    expect(seen).toEqual(['missing']);
    expect(store.getState().vault.is).toBe('open');
  });

  test('and does not open, has a door that says why', async () => {
    const why = { code: 'storage', message: 'No memory for the key. Nothing was lost.' } as const;
    const { store } = atFirstRun(() => failure(why));
    await store.getState().passwordChosen(new Uint8Array([1]));
    expect(store.getState()).toMatchObject({
      vault: { is: 'locked', path: '/v' },
      entry: { at: 'refused', failure: why },
    });
  });

  test('by somebody else meanwhile, has a door too', async () => {
    const there = { code: 'refused', message: 'There is a vault already.' } as const;
    const { store } = atFirstRun(openVault['vault.unlock'], failure(there));
    expect(await store.getState().passwordChosen(new Uint8Array([1]))).toEqual(there);
    expect(store.getState()).toMatchObject({ vault: { is: 'locked', path: '/v' }, entry: { at: 'idle' } });
  });
});

describe('a vault with damage', () => {
  const vault = { path: '/v', exists: true, locked: false };
  const report = { damaged: [{ kind: 'token', id: 'a'.repeat(32), reason: 'x', remedy: 'repair' }], proven: true };

  test.each([
    ['a password', 'passwordEntered'],
    ['the keychain', 'keychainPressed'],
    ['a page that finds it open', 'windowOpened'],
  ] as const)('opened by %s, says so while the accounts are still being read', async (_, act) => {
    const stale = { ...inventoryOf(), accounts: [sampleAccount({ lastSyncAt: inDays(-1) })] };
    const synced = Promise.withResolvers<Result<unknown>>();
    const asksToSync = Promise.withResolvers<void>();
    const { store } = bridge({
      ...openVault,
      ...read(1, stale),
      'window.read': () => success({ vault }),
      'vault.status': () => success({ vault }),
      'vault.unlock': () => success({ vault, damaged: report.damaged }),
      'vault.damage': () => success(report),
      'keychain.unlock': () => success({}),
      'sync.run': () => {
        asksToSync.resolve();
        return synced.promise;
      },
    });
    if (act !== 'windowOpened') store.setState({ vault: { is: 'locked', path: '/v' } });
    const opening = store.getState()[act](new Uint8Array([1]));
    await asksToSync.promise;
    await expect.poll(() => store.getState().damage).toMatchObject({ is: 'found', report });
    expect(store.getState().sync.is).toBe('running');
    synced.resolve(failure({ code: 'locked', message: 'The vault is locked.' }));
    await opening;
  });
});

test('what refused one way in is not said of another', async () => {
  const wrong = failure({ code: 'wrong-password', message: 'The password is wrong.' });
  const { store } = bridge({ 'vault.unlock': () => wrong });
  await store.getState().passwordEntered(new Uint8Array([1]));
  expect(store.getState().entry.at).toBe('refused');
  store.getState().otherWayPressed();
  expect(store.getState().entry).toEqual({ at: 'idle' });
});

test('a key that is being derived goes on when another way is chosen', () => {
  const { store } = bridge({});
  store.setState({ entry: { at: 'deriving' } });
  store.getState().otherWayPressed();
  expect(store.getState().entry).toEqual({ at: 'deriving' });
});

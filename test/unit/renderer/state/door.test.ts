import { describe, expect, test } from 'vitest';
import { failure, type Result, success } from '../../../../shared/contract/result.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';

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

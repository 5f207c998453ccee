import { expect, test } from 'vitest';
import { success } from '../../../../shared/contract/result.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';

test('damage that an unlock told of is looked at more closely, and goes with the lock', async () => {
  const damaged = [{ id: 'a'.repeat(32), kind: 'record', reason: 'does not open' }];
  const report = { damaged: [{ ...damaged[0], remedy: 'set-aside' }], proven: false };
  const { store, announce } = bridge({
    ...openVault,
    ...read(1, inventoryOf('one')),
    'vault.unlock': () => success({ vault: { path: '/v', exists: true, locked: false }, damaged }),
    'vault.damage': () => success(report),
  });
  await store.getState().passwordEntered(new Uint8Array([1]));
  expect(store.getState().damage).toEqual({ is: 'found', report });
  announce({ event: 'vault.changed', revision: 2, value: { path: '/v', exists: true, locked: true } });
  expect(store.getState().damage).toEqual({ is: 'none' });
});

test('a repair that finds nothing damaged any more locks nothing, and what was told of is gone', async () => {
  const { store, asked } = bridge({ 'vault.repair': () => success({ damaged: [], proven: true }) });
  store.setState({
    vault: { is: 'open', path: '/v' },
    damage: { is: 'found', report: { damaged: [], proven: false } },
  });
  expect(await store.getState().vaultRepaired({ confirm: 'REPAIR' })).toBeUndefined();
  expect(store.getState()).toMatchObject({ vault: { is: 'open' }, damage: { is: 'none' } });
  expect(asked.map(({ channel }) => channel)).toEqual(['vault.repair']);
});

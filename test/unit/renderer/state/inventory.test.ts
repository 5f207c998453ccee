import { describe, expect, test } from 'vitest';
import { type Result, success } from '../../../../shared/contract/result.ts';
import { accountId, sampleAccount, tokenId } from '../../../support/contract-samples.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';
import { someToken } from '../../../support/some-token.ts';

const report = { accounts: 1, projects: 1, tokens: 1, added: 0, changed: 0, gone: 0, failed: [] };

describe('what is added while a sync runs', () => {
  /** An open vault whose syncs end when the test says so; one is running. */
  async function syncing() {
    const ends: (() => void)[] = [];
    const world = bridge({
      ...openVault,
      ...read(1, inventoryOf()),
      'account.add': () => success({ account: sampleAccount() }),
      'project.add': () => success({ projects: [] }),
      'sync.run': () => new Promise<Result<unknown>>((resolve) => ends.push(() => resolve(success({ sync: report })))),
    });
    await world.store.getState().passwordEntered(new Uint8Array([1]));
    const { syncPressed, syncNeeded } = world.store.getState();
    let needed = 0;
    world.store.setState({
      syncNeeded: () => {
        needed += 1;
        return syncNeeded();
      },
    });
    const first = syncPressed();
    const end = async () => {
      await expect.poll(() => ends.length).toBe(1);
      ends.shift()?.();
    };
    const isNeeded = (times: number) => expect.poll(() => needed).toBe(times);
    const amount = () => world.asked.filter(({ channel }) => channel === 'sync.run').length;
    return { ...world, first, end, isNeeded, amount };
  }

  test('is read by one more, because the one that runs was begun without it', async () => {
    const { store, end, isNeeded, amount } = await syncing();
    const account = store.getState().accountPasted({ host: 'https://circleci.com' }, new Uint8Array([1]));
    const project = store.getState().projectsAdded(['gh/acme/web'], accountId);
    await isNeeded(2);
    expect(amount()).toBe(1);
    await end();
    await end();
    expect(await Promise.all([account, project])).toEqual([undefined, undefined]);
    expect(amount()).toBe(2);
    expect(store.getState().sync.is).toBe('idle');
  });

  test('is not asked for once the vault is locked', async () => {
    const { store, announce, end, isNeeded, amount } = await syncing();
    const account = store.getState().accountPasted({ host: 'https://circleci.com' }, new Uint8Array([1]));
    await isNeeded(1);
    announce({ event: 'vault.changed', revision: 2, value: { path: '/v', exists: true, locked: true } });
    await end();
    await account;
    expect(amount()).toBe(1);
  });

  test('and a sync that is pressed again is the same one', async () => {
    const { store, first, end, amount } = await syncing();
    expect(await store.getState().syncPressed()).toBeUndefined();
    await end();
    expect(await first).toEqual(report);
    expect(amount()).toBe(1);
  });
});

describe('an inventory that lacks what was there', () => {
  async function reading() {
    const inventory = { ...inventoryOf('one', 'two', 'three'), accounts: [sampleAccount()] };
    const world = bridge({ ...openVault, ...read(1, inventory) });
    world.store.setState({ vault: { is: 'open', path: '/v' } });
    await world.store.getState().inventoryAsked();
    return { ...world, inventory };
  }

  test('shows all accounts once the one that the list is narrowed to is removed', async () => {
    const { store, announce, inventory } = await reading();
    store.getState().filtered({ account: accountId, kind: 'project' });
    announce({ event: 'inventory.changed', revision: 2, value: inventory });
    expect(store.getState().filter).toMatchObject({ account: accountId, kind: 'project' });
    announce({ event: 'inventory.changed', revision: 3, value: { ...inventory, accounts: [] } });
    expect(store.getState().filter).toMatchObject({ account: 'any', kind: 'project' });
  });

  test('takes what is gone out of the choice, and leaves one that was gone when it was chosen', async () => {
    const { store, announce, inventory } = await reading();
    const past = someToken({ state: 'gone' });
    const before = { ...inventory, tokens: [...inventory.tokens, past] };
    announce({ event: 'inventory.changed', revision: 2, value: before });
    const [one, two, three] = before.tokens;
    if (one === undefined || two === undefined || three === undefined) throw new Error('three are there');
    store.getState().choiceChanged([one.id, two.id, three.id, past.id]);
    const tokens = [one, { ...two, state: 'gone' as const }, past];
    announce({ event: 'inventory.changed', revision: 3, value: { ...before, tokens } });
    expect([...store.getState().chosen]).toEqual([one.id, past.id]);
  });

  test('closes the dialog that takes the value of a token that is gone, and no other', async () => {
    const { store, announce, inventory } = await reading();
    const [one] = inventory.tokens;
    if (one === undefined) throw new Error('one is there');
    store.getState().opened({ open: 'take', token: one.id });
    announce({ event: 'inventory.changed', revision: 2, value: inventory });
    expect(store.getState().overlay.open).toBe('take');
    announce({ event: 'inventory.changed', revision: 3, value: inventoryOf('other') });
    expect(store.getState().overlay.open).toBe('none');
    store.getState().opened({ open: 'delete', ids: [tokenId] });
    announce({ event: 'inventory.changed', revision: 4, value: inventoryOf() });
    expect(store.getState().overlay.open).toBe('delete');
  });

  test('leads the cursor from a token that was replaced to what replaced it, once', async () => {
    const { store, announce, inventory } = await reading();
    const [one, two, fresh] = inventory.tokens;
    if (one === undefined || two === undefined || fresh === undefined) throw new Error('three are there');
    const replaced = { ...one, state: 'revoked' as const, rotatedTo: fresh.id };
    store.getState().cursorMoved({ cursor: two.id, head: undefined });
    const after = { ...inventory, tokens: [replaced, two, fresh] };
    announce({ event: 'inventory.changed', revision: 2, value: after });
    expect(store.getState().cursor, 'it is on another one').toBe(two.id);
    announce({ event: 'inventory.changed', revision: 3, value: inventory });
    store.getState().cursorMoved({ cursor: one.id, head: undefined });
    announce({ event: 'inventory.changed', revision: 4, value: after });
    expect(store.getState().cursor).toBe(fresh.id);
    store.getState().cursorMoved({ cursor: one.id, head: undefined });
    announce({ event: 'inventory.changed', revision: 5, value: after });
    expect(store.getState().cursor, 'somebody looks at the old one').toBe(one.id);
  });
});

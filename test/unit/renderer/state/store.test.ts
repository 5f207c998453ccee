import { describe, expect, test } from 'vitest';
import { unlockWaitMs } from '../../../../renderer/state/door.ts';
import { stoodAt } from '../../../../renderer/state/stood.ts';
import { rotationText } from '../../../../renderer/text/rotation.ts';
import { failure, type Result, success } from '../../../../shared/contract/result.ts';
import { sampleRotation } from '../../../support/contract-samples.ts';
import { someMorning } from '../../../support/fake-clock.ts';
import { bridge, inventoryOf, openVault, read } from '../../../support/page-store.ts';
import { someToken } from '../../../support/some-token.ts';

type Store = ReturnType<typeof bridge>['store'];

const labels = (store: Store) => {
  const { inventory } = store.getState();
  return inventory.is === 'read' ? inventory.value.tokens.map(({ label }) => label) : undefined;
};

describe('the inventory', () => {
  test('an event that is older than the snapshot is not applied, a newer one is', async () => {
    const { store, announce } = bridge({ ...openVault, ...read(7, inventoryOf('seven')) });
    await store.getState().passwordEntered(new Uint8Array([1]));
    announce({ event: 'inventory.changed', revision: 6, value: inventoryOf('six') });
    expect(labels(store)).toEqual(['seven']);
    announce({ event: 'inventory.changed', revision: 8, value: inventoryOf('eight') });
    expect(labels(store)).toEqual(['eight']);
  });

  test('a newer event during the reading wins over the older snapshot', async () => {
    const world = bridge({
      ...openVault,
      'inventory.read': () => {
        world.announce({ event: 'inventory.changed', revision: 9, value: inventoryOf('nine') });
        return success({ revision: 8, inventory: inventoryOf('eight') });
      },
    });
    await world.store.getState().passwordEntered(new Uint8Array([1]));
    expect(labels(world.store)).toEqual(['nine']);
  });
});

describe('an inventory that cannot be read', () => {
  const damaged = { code: 'vault-damaged', message: 'The vault is damaged. Nothing was changed.' } as const;

  test('is a failure of its own, until it can be', async () => {
    let answer: Result<unknown> = failure(damaged);
    const { store } = bridge({ ...openVault, 'inventory.read': () => answer });
    await store.getState().passwordEntered(new Uint8Array([1]));
    expect(store.getState()).toMatchObject({ inventory: { is: 'failed', failure: damaged }, notes: [] });
    answer = success({ revision: 1, inventory: inventoryOf('one') });
    await store.getState().inventoryOpened();
    expect(labels(store)).toEqual(['one']);
  });

  test('leaves what was read before, with a note', async () => {
    let answer: Result<unknown> = success({ revision: 1, inventory: inventoryOf('one') });
    const { store } = bridge({ ...openVault, 'inventory.read': () => answer });
    await store.getState().passwordEntered(new Uint8Array([1]));
    answer = failure(damaged);
    await store.getState().inventoryAsked();
    expect(labels(store)).toEqual(['one']);
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

test.each([
  ['a password', (store: Store) => store.getState().passwordEntered(new Uint8Array([1]))],
  ['the keychain', (store: Store) => store.getState().keychainPressed()],
  ['a page that finds it open', (store: Store) => store.getState().windowOpened()],
])(
  'opened by %s, files that others have rights to are told with what to do, and known to the settings',
  async (_, open) => {
    const vault = { path: '/v', exists: true, locked: false, exposed: ['/v/1', '/v/2', '/v/3', '/v/4', '/v/5'] };
    const { store } = bridge({
      ...read(1, inventoryOf()),
      'window.count': () => success({}),
      'window.read': () => success({ vault }),
      'vault.unlock': () => success({ vault, damaged: [] }),
      'vault.status': () => success({ vault }),
      'vault.damage': () => success({ damaged: [] }),
      'keychain.unlock': () => success({}),
    });
    store.setState({ vault: { is: 'locked', path: '/v' } });
    await open(store);
    expect(store.getState()).toMatchObject({
      vault: { is: 'open', path: '/v', exposed: vault.exposed },
      notes: [
        {
          tone: 'warn',
          title: expect.stringContaining('rights to /v/1, /v/2, /v/3 and 2 more'),
          text: expect.stringContaining('folder of your own'),
        },
      ],
    });
  },
);

describe('the lock', () => {
  test('locking forgets names, search and dialogs; how many need somebody was told before', async () => {
    const { store, asked, announce } = bridge({ ...openVault, ...read(1, inventoryOf('secret-name')) });
    await store.getState().passwordEntered(new Uint8Array([1]));
    store.getState().searched('secret-name');
    store.getState().opened({ open: 'palette' });
    store.getState().noteShown({ tone: 'danger', title: 'about secret-name' });
    announce({ event: 'vault.changed', revision: 2, value: { path: '/v', exists: true, locked: true } });
    expect(JSON.stringify(store.getState())).not.toContain('secret-name');
    expect(store.getState()).toMatchObject({
      vault: { is: 'locked' },
      overlay: { open: 'none' },
    });
    expect(asked).toContainEqual({ channel: 'window.count', input: { need: 0, due: 0, waiting: 0 } });
  });

  test('a core that ended takes everything with it, also without a word of its own', async () => {
    const { store, announce } = bridge({ ...openVault, ...read(1, inventoryOf('one')) });
    await store.getState().passwordEntered(new Uint8Array([1]));
    const door = {
      core: 'starting',
      lockedBecause: 'core-ended',
      wrongTries: 0,
      version: '1',
      runtime: 'test',
    } as const;
    announce({ event: 'door.changed', revision: 1, value: door });
    expect(store.getState()).toMatchObject({ vault: { is: 'locked' }, inventory: { is: 'unread' }, door });
  });

  test('where one stood is told as ids, and a fresh page begins there', async () => {
    const stands = ['rotation', 'settings'].map((at) => ({ at, cursor: 'c'.repeat(32) }));
    for (const stood of [{ ...stands[0], token: 'a'.repeat(32), rotation: 'b'.repeat(32) }, stands[1]]) {
      const window = {
        door: { core: 'ready' },
        settings: {},
        clipboard: {},
        vault: { path: '/v', exists: true },
        stood,
      };
      const status = { vault: { path: '/v', exists: true, locked: true } };
      const { store } = bridge({ 'window.read': () => success(window), 'vault.status': () => success(status) });
      await store.getState().windowOpened();
      expect(store.getState().vault).toMatchObject({ is: 'locked' });
      expect(stoodAt(store.getState())).toEqual(stood);
    }
  });

  test('what is announced while locked is not taken in', async () => {
    const { store, announce } = bridge({ ...openVault, ...read(1, inventoryOf('one')) });
    await store.getState().passwordEntered(new Uint8Array([1]));
    announce({ event: 'vault.changed', revision: 2, value: { path: '/v', exists: true, locked: true } });
    announce({ event: 'inventory.changed', revision: 3, value: inventoryOf('late') });
    expect(store.getState().inventory).toEqual({ is: 'unread' });
  });
});

describe('secrets on their way through', () => {
  test('a password is overwritten whether it was right or wrong', async () => {
    for (const answer of [
      success({ vault: { path: '/v', exists: true, locked: false }, damaged: [] }),
      failure({ code: 'wrong-password', message: 'no' }),
    ]) {
      const { store } = bridge({ 'vault.unlock': () => answer, ...read(1, inventoryOf()) });
      const password = new TextEncoder().encode('correct horse');
      await store.getState().passwordEntered(password);
      expect(password.every((byte) => byte === 0)).toBe(true);
    }
  });

  test('so is one that was shown to make or remove a recovery code, and a code that was typed', async () => {
    for (const answer of [
      success({ recoveryCode: new Uint8Array([1]) }),
      failure({ code: 'wrong-password', message: 'no' }),
    ]) {
      const { store } = bridge({
        'vault.make-recovery-code': () => answer,
        'vault.remove-way': () => answer,
        'vault.unlock': () => failure({ code: 'wrong-password', message: 'no' }),
        'vault.ways': () => success({ recovery: true, keychain: false }),
      });
      const { recoveryCodeWanted, recoveryCodeRemoved, passwordEntered } = store.getState();
      for (const act of [
        recoveryCodeWanted,
        recoveryCodeRemoved,
        (bytes: Uint8Array) => passwordEntered(bytes, 'recoveryCode'),
      ]) {
        const bytes = new TextEncoder().encode('correct horse');
        await act(bytes);
        expect(bytes.every((byte) => byte === 0)).toBe(true);
      }
    }
  });

  test('a pasted token is overwritten when CircleCI refuses it', async () => {
    const { store } = bridge({ 'account.add': () => failure({ code: 'unauthorized', message: 'no' }) });
    const value = new TextEncoder().encode('CCIPAT_x');
    expect(await store.getState().accountPasted('https://circleci.com', value)).toMatchObject({ code: 'unauthorized' });
    expect(value.every((byte) => byte === 0)).toBe(true);
  });

  test('a revealed value passes by and stays nowhere', async () => {
    const { store } = bridge({ 'token.take': () => success({ value: new TextEncoder().encode('CCIPRJ_value') }) });
    const before = JSON.stringify(store.getState());
    await store.getState().revealPressed('a'.repeat(32));
    expect(JSON.stringify(store.getState())).toBe(before);
  });
});

test('the pause after wrong passwords counts down, and a clock that was turned back does not prolong it', () => {
  const retryAt = new Date(someMorning).toISOString();
  const door = {
    core: 'ready',
    lockedBecause: 'start',
    wrongTries: 3,
    retryAt,
    version: '1',
    runtime: 'test',
  } as const;
  const waits = [4_000, 1, 0, -4_000, 3_600_000].map((leftMs) => unlockWaitMs(door, someMorning - leftMs));
  expect(waits).toEqual([4_000, 1, 0, 0, 0]);
  expect(unlockWaitMs(undefined, someMorning)).toBe(0);
});

test('deleting asks for its consequences without confirming anything', async () => {
  const lines = ['It is the last working token of gh/acme/web.'];
  const { store, asked } = bridge({
    'token.delete': () =>
      failure({ code: 'confirmation-required', message: 'sure?', details: { consequences: lines } }),
  });
  expect(await store.getState().consequencesAsked(['a'.repeat(32)])).toEqual({ ok: true, lines });
  expect(asked).toEqual([{ channel: 'token.delete', input: { ids: ['a'.repeat(32)] } }]);
});

test('a value that was taken lets the rotation that waits for it go on, and does not wait for its end', async () => {
  const { promise: goingOn, resolve: ended } = Promise.withResolvers<Result<unknown>>();
  const { store, asked } = bridge({
    'token.taken': () => success({ token: someToken() }),
    'rotation.resume': () => goingOn,
    ...read(1, inventoryOf()),
  });
  const replacement = 'd'.repeat(32);
  const waiting = {
    id: 'e'.repeat(32),
    token: 'c'.repeat(32),
    replacement,
    state: 'waiting',
    mode: 'overlap',
    retire: 'taken',
    guided: false,
    steps: [],
    startedAt: '2026-11-23T08:00:00.000Z',
  } as const;
  store.setState({ rotations: new Map([[waiting.id, { ...waiting, steps: [] }]]) });
  await store.getState().takenPressed(replacement);
  expect(asked.map(({ channel }) => channel)).toContain('rotation.resume');
  expect(asked.find(({ channel }) => channel === 'rotation.resume')?.input).toEqual({ ids: [waiting.id] });
  ended(success({ rotations: [] }));
});

test('resuming all that stopped names none that a person has to look at first', async () => {
  const { store, asked } = bridge({
    'rotation.resume': () => success({ rotations: [] }),
    ...read(1, inventoryOf()),
  });
  const { finishedAt: _open, receipt: _none, ...open } = sampleRotation({ state: 'needs-attention' });
  const rotations = [
    { ...open, id: 'a'.repeat(32) },
    { ...open, id: 'b'.repeat(32), decision: 'restored' },
    { ...open, id: 'c'.repeat(32), decision: 'candidates' },
    { ...open, id: 'd'.repeat(32), state: 'waiting' },
  ] as const;
  store.setState({ rotations: new Map(rotations.map((rotation) => [rotation.id, rotation])) });
  await store.getState().resumeAllPressed();
  expect(asked.filter(({ channel }) => channel === 'rotation.resume').map(({ input }) => input)).toEqual([
    { ids: ['a'.repeat(32)] },
  ]);
  const words = rotations.map((rotation) => rotationText.resume(rotation));
  expect(new Set(words)).toEqual(
    new Set(['Resume', 'I have looked, go on from here', 'Keep what is listed, and create another']),
  );
});

test('a bridge that is gone becomes words, not an exception', async () => {
  const { store } = bridge({});
  await store.getState().inventoryAsked();
  expect(store.getState().notes[0]?.title).toContain('What is in the vault is safe');
});

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

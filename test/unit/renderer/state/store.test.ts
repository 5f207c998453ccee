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

test.each([
  ['a password', (store: Store) => store.getState().passwordEntered(new Uint8Array([1]))],
  ['the keychain', (store: Store) => store.getState().keychainPressed()],
  ['a page that finds it open', (store: Store) => store.getState().windowOpened()],
])(
  'opened by %s, files that others have rights to are told with what to do, and known to the settings',
  async (_, open) => {
    const exposed = ['/v/1', '/v/2', '/v/3', '/v/4', '/v/5'];
    const vault = { path: '/v', exists: true, locked: false, exposed, narrowed: ['/v/6'] };
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
      vault: { is: 'open', path: '/v', exposed },
      notes: [
        {
          tone: 'warn',
          title: expect.stringContaining('rights to /v/1, /v/2, /v/3 and 2 more'),
          text: expect.stringContaining('folder of your own'),
        },
        { tone: 'warn', title: 'Others on this computer had rights to /v/6; these were taken away now.' },
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
    expect(asked).toContainEqual({ channel: 'window.count', input: { need: 0, due: 0, waiting: 0, underWay: 0 } });
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
    expect(await store.getState().accountPasted({ host: 'https://circleci.com' }, value)).toMatchObject({
      code: 'unauthorized',
    });
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

test('a rotation begins until its start is answered, and afterwards is in the vault or is not', async () => {
  const { promise: started, resolve: answer } = Promise.withResolvers<Result<unknown>>();
  const { store } = bridge({ ...openVault, ...read(1, inventoryOf()), 'rotation.start': () => started });
  const token = 'a'.repeat(32);
  const earlier = sampleRotation({ token, state: 'failed' });
  store.setState({ rotations: new Map([[earlier.id, earlier]]) });
  const wish = { mode: 'overlap', retire: 'taken', keep: false, guided: false } as const;
  const confirmed = store.getState().rotationConfirmed([token], wish);
  expect(store.getState()).toMatchObject({
    place: { at: 'rotation', token },
    beginningOf: { token, before: earlier.id },
  });
  answer(success({ rotations: [] }));
  await confirmed;
  expect(store.getState().beginningOf).toBeUndefined();
});

test('a bridge that is gone becomes words, not an exception', async () => {
  const { store } = bridge({});
  await store.getState().inventoryAsked();
  expect(store.getState().notes[0]?.title).toContain('What is in the vault is safe');
});

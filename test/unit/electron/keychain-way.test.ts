import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVaultKeychain, type SystemKeychain } from '../../../main/electron/keychain.ts';
import { addKeychainWay } from '../../../main/electron/keychain-way.ts';
import { expectOk, password } from '../../support/core-pieces.ts';
import { systemKeychain } from '../../support/system-keychain.ts';
import { temporaryCore, type WatchedCore } from '../../support/temporary-core.ts';

function world({ core, client, vaultDir }: WatchedCore, changes: Partial<SystemKeychain> = {}) {
  const path = join(vaultDir, 'vault.rondo.keychain');
  const keychain = createVaultKeychain({ system: systemKeychain(changes), platform: 'linux', path });
  return { core: () => ({ client, dispatch: core.dispatch }), keychain, path };
}

const hasWay = async ({ client }: WatchedCore) => expectOk(await client('vault.ways', {})).keychain;
const acts = async ({ client }: WatchedCore) =>
  expectOk(await client('audit.list', {})).entries.map(({ action }) => action);

test('the keychain opens the vault once it keeps the key', async () => {
  await using own = await temporaryCore();
  const { core, keychain, path } = world(own);
  await addKeychainWay({ core, keychain }, { password: password() });
  expect(existsSync(path)).toBe(true);
  expectOk(await own.client('vault.lock', {}));
  expectOk(await keychain.open((keychainKey) => own.client('vault.unlock', { keychainKey })));
});

test.each([
  ['there is none', { isAsyncEncryptionAvailable: async () => false }],
  ['it would only scramble', { getSelectedStorageBackend: () => 'basic_text' }],
] as const)('no way is made where %s, and what was there stays', async (_name, changes) => {
  await using own = await temporaryCore();
  const before = world(own);
  await addKeychainWay(before, { password: password() });
  const actsBefore = await acts(own);
  const given = password();
  await expect(addKeychainWay(world(own, changes), { password: given })).rejects.toMatchObject({ code: 'unsupported' });
  expect([...given]).toEqual(Array(given.length).fill(0));
  expect(await acts(own)).toEqual(actsBefore);
  expectOk(await own.client('vault.lock', {}));
  expectOk(await before.keychain.open((keychainKey) => own.client('vault.unlock', { keychainKey })));
});

test.each([
  ['refuses to take the key', { encryptStringAsync: () => Promise.reject(new Error('the person said no')) }],
  ['takes the key and does not give it back', { decryptStringAsync: () => Promise.reject(new Error('no such item')) }],
  ['gives another key back', { decryptStringAsync: async () => ({ result: 'AAAA', shouldReEncrypt: false }) }],
  ['goes in between', { isAsyncEncryptionAvailable: onlyOnce() }],
] as const)('where the keychain %s the way is taken back, and that is said', async (_name, changes) => {
  await using own = await temporaryCore();
  const { core, keychain, path } = world(own, changes);
  await expect(addKeychainWay({ core, keychain }, { password: password() })).rejects.toMatchObject({
    message: expect.stringContaining('was taken back'),
    hint: expect.stringContaining('password'),
  });
  expect(await hasWay(own)).toBe(false);
  expect((await acts(own)).slice(-2)).toEqual(['vault.keychain-added', 'vault.keychain-removed']);
  expect(existsSync(path)).toBe(false);
});

test('where the vault was locked meanwhile the way stays, which is said, and turning it on again replaces it', async () => {
  await using own = await temporaryCore();
  const refusing = world(own, {
    // By which it would show that it kept the key.
    async decryptStringAsync() {
      expectOk(await own.client('vault.lock', {}));
      throw new Error('the person said no');
    },
  });
  await expect(addKeychainWay(refusing, { password: password() })).rejects.toMatchObject({
    message: expect.stringContaining('could not be taken back'),
    hint: expect.stringContaining('on again'),
  });
  expectOk(await own.client('vault.unlock', { password: password() }));
  expect(await hasWay(own)).toBe(true);
  const again = world(own);
  await addKeychainWay(again, { password: password() });
  expectOk(await own.client('vault.lock', {}));
  expectOk(await again.keychain.open((keychainKey) => own.client('vault.unlock', { keychainKey })));
});

test('a wrong password makes no way, and the keychain hears of nothing', async () => {
  await using own = await temporaryCore();
  const { core, keychain, path } = world(own);
  const wrong = new TextEncoder().encode('wrong');
  await expect(addKeychainWay({ core, keychain }, { password: wrong })).rejects.toMatchObject({
    code: 'wrong-password',
  });
  expect(existsSync(path)).toBe(false);
  expect(await hasWay(own)).toBe(false);
});

test('its key takes back the keychain’s way and no other', async () => {
  await using own = await temporaryCore();
  const key = async () => expectOk(await own.client('vault.make-keychain-key', { password: password() })).keychainKey;
  expectOk(await own.client('vault.make-recovery-code', { password: password() }));
  const keychainKey = await key();
  expect(await own.client('vault.remove-way', { way: 'recovery', keychainKey })).toMatchObject({
    ok: false,
    error: { code: 'invalid-input' },
  });
  const stale = await key();
  const newest = await key();
  expect(await own.client('vault.remove-way', { way: 'keychain', keychainKey: stale })).toMatchObject({
    ok: false,
    error: { code: 'wrong-password' },
  });
  expectOk(await own.client('vault.remove-way', { way: 'keychain', keychainKey: newest }));
  expect(expectOk(await own.client('vault.ways', {}))).toEqual({ recovery: true, keychain: false });
});

function onlyOnce(): () => Promise<boolean> {
  let asked = 0;
  return async () => {
    asked += 1;
    return asked === 1;
  };
}

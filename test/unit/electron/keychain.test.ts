import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createVaultKeychain, type SystemKeychain } from '../../../main/electron/keychain.ts';
import { encodeKeptKey, parseKeptKey } from '../../../main/electron/keychain-file.ts';
import { failure, success } from '../../../shared/contract/result.ts';
import { systemKeychain } from '../../support/system-keychain.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rondo-keychain-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const path = () => join(dir, 'vault.rondo.keychain');
const keychain = (own: SystemKeychain, platform: NodeJS.Platform = 'linux') =>
  createVaultKeychain({ system: own, platform, path: path() });
const key = () => Uint8Array.from({ length: 32 }, (_, index) => index);

test('keeps the key, hands it over, and overwrites both copies', async () => {
  const own = keychain(systemKeychain());
  expect(await own.state()).toEqual({ state: 'off' });
  const given = key();
  await own.remember(given);
  expect([...given]).toEqual(Array(32).fill(0));
  expect(await own.state()).toEqual({ state: 'on' });
  expect(statSync(path()).mode & 0o777).toBe(0o600);
  expect(readFileSync(path()).includes(Buffer.from(key()).toString('base64'))).toBe(false);
  let lent: Uint8Array | undefined;
  const answer = await own.open(async (bytes) => {
    lent = bytes;
    return success([...bytes]);
  });
  expect(answer).toEqual(success([...key()]));
  expect([...(lent ?? [])]).toEqual(Array(32).fill(0));
  own.forget();
  own.forget();
  expect(await own.state()).toEqual({ state: 'off' });
});

test.each(['basic_text', 'unknown'] as const)(
  'writes nothing where Linux would only scramble it: %s',
  async (backend) => {
    const own = systemKeychain({ getSelectedStorageBackend: () => backend });
    expect(await keychain(own).state()).toEqual({ state: 'unavailable', why: 'unprotected', isRemembered: false });
    await expect(keychain(own).remember(key())).rejects.toMatchObject({ code: 'unsupported' });
    expect(existsSync(path())).toBe(false);
    // Only Linux has such a backend.
    expect(await keychain(own, 'darwin').state()).toEqual({ state: 'off' });
  },
);

test('writes nothing where no keyring answers, whatever the desktop is called: Chromium then scrambles with a known key', async () => {
  const scrambling = { encryptStringAsync: async (text: string) => Buffer.from(`v10${text}`) };
  const own = systemKeychain(scrambling);
  expect(await keychain(own).state()).toEqual({ state: 'unavailable', why: 'unprotected', isRemembered: false });
  await expect(keychain(own).remember(key())).rejects.toMatchObject({ code: 'unsupported' });
  expect(existsSync(path())).toBe(false);
  // The mark is another thing elsewhere: on macOS it stands before what the keychain's own key encrypted.
  expect(await keychain(own, 'darwin').state()).toEqual({ state: 'off' });
});

test('writes nothing that was scrambled after all, and keeps what a keyring that is locked now encrypted', async () => {
  let asked = 0;
  const protecting = systemKeychain();
  const losing = systemKeychain({
    encryptStringAsync: async (text) => {
      asked += 1;
      return asked === 1 ? protecting.encryptStringAsync(text) : Buffer.from(`v10${text}`);
    },
  });
  await expect(keychain(losing).remember(key())).rejects.toMatchObject({ code: 'unsupported' });
  expect(existsSync(path())).toBe(false);

  await keychain(protecting).remember(key());
  const locked = keychain(systemKeychain({ encryptStringAsync: async (text) => Buffer.from(`v10${text}`) }));
  expect(await locked.state()).toEqual({ state: 'unavailable', why: 'unprotected', isRemembered: true });
  await expect(locked.open(async () => success(undefined))).rejects.toMatchObject({
    code: 'unsupported',
    hint: expect.stringContaining('Use your password'),
  });
  expect(await keychain(protecting).open(async () => success('opened'))).toEqual(success('opened'));
});

test('says that there is none, also where there was one, and keeps what it kept', async () => {
  await keychain(systemKeychain()).remember(key());
  const own = keychain(systemKeychain({ isAsyncEncryptionAvailable: async () => false }));
  expect(await own.state()).toEqual({ state: 'unavailable', why: 'none', isRemembered: true });
  await expect(own.open(async () => success(undefined))).rejects.toMatchObject({
    code: 'unsupported',
    hint: expect.stringContaining('password'),
  });
  await expect(own.checkUsable()).rejects.toMatchObject({ code: 'unsupported' });
  expect(await keychain(systemKeychain()).open(async () => success('opened'))).toEqual(success('opened'));
});

test('falls back to the password, and says why, when the keychain was reset, forgot, or keeps an outdated key', async () => {
  const own = keychain(systemKeychain());
  const never = async () => {
    throw new Error('nothing is tried');
  };
  await expect(own.open(never)).rejects.toMatchObject({ message: expect.stringContaining('is not in the system') });
  await own.remember(key());
  const reset = keychain(systemKeychain({}, { number: 2, isOld: false }));
  await expect(reset.open(never)).rejects.toMatchObject({ message: expect.stringContaining('was reset') });
  const refused = failure({ code: 'wrong-password', message: 'The password is wrong.' });
  expect(await own.open(async () => refused)).toMatchObject({
    ok: false,
    error: { code: 'unsupported', message: expect.stringContaining('does not open this vault any more') },
  });
  const busy = failure({ code: 'vault-busy', message: 'In use.' });
  expect(await own.open(async () => busy)).toEqual(busy);
});

test('takes over a new key of the system, once the old one has opened the vault', async () => {
  const systemKey = { number: 1, isOld: false };
  const own = keychain(systemKeychain({}, systemKey));
  await own.remember(key());
  const before = readFileSync(path(), 'utf8');
  const renewing = systemKeychain({}, { number: 1, isOld: true });
  const renewed = (text: string) => Buffer.from(`1:${Buffer.from(text).toString('hex').toUpperCase()}`);
  await keychain({ ...renewing, encryptStringAsync: async (text) => renewed(text) }).open(async () =>
    failure({ code: 'vault-busy', message: 'In use.' }),
  );
  expect(readFileSync(path(), 'utf8')).toBe(before);
  await keychain({ ...renewing, encryptStringAsync: async (text) => renewed(text) }).open(async () =>
    success(undefined),
  );
  expect(readFileSync(path(), 'utf8')).toContain(renewed(Buffer.from(key()).toString('base64')).toString());
  expect(await keychain(systemKeychain()).open(async (bytes) => success([...bytes]))).toEqual(success([...key()]));
});

test('keeps nothing of a key that the keychain does not take', async () => {
  const own = keychain(systemKeychain({ encryptStringAsync: () => Promise.reject(new Error('the person said no')) }));
  const given = key();
  await expect(own.remember(given)).rejects.toMatchObject({ code: 'storage' });
  expect([...given]).toEqual(Array(32).fill(0));
  expect(existsSync(path())).toBe(false);
});

test('keeps the old form where the system does not give the renewed one back', async () => {
  const own = keychain(systemKeychain());
  await own.remember(key());
  const before = readFileSync(path());
  const losing = systemKeychain({ encryptStringAsync: async () => Buffer.from('2:lost') }, { number: 1, isOld: true });
  expect(await keychain(losing).open(async () => success('opened'))).toEqual(success('opened'));
  expect(readFileSync(path())).toEqual(before);
});

test('falls back to the password, and says why, where the desktop uses another keychain by now', async () => {
  await keychain(systemKeychain()).remember(key());
  const moved = keychain(systemKeychain({ getSelectedStorageBackend: () => 'kwallet6' }));
  expect(await moved.state()).toEqual({ state: 'unavailable', why: 'changed', isRemembered: true });
  await expect(moved.open(async () => success(undefined))).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringMatching(/gnome_libsecret.*kwallet6/),
    hint: expect.stringContaining('password'),
  });
  // Nothing is lost by it: the old desktop still has it, and turning it on anew is open.
  expect(await keychain(systemKeychain()).state()).toEqual({ state: 'on' });
  await moved.remember(key());
  expect(await moved.state()).toEqual({ state: 'on' });
  // Elsewhere there are no backends, and the system is what counts.
  expect(await keychain(systemKeychain(), 'darwin').state()).toMatchObject({ why: 'changed' });
});

test('a file that is damaged, cut short or of an older Rondo is said to be', async () => {
  const own = keychain(systemKeychain());
  await own.remember(key());
  const whole = readFileSync(path());
  for (const bytes of [whole.subarray(0, 24), Buffer.from('1:6162'), Buffer.alloc(0)]) {
    writeFileSync(path(), bytes);
    await expect(own.open(async () => success(undefined))).rejects.toMatchObject({
      message: expect.stringContaining('damaged'),
    });
  }
});

test('the file holds the name of the keychain and what that encrypted', () => {
  const kept = { keychainName: 'kwallet5', encrypted: Uint8Array.of(1, 2, 3) };
  const bytes = encodeKeptKey(kept);
  expect(Buffer.from(bytes).toString('latin1')).toBe('RONDOKEY\x01\x08kwallet5\x01\x02\x03');
  expect(parseKeptKey(bytes)).toMatchObject({ keychainName: 'kwallet5' });
  for (let length = 0; length < bytes.length - 2; length += 1) {
    expect(parseKeptKey(bytes.subarray(0, length)), `${length} bytes`).toBeUndefined();
  }
});

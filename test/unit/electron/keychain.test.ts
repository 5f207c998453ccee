import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createVaultKeychain, type SystemKeychain } from '../../../main/electron/keychain.ts';
import { failure, success } from '../../../shared/contract/result.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rondo-keychain-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A system whose keychain shifts letters by its own key. */
function system(changes: Partial<SystemKeychain> = {}, key = { number: 1, isOld: false }) {
  const own: SystemKeychain = {
    isAsyncEncryptionAvailable: async () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptStringAsync: async (text) => Buffer.from(`${key.number}:${Buffer.from(text).toString('hex')}`),
    async decryptStringAsync(encrypted) {
      const [number, text = ''] = encrypted.toString().split(':');
      if (Number(number) !== key.number) throw new Error('cannot decrypt');
      return { result: Buffer.from(text, 'hex').toString(), shouldReEncrypt: key.isOld };
    },
    ...changes,
  };
  return own;
}

const path = () => join(dir, 'vault.rondo.keychain');
const keychain = (own: SystemKeychain, platform: NodeJS.Platform = 'linux') =>
  createVaultKeychain({ system: own, platform, path: path() });
const key = () => Uint8Array.from({ length: 32 }, (_, index) => index);

test('keeps the key, hands it over, and overwrites both copies', async () => {
  const own = keychain(system());
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
    const own = system({ getSelectedStorageBackend: () => backend });
    expect(await keychain(own).state()).toEqual({ state: 'unavailable', why: 'unprotected', isRemembered: false });
    await expect(keychain(own).remember(key())).rejects.toMatchObject({ code: 'unsupported' });
    expect(existsSync(path())).toBe(false);
    // Only Linux has such a backend.
    expect(await keychain(own, 'darwin').state()).toEqual({ state: 'off' });
  },
);

test('says that there is none, also where there was one, and keeps what it kept', async () => {
  await keychain(system()).remember(key());
  const own = keychain(system({ isAsyncEncryptionAvailable: async () => false }));
  expect(await own.state()).toEqual({ state: 'unavailable', why: 'none', isRemembered: true });
  await expect(own.open(async () => success(undefined))).rejects.toMatchObject({
    code: 'unsupported',
    hint: expect.stringContaining('password'),
  });
  await expect(own.remember(key())).rejects.toMatchObject({ code: 'unsupported' });
  expect(await keychain(system()).open(async () => success('opened'))).toEqual(success('opened'));
});

test('falls back to the password, and says why, when the keychain was reset, forgot, or keeps an outdated key', async () => {
  const own = keychain(system());
  const never = async () => {
    throw new Error('nothing is tried');
  };
  await expect(own.open(never)).rejects.toMatchObject({ message: expect.stringContaining('is not in the system') });
  await own.remember(key());
  const reset = keychain(system({}, { number: 2, isOld: false }));
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
  const own = keychain(system({}, systemKey));
  await own.remember(key());
  const before = readFileSync(path(), 'utf8');
  const renewing = system({}, { number: 1, isOld: true });
  const encrypted = Buffer.from('1:renewed');
  await keychain({ ...renewing, encryptStringAsync: async () => encrypted }).open(async () =>
    failure({ code: 'vault-busy', message: 'In use.' }),
  );
  expect(readFileSync(path(), 'utf8')).toBe(before);
  await keychain({ ...renewing, encryptStringAsync: async () => encrypted }).open(async () => success(undefined));
  expect(readFileSync(path())).toEqual(encrypted);
});

test('keeps nothing of a key that the keychain does not take', async () => {
  const own = keychain(system({ encryptStringAsync: () => Promise.reject(new Error('the person said no')) }));
  const given = key();
  await expect(own.remember(given)).rejects.toMatchObject({ code: 'storage' });
  expect([...given]).toEqual(Array(32).fill(0));
  expect(existsSync(path())).toBe(false);
});

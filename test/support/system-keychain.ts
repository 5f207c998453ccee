import type { SystemKeychain } from '../../main/electron/keychain.ts';

/** A system whose keychain writes letters as numbers, with its own key in front. */
export function systemKeychain(
  changes: Partial<SystemKeychain> = {},
  key = { number: 1, isOld: false },
): SystemKeychain {
  return {
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
}

// The vault's key in the system's keychain: a way in besides the password, never the only one (vault/added-slots.ts).
//
// Guarantees: what is written beside the vault is ciphertext of the system's keychain; where that keychain would only
// scramble (`basic_text`), or cannot be told (`unknown`), nothing is written and it is said. A keychain that lost or
// changed its key costs nothing but the convenience: the password opens the vault as before. Assumes that Electron's
// safeStorage takes and gives strings, so that for a moment main holds the key as one that cannot be overwritten.
import type { SafeStorage } from 'electron';
import type { Result } from '../../shared/contract/result.ts';
import type { Keychain } from '../../shared/contract/window.ts';
import { AppError } from '../app-error.ts';
import { discardFile, fileKind, readStart, removeFile, replaceFile } from '../platform/files.ts';

/** The asynchronous half: the other is on its way out of Electron. */
export type SystemKeychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

export interface KeychainWorld {
  readonly system: SystemKeychain;
  readonly platform: NodeJS.Platform;
  /** Beside the vault: it opens this one and no other. */
  readonly path: string;
}

/** Its ciphertext of 32 bytes is some hundred bytes long on every system. */
const maxFileBytes = 16_384;

export interface VaultKeychain {
  state(): Promise<Keychain>;
  /** Keeps the key and overwrites it. @throws AppError unsupported, storage */
  remember(key: Uint8Array): Promise<void>;
  /** Hands over the key and overwrites it. @throws AppError unsupported, when the keychain does not give it back */
  open<T>(unlock: (key: Uint8Array) => Promise<Result<T>>): Promise<Result<T>>;
  forget(): void;
}

export function createVaultKeychain({ system, platform, path }: KeychainWorld): VaultKeychain {
  async function unavailable(): Promise<'none' | 'unprotected' | undefined> {
    if (!(await system.isAsyncEncryptionAvailable())) return 'none';
    // Only Linux has backends to choose from, and one that protects nothing.
    if (platform !== 'linux') return undefined;
    return ['basic_text', 'unknown'].includes(system.getSelectedStorageBackend()) ? 'unprotected' : undefined;
  }

  async function write(text: string): Promise<void> {
    const encrypted = await system.encryptStringAsync(text);
    try {
      replaceFile(path, encrypted);
    } catch (cause) {
      throw new AppError('storage', 'What the keychain encrypted could not be written beside the vault.', {
        hint: 'Make sure that the disk has room and the folder can be written, then try again. Your password opens the vault as before.',
        cause,
      });
    }
  }

  /** What was there opens nothing any more, and what is new is perhaps not on disk: better none. */
  function withoutFile(cause: unknown): never {
    discardFile(path);
    throw cause;
  }

  function readStored(): Uint8Array | undefined {
    try {
      return readStart(path, maxFileBytes);
    } catch (cause) {
      const message = 'What the keychain encrypted could not be read. Nothing is lost.';
      throw new AppError('storage', message, { ...usePassword, cause });
    }
  }

  function forget(): void {
    try {
      removeFile(path);
    } catch (cause) {
      throw new AppError('storage', `${path} could not be removed. Nothing was changed.`, {
        hint: 'Try again, or remove it yourself. The vault does not need it.',
        cause,
      });
    }
  }

  return {
    async state() {
      const why = await unavailable();
      const isRemembered = fileKind(path) === 'file';
      if (why !== undefined) return { state: 'unavailable', why, isRemembered };
      return { state: isRemembered ? 'on' : 'off' };
    },

    async remember(key) {
      try {
        const why = await unavailable();
        if (why !== undefined) throw notHere[why]();
        await write(Buffer.from(key).toString('base64')).catch(withoutFile);
      } catch (cause) {
        if (cause instanceof AppError) throw cause;
        throw new AppError('storage', "The system's keychain did not take the key. Nothing is lost.", {
          ...usePassword,
          cause,
        });
      } finally {
        key.fill(0);
      }
    },

    async open(unlock) {
      const stored = readStored();
      if (stored === undefined) throw notRemembered();
      const why = await unavailable();
      if (why !== undefined) throw notHere[why]();
      const { result, shouldReEncrypt } = await system.decryptStringAsync(Buffer.from(stored)).catch(notGiven);
      const key = Uint8Array.from(Buffer.from(result, 'base64'));
      try {
        const answer = await unlock(key);
        // The system has a new key of its own. Another time is early enough where the disk is full.
        if (answer.ok && shouldReEncrypt) await write(result).catch(() => {});
        return !answer.ok && answer.error.code === 'wrong-password'
          ? { ok: false, error: outdated().toFailure() }
          : answer;
      } finally {
        key.fill(0);
      }
    },

    forget,
  };
}

const usePassword = { hint: 'Use your password. It opens the vault as before.' };

const notHere = {
  none: () =>
    new AppError(
      'unsupported',
      'This system has no keychain that Rondo can use now. Nothing was changed, and nothing is lost.',
      usePassword,
    ),
  unprotected: () =>
    new AppError(
      'unsupported',
      'The keychain of this desktop would keep the key without protection, so Rondo does not use it. Nothing was changed.',
      usePassword,
    ),
} as const;

const notRemembered = () =>
  new AppError('unsupported', "The vault's key is not in the system's keychain. Nothing is lost.", usePassword);

function notGiven(cause: unknown): never {
  throw new AppError(
    'unsupported',
    "The system's keychain does not give the vault's key back: it was reset, or belongs to another user. Nothing is lost.",
    { hint: 'Use your password. Then turn the keychain off and on again in the settings.', cause },
  );
}

const outdated = () =>
  new AppError(
    'unsupported',
    "What the system's keychain keeps does not open this vault any more: its keys were changed, or it is another vault.",
    { hint: 'Use your password. Then turn the keychain off and on again in the settings.' },
  );

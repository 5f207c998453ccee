// The vault's key in the system's keychain: a way in besides the password, never the only one (vault/added-slots.ts).
//
// Guarantees: what is written beside the vault is ciphertext of the system's keychain; where that would only scramble, by
// its name (`basic_text`, `unknown`) or by what it makes, nothing is written and it is said. A keychain that lost or
// changed its key, or is another one by now, costs nothing but the convenience: the password opens the vault as before, and
// it is said why. What is written was given back once before it counts as kept. Assumes that Electron's
// safeStorage takes and gives strings, so that for a moment main holds the key as one that cannot be overwritten.
import type { SafeStorage } from 'electron';
import type { Result } from '../../shared/contract/result.ts';
import type { Keychain } from '../../shared/contract/window.ts';
import { AppError } from '../app-error.ts';
import { discardFile, removeFile, replaceFile } from '../platform/durable-files.ts';
import { fileKind, readStart } from '../platform/files.ts';
import {
  changed,
  damaged,
  notGiven,
  notHere,
  notRemembered,
  notTaken,
  outdated,
  usePassword,
} from './keychain-errors.ts';
import { encodeKeptKey, type KeptKey, parseKeptKey } from './keychain-file.ts';

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

/**
 * How Chromium marks what it encrypted with a constant that everybody knows. On Linux it falls back to that where no keyring
 * answers, or only a locked one, while the backend's name goes by the desktop alone
 * (components/os_crypt/async/browser/posix_key_provider.cc).
 */
const knownKeyMark = 'v10';

export interface VaultKeychain {
  state(): Promise<Keychain>;
  /** @throws AppError unsupported: it would keep nothing */
  checkUsable(): Promise<void>;
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
    if (['basic_text', 'unknown'].includes(system.getSelectedStorageBackend())) return 'unprotected';
    // One that takes nothing is told when it is used.
    const sample = await system.encryptStringAsync('sample').catch(() => new Uint8Array());
    return isScrambled(sample) ? 'unprotected' : undefined;
  }

  function isScrambled(encrypted: Uint8Array): boolean {
    return platform === 'linux' && Buffer.from(encrypted).toString('latin1').startsWith(knownKeyMark);
  }

  /** What keeps keys here, as far as the system says. */
  function keychainName(): string {
    return platform === 'linux' ? system.getSelectedStorageBackend() : platform;
  }

  async function write(text: string): Promise<void> {
    const encrypted = await system.encryptStringAsync(text);
    // SECURITY: looked at again, because this is what lies on the disk.
    if (isScrambled(encrypted)) throw notHere.unprotected();
    const back = await system.decryptStringAsync(encrypted);
    if (back.result !== text) throw notTaken();
    try {
      replaceFile(path, encodeKeptKey({ keychainName: keychainName(), encrypted }));
    } catch (cause) {
      throw new AppError('storage', 'What the keychain encrypted could not be written beside the vault.', {
        hint: 'Make sure that the disk has room and the folder can be written, then try again. Your password opens the vault as before.',
        cause,
      });
    }
  }

  function readStored(): Uint8Array | undefined {
    try {
      return readStart(path, maxFileBytes);
    } catch (cause) {
      const message = 'What the keychain encrypted could not be read. Nothing is lost.';
      throw new AppError('storage', message, { ...usePassword, cause });
    }
  }

  /** One that cannot be read is told when it is used. */
  function isKeptElsewhere(): boolean {
    try {
      const kept = parseKeptKey(readStored() ?? new Uint8Array(0));
      return kept !== undefined && kept.keychainName !== keychainName();
    } catch {
      return false;
    }
  }

  function readKept(): KeptKey {
    const stored = readStored();
    if (stored === undefined) throw notRemembered();
    const kept = parseKeptKey(stored);
    if (kept === undefined) throw damaged();
    return kept;
  }

  async function checkUsable(): Promise<void> {
    const why = await unavailable();
    if (why !== undefined) throw notHere[why]();
  }

  function forget(): void {
    try {
      removeFile(path);
    } catch (cause) {
      throw new AppError('storage', `${path} could not be removed.`, {
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
      if (isRemembered && isKeptElsewhere()) return { state: 'unavailable', why: 'changed', isRemembered };
      return { state: isRemembered ? 'on' : 'off' };
    },

    checkUsable,

    async remember(key) {
      try {
        await checkUsable();
        await write(Buffer.from(key).toString('base64'));
      } catch (cause) {
        // What was there opens nothing any more, and what is new is perhaps not on disk: better none.
        discardFile(path);
        throw cause instanceof AppError ? cause : notTaken(cause);
      } finally {
        key.fill(0);
      }
    },

    async open(unlock) {
      const { keychainName: keptBy, encrypted } = readKept();
      await checkUsable();
      if (keptBy !== keychainName()) throw changed(keptBy, keychainName());
      const { result, shouldReEncrypt } = await system.decryptStringAsync(Buffer.from(encrypted)).catch((cause) => {
        throw notGiven(cause);
      });
      const key = Uint8Array.from(Buffer.from(result, 'base64'));
      try {
        const answer = await unlock(key);
        // The system has a new key of its own, and seals with that from now on. Another time is early enough where it does
        // not give back what it took, or the disk is full.
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

import { systemClock } from '../../main/platform/clock.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { createDeriveKey, type DeriveKey } from '../../main/vault/derive-key.ts';
import { openSession } from '../../main/vault/open-session.ts';
import { type Unlocked, unlockVault } from '../../main/vault/unlock-vault.ts';
import type { Vault } from '../../main/vault/vault.ts';
import { asVaultError, vaultLocked } from '../../main/vault/vault-errors.ts';
import { vaultPaths } from '../../main/vault/vault-paths.ts';
import { deriveKeyWorkerUrl } from './temporary-vault.ts';

/** Remembers keys by salt: for tests that open thousands of copies of one vault with one password. */
export function rememberingDeriveKey(): DeriveKey {
  const derive = createDeriveKey(deriveKeyWorkerUrl);
  const known = new Map<string, Uint8Array>();
  return async (request) => {
    const salt = `${Buffer.from(request.salt).toString('hex')} ${JSON.stringify(request.cost)}`;
    const key = known.get(salt) ?? new Uint8Array((await derive(request)).key);
    known.set(salt, key);
    return { key: new Uint8Array(key), elapsedMs: 0 };
  };
}

/** Unlocks and locks as the vault does, with that key derivation. */
export function quickVault(vaultDir: string, deriveKey: DeriveKey): Pick<Vault, 'unlock' | 'lock'> {
  const paths = vaultPaths(vaultDir);
  let unlocked: Unlocked | undefined;
  return {
    async unlock(password) {
      const opened = await unlockVault(
        { paths, random: systemRandom, deriveKey },
        { type: 'password', secret: password },
      ).catch((error: unknown) => {
        throw asVaultError(error);
      });
      unlocked = opened;
      return openSession({ live: () => unlocked ?? refuse(), paths, clock: systemClock, random: systemRandom });
    },
    lock() {
      unlocked?.file.close();
      unlocked?.keys.arena.destroy();
      unlocked = undefined;
    },
  };
}

function refuse(): never {
  throw vaultLocked();
}

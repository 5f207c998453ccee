import type { VaultStatus } from '../../shared/contract/vault.ts';
import type { Clock } from '../platform/clock.ts';
import { fileKind } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { changePassword } from './change-password.ts';
import { createVault } from './create-vault.ts';
import { readFormat } from './database.ts';
import { createDeriveKey } from './derive-key.ts';
import { openSession } from './open-session.ts';
import type { DerivationCost } from './password-parameters.ts';
import { type Unlocked, unlockVault } from './unlock-vault.ts';
import type { Vault, VaultSession } from './vault.ts';
import { asVaultError, isWrongPassword, vaultDamaged, vaultLocked } from './vault-errors.ts';
import { tightenAll, type VaultPaths, vaultPaths } from './vault-paths.ts';
import { createWitness } from './witness.ts';

export interface VaultFolderOptions {
  readonly vaultDir: string;
  readonly clock: Clock;
  readonly random: Random;
  /** The bundled derive-key-worker.ts. */
  readonly deriveKeyWorkerUrl: URL;
  /** For the audit chain: which door the person came through. */
  readonly actor: string;
  /** Told after each transaction of this process. */
  readonly written?: () => void;
  /** Only tests make vaults with a cheaper key derivation than the floor. */
  readonly creationKdf?: DerivationCost;
}

const nothingLost = 'Nothing in the vault was changed or lost.';

/** The vault of one folder. Nothing is read or written before it is asked something. */
export function openVaultFolder(options: VaultFolderOptions): Vault {
  const paths = vaultPaths(options.vaultDir);
  const world = { ...options, paths, deriveKey: createDeriveKey(options.deriveKeyWorkerUrl) };
  let unlocked: Unlocked | undefined;
  let session: VaultSession | undefined;
  let lockCount = 0;
  let failedUnlocks = 0;

  function live(owner: Unlocked | undefined): Unlocked {
    if (owner === undefined || owner !== unlocked) throw vaultLocked();
    return owner;
  }

  function lock(): void {
    lockCount++;
    close(unlocked);
    unlocked = undefined;
    session = undefined;
  }

  function adopt(opened: Unlocked): VaultSession {
    close(unlocked);
    unlocked = opened;
    const { random, written } = options;
    session = openSession({ live: () => live(opened), paths, random, ...(written === undefined ? {} : { written }) });
    if (failedUnlocks > 0 && logFailedUnlocks(session, options, failedUnlocks)) failedUnlocks = 0;
    return session;
  }

  return {
    status: () => edge(() => readStatus(paths, unlocked === undefined)),
    create: (password) => edgeAsync(() => withCopy(password, (copy) => createVault(world, copy))),
    async unlock(secret, by = 'password') {
      const locksBefore = lockCount;
      try {
        const opened = await edgeAsync(() =>
          withCopy(secret, (copy) => unlockVault(world, { type: by, secret: copy })),
        );
        // Somebody locked while the key was derived: that came later, so it counts.
        if (lockCount !== locksBefore) {
          close(opened);
          throw vaultLocked();
        }
        tightenAll(paths);
        return adopt(opened);
      } catch (error) {
        if (isWrongPassword(error)) failedUnlocks++;
        throw error;
      }
    },
    async changePassword(current, next) {
      const owner = live(unlocked);
      const entry = createWitness(options.clock, options.actor)({ action: 'vault.password-changed' });
      await edgeAsync(() =>
        withCopy(current, (own) =>
          withCopy(next, (copy) => changePassword({ ...world, entry }, owner, { current: own, next: copy })),
        ),
      );
      options.written?.();
    },
    lock,
    session() {
      if (session === undefined) throw vaultLocked();
      return session;
    },
  };
}

function close(unlocked: Unlocked | undefined): void {
  try {
    unlocked?.file.close();
  } finally {
    unlocked?.keys.arena.destroy();
  }
}

function readStatus({ vaultPath }: VaultPaths, locked: boolean): VaultStatus {
  if (fileKind(vaultPath) === 'absent') return { path: vaultPath, exists: false, locked: true };
  const format = readFormat(vaultPath);
  if (format === undefined) throw vaultDamaged('not-a-vault');
  return { path: vaultPath, exists: true, format, locked };
}

/** False where it could not be written: counted on, and logged at the next unlock. */
function logFailedUnlocks(session: VaultSession, { clock, actor }: VaultFolderOptions, count: number): boolean {
  const detail = `${count} with a wrong password since the vault was last opened here`;
  try {
    session.write((transaction) => {
      transaction.appendLog(createWitness(clock, actor)({ action: 'vault.unlock', outcome: 'failed', detail }));
    });
    return true;
  } catch {
    return false;
  }
}

/** Overwrites the caller's bytes at once and the copy at the end. */
async function withCopy<T>(secret: Uint8Array, use: (copy: Uint8Array) => Promise<T>): Promise<T> {
  const copy = new Uint8Array(secret);
  secret.fill(0);
  try {
    return await use(copy);
  } finally {
    copy.fill(0);
  }
}

function edge<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asVaultError(error, nothingLost);
  }
}

async function edgeAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asVaultError(error, nothingLost);
  }
}

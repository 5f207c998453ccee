import type { VaultStatus } from '../../shared/contract/vault.ts';
import type { Clock } from '../platform/clock.ts';
import { fileKind } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { type AddedSlot, addSlot, removeSlot } from './added-slots.ts';
import { writeBackup } from './backup-file.ts';
import { createCare } from './care.ts';
import { changePassword } from './change-password.ts';
import { createVault } from './create-vault.ts';
import { readFormat } from './database.ts';
import { createDeriveKey } from './derive-key.ts';
import { edge, edgeAsync, withCopy } from './edges.ts';
import type { LiveFile } from './live-file.ts';
import { openSession } from './open-session.ts';
import { type DerivationCost, floorCost } from './password-parameters.ts';
import { restoreBackup } from './restore-backup.ts';
import { closeUnlocked, type Unlocked, unlockVault } from './unlock-vault.ts';
import type { Vault, VaultSession } from './vault.ts';
import { isWrongPassword, vaultDamaged, vaultLocked } from './vault-errors.ts';
import { tightenAll, type VaultPaths, vaultPaths } from './vault-paths.ts';
import { createWitness, type Witness } from './witness.ts';

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

/** The vault of one folder. Nothing is read or written before it is asked something. */
export function openVaultFolder(options: VaultFolderOptions): Vault {
  const paths = vaultPaths(options.vaultDir);
  const witness = createWitness(options.clock, options.actor);
  const deriveKey = createDeriveKey(options.deriveKeyWorkerUrl);
  const strengthen = { floor: options.creationKdf ?? floorCost, witness };
  const world = { ...options, paths, deriveKey, strengthen };
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
    if (unlocked !== undefined) closeUnlocked(unlocked);
    unlocked = undefined;
    session = undefined;
  }

  function adopt(opened: Unlocked): VaultSession {
    if (unlocked !== undefined) closeUnlocked(unlocked);
    unlocked = opened;
    const { clock, random, written } = options;
    const world = { live: () => live(opened), paths, clock, random };
    session = openSession({ ...world, ...(written === undefined ? {} : { written }) });
    if (failedUnlocks > 0 && logFailedUnlocks(session, witness, failedUnlocks)) failedUnlocks = 0;
    return session;
  }

  /** What changes how the vault is opened: asked for by somebody who can open it, and told afterwards. */
  async function changing<T>(secret: Uint8Array, work: (copy: Uint8Array, file: LiveFile) => Promise<T>): Promise<T> {
    const { file } = live(unlocked);
    const result = await edgeAsync(() => withCopy(secret, (copy) => work(copy, file)));
    options.written?.();
    return result;
  }

  return {
    ...createCare({ ...world, witness, live: () => live(unlocked), lock }),
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
          closeUnlocked(opened);
          throw vaultLocked();
        }
        tightenAll(paths);
        return adopt(opened);
      } catch (error) {
        if (isWrongPassword(error)) failedUnlocks++;
        throw error;
      }
    },
    changePassword: (current, next, type = 'password') =>
      changing(current, (secret, file) =>
        withCopy(next, (copy) =>
          changePassword(world, file, {
            credential: { type, secret },
            next: copy,
            entry: witness({ action: 'vault.password-changed' }),
          }),
        ),
      ),
    ways() {
      const { slots } = live(unlocked).file.header();
      const has = (type: AddedSlot) => slots.some((slot) => slot.type === type);
      return { recovery: has('recovery'), keychain: has('keychain') };
    },
    addWay: (type, password) =>
      changing(password, (secret, file) =>
        addSlot(world, file, { type, secret, entry: witness({ action: `vault.${type}-added` }) }),
      ),
    removeWay: (type, password) =>
      changing(password, (secret, file) =>
        removeSlot(world, file, { type, secret, entry: witness({ action: `vault.${type}-removed` }) }),
      ),
    backUp(path, leaveOut) {
      const { file, keys } = live(unlocked);
      edge(() => writeBackup({ file, keys, clock: options.clock, random: options.random }, { path, leaveOut }));
    },
    restore: (path, secret, restored, type = 'password') =>
      edgeAsync(() =>
        withCopy(secret, (copy) =>
          restoreBackup({ ...world, lock }, { path, credential: { type, secret: copy }, restored }),
        ),
      ),
    lock,
    session() {
      if (session === undefined) throw vaultLocked();
      return session;
    },
  };
}

function readStatus({ vaultPath }: VaultPaths, locked: boolean): VaultStatus {
  if (fileKind(vaultPath) === 'absent') return { path: vaultPath, exists: false, locked: true };
  const format = readFormat(vaultPath);
  if (format === undefined) throw vaultDamaged('not-a-vault');
  return { path: vaultPath, exists: true, format, locked };
}

/** False where it could not be written: counted on, and logged at the next unlock. */
function logFailedUnlocks(session: VaultSession, witness: Witness, count: number): boolean {
  const detail = `${count} with a wrong password since the vault was last opened here`;
  try {
    session.write((transaction) => {
      transaction.appendLog(witness({ action: 'vault.unlock', outcome: 'failed', detail }));
    });
    return true;
  } catch {
    return false;
  }
}

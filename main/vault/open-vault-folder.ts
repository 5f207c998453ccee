import type { VaultStatus } from '../../shared/contract/vault.ts';
import { AppError } from '../app-error.ts';
import type { Clock } from '../platform/clock.ts';
import { fileKind } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { writeBackup } from './backup-file.ts';
import { standingsOf } from './backup-standing.ts';
import { createCare, type OpenVault } from './care.ts';
import { createVault } from './create-vault.ts';
import { readFormat } from './database.ts';
import { createDeriveKey } from './derive-key.ts';
import { edge, edgeAsync, withCopy } from './edges.ts';
import { createFailedUnlocks } from './failed-unlocks.ts';
import { fullCopies, removeFullCopies } from './full-copy.ts';
import { openMark } from './mark.ts';
import type { Migration } from './migrate.ts';
import { openSession } from './open-session.ts';
import { type DerivationCost, floorCost } from './password-parameters.ts';
import type { OwnHold } from './put-in-place.ts';
import { restoreBackup } from './restore-backup.ts';
import { tryToRemoveUnfinished } from './unfinished.ts';
import { closeUnlocked, type Unlocked, unlockVault } from './unlock-vault.ts';
import type { Vault, VaultSession } from './vault.ts';
import { isWrongPassword, vaultDamaged, vaultLocked } from './vault-errors.ts';
import { type Rights, tightenAll, type VaultPaths, vaultPaths } from './vault-paths.ts';
import { createWays } from './ways.ts';
import { createWitness } from './witness.ts';

export interface VaultFolderOptions {
  readonly vaultDir: string;
  /** Keeps the mark a second time, outside the vault's folder (mark.ts). */
  readonly marksDir?: string;
  readonly clock: Clock;
  readonly random: Random;
  /** The bundled derive-key-worker.ts. */
  readonly deriveKeyWorkerUrl: URL;
  /** For the audit chain: which door the person came through. */
  readonly actor: string;
  /** Told after each transaction of this process. */
  readonly written?: () => void;
  /** Told when it was locked here because another process gave it new keys. */
  readonly keysChanged?: () => void;
  /** Only tests plant steps. */
  readonly migrations?: readonly Migration[];
  /** Only tests make vaults with a cheaper key derivation than the floor. */
  readonly creationKdf?: DerivationCost;
}

/** The vault of one folder. Nothing is read or written before it is asked something. */
export function openVaultFolder(options: VaultFolderOptions): Vault {
  const paths = vaultPaths(options.vaultDir, options.marksDir);
  const witness = createWitness(options.clock, options.actor);
  const deriveKey = createDeriveKey(options.deriveKeyWorkerUrl);
  const strengthen = { floor: options.creationKdf ?? floorCost, witness };
  const world = { ...options, paths, deriveKey, strengthen };
  let unlocked: OpenVault | undefined;
  let session: VaultSession | undefined;
  let rights: Rights = { exposed: [], narrowed: [] };
  let lockCount = 0;
  const failedUnlocks = createFailedUnlocks(witness);
  let lockedBecause: VaultStatus['lockedBecause'];

  const inside = { ...world, witness, live: () => live(unlocked) };

  function live(owner: OpenVault | undefined): OpenVault {
    if (owner === undefined || owner !== unlocked) throw vaultLocked();
    return owner;
  }

  function lock(): void {
    lockCount++;
    lockedBecause = undefined;
    close();
  }

  function close(): void {
    try {
      unlocked?.mark.write();
    } finally {
      closeWithoutMark();
    }
  }

  function closeWithoutMark(): void {
    const closing = unlocked;
    // First of all, so that it is locked whatever the disk says.
    unlocked = undefined;
    session = undefined;
    if (closing !== undefined) edge(() => closeUnlocked(closing));
  }

  /** The mark is as whoever gave the reason left it. */
  function lockItself(because: VaultStatus['lockedBecause']): void {
    lockCount++;
    lockedBecause = because;
    try {
      closeWithoutMark();
    } catch (error) {
      // The vault is locked before its file is closed, and nobody waits for what closing it says.
      if (!(error instanceof AppError)) throw error;
    }
  }

  const hold: OwnHold = {
    letGo: () => unlocked?.file.letGo(),
    takeAgain: () => unlocked?.file.reopen(),
    lock: lockItself,
  };

  /** Whoever noticed it is in the middle of reading or writing, and ends that first. */
  function lockSoon(opened: Unlocked | undefined): void {
    queueMicrotask(() => {
      if (opened === undefined || unlocked?.keys !== opened.keys) return;
      lockItself('new-keys');
      options.keysChanged?.();
    });
  }

  function adopt(opened: Unlocked): VaultSession {
    close();
    lockedBecause = undefined;
    const { file, keys } = opened;
    const mark = openMark({
      keys,
      paths,
      clock: options.clock,
      sequence: () => file.seenSequence(),
    });
    const { clock, random } = options;
    const written = () => {
      mark.written();
      options.written?.();
    };
    const opening = { live: () => live(own), paths, clock, random, written, mark };
    const own: OpenVault = { ...opened, mark };
    unlocked = own;
    session = openSession(opening);
    failedUnlocks.logIn(session);
    return session;
  }

  return {
    ...createCare({ ...inside, hold }),
    ...createWays({ ...inside, lock }),
    status: () =>
      edge(() => ({
        ...readStatus(paths, unlocked, rights),
        ...(lockedBecause === undefined ? {} : { lockedBecause }),
      })),
    create: (password) => edgeAsync(() => withCopy(password, (copy) => createVault(world, copy))),
    async unlock(secret, by = 'password') {
      const locksBefore = lockCount;
      let own: Unlocked | undefined;
      const keysChanged = () => lockSoon(own);
      try {
        const { opened, copiesBefore } = await edgeAsync(() =>
          withCopy(secret, async (copy) => {
            const copiesBefore = fullCopies(paths);
            return { copiesBefore, opened: await unlockVault({ ...world, keysChanged }, { type: by, secret: copy }) };
          }),
        );
        // Somebody locked while the key was derived: that came later, so it counts.
        if (lockCount !== locksBefore) {
          closeUnlocked(opened);
          throw vaultLocked();
        }
        tryToRemoveUnfinished(world);
        rights = tightenAll(paths);
        own = opened;
        const session = adopt(opened);
        // In place of a newer vault the copy may be all that is left of what that one had.
        const isNewest = unlocked?.mark.finding()?.finding !== 'rolled-back';
        if (isNewest && session.damaged.length === 0 && !session.isHeld()) removeFullCopies(copiesBefore);
        return session;
      } catch (error) {
        if (isWrongPassword(error)) failedUnlocks.count(by);
        throw error;
      }
    },
    backUp(path, leaveOut) {
      const { file, keys } = live(unlocked);
      edge(() => writeBackup({ file, keys, clock: options.clock, random: options.random }, { path, leaveOut }));
    },
    standings: (backupPaths) => edgeAsync(() => standingsOf(paths, backupPaths, unlocked?.keys.identity.vaultId)),
    restore: (path, secret, restored, type = 'password') =>
      edgeAsync(() =>
        withCopy(secret, (copy) =>
          restoreBackup({ ...world, hold }, { path, credential: { type, secret: copy }, restored }),
        ),
      ),
    lock,
    session() {
      if (session === undefined) throw vaultLocked();
      return session;
    },
  };
}

function readStatus(
  { vaultPath }: VaultPaths,
  unlocked: OpenVault | undefined,
  { exposed, narrowed }: Rights,
): VaultStatus {
  if (fileKind(vaultPath) === 'absent') return { path: vaultPath, exists: false, locked: true };
  const mark = unlocked?.mark.finding();
  const format = readFormat(vaultPath);
  if (format === undefined) throw vaultDamaged('not-a-vault');
  return {
    path: vaultPath,
    exists: true,
    format,
    locked: unlocked === undefined,
    ...(mark === undefined ? {} : { mark }),
    ...(unlocked === undefined || exposed.length === 0 ? {} : { exposed: [...exposed] }),
    ...(unlocked === undefined || narrowed.length === 0 ? {} : { narrowed: [...narrowed] }),
  };
}

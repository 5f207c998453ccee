// Putting a backup in the vault's place.
//
// Guarantees, besides those of put-in-place.ts: nothing is touched before everything in the backup was opened and checked.
import type { Remedy } from '../../shared/contract/remedies.ts';
import { AppError } from '../app-error.ts';
import { copyPrivately, makePrivateFolder } from '../platform/durable-files.ts';
import { fileKind } from '../platform/files.ts';
import { Arena } from './arena.ts';
import { removeCopy } from './backup-file.ts';
import { readVaultId } from './backup-standing.ts';
import type { DeriveKey } from './derive-key.ts';
import { holdLock } from './lock-file.ts';
import { replaceMark, sealMark } from './mark-file.ts';
import { openSession } from './open-session.ts';
import { putInPlace, type ReplaceWorld } from './put-in-place.ts';
import { loadSodium } from './sodium.ts';
import { removeUnfinished, unfinishedPath } from './unfinished.ts';
import { closeUnlocked, unlockVault } from './unlock-vault.ts';
import type { VaultTransaction } from './vault.ts';
import { vaultDamaged } from './vault-errors.ts';
import type { Credential } from './vault-key.ts';
import { copyPaths, type VaultPaths } from './vault-paths.ts';
import { assertWhole } from './whole-file.ts';

export interface RestoreWorld extends ReplaceWorld {
  readonly deriveKey: DeriveKey;
}

export interface RestoreWanted {
  readonly path: string;
  /** Of the backup; the caller overwrites it. */
  readonly credential: Credential;
  readonly restored: (transaction: VaultTransaction) => void;
}

/** See Vault.restore. */
export async function restoreBackup(world: RestoreWorld, wanted: RestoreWanted): Promise<string | undefined> {
  const { paths, random } = world;
  if (fileKind(wanted.path) !== 'file') {
    throw new AppError('not-found', `${wanted.path} is no file.`, { effect: 'nothing-changed' });
  }
  makePrivateFolder(paths.vaultDir);
  const release = holdLock(paths.lockPath);
  const ownPath = unfinishedPath(paths.vaultPath, random);
  try {
    copyWithLog(wanted.path, ownPath);
    const { vaultId, mark } = await checkCopy(world, ownPath, wanted);
    await refuseAnothers(paths, vaultId);
    // Only now: what is restored may be what another restore left.
    removeUnfinished(world, ownPath);
    // On purpose: it is not to be told as an older copy. Before the move, or stopping in between would tell it; and not
    // while it can still be refused, or the vault that stays would have a mark that is none of its own.
    return putInPlace(world, ownPath, { justBefore: () => replaceMark(paths, mark) });
  } finally {
    removeCopy(ownPath);
    release();
  }
}

/**
 * A copy that somebody made of a vault's files has its newest transactions in the write-ahead log beside it. That first:
 * where its vault moves it into the file in this moment, they are in both.
 */
function copyWithLog(path: string, ownPath: string): void {
  for (const [from, to] of [
    [`${path}-wal`, `${ownPath}-wal`],
    [path, ownPath],
  ] as const)
    if (fileKind(from) === 'file') copyPrivately(from, to);
}

/** Opens all of it, and notes in it that it was restored. */
async function checkCopy(world: RestoreWorld, path: string, { credential, restored }: RestoreWanted) {
  const paths = copyPaths(path);
  const unlocked = await unlockVault({ ...world, paths }, credential);
  let checked: { readonly vaultId: Uint8Array; readonly mark: Uint8Array };
  try {
    const session = openSession({ ...world, live: () => unlocked, paths });
    if (!session.verify().ok) throw notSound();
    session.write(restored);
    const { keys } = unlocked;
    checked = { vaultId: keys.identity.vaultId, mark: sealMark(keys, session.sequence()) };
  } finally {
    closeUnlocked(unlocked);
  }
  assertWhole(path);
  return checked;
}

/** A vault that still says which one it is must be the same. One that does not may be replaced: that is what for. */
async function refuseAnothers({ vaultPath, headerPath }: VaultPaths, vaultId: Uint8Array): Promise<void> {
  if (fileKind(vaultPath) === 'absent') return;
  const arena = new Arena(await loadSodium());
  try {
    const current = readVaultIdHere(vaultPath, headerPath, arena);
    if (current === undefined || Buffer.compare(current, vaultId) === 0) return;
  } finally {
    arena.destroy();
  }
  throw new AppError('invalid-input', 'This is the backup of another vault.', {
    effect: 'nothing-changed',
    hint: 'Restore it into a folder of its own.',
    details: { remedy: 'vault.elsewhere' satisfies Remedy },
  });
}

function readVaultIdHere(vaultPath: string, headerPath: string, arena: Arena): Uint8Array | undefined {
  try {
    return readVaultId(vaultPath, headerPath, arena);
  } catch (error) {
    throw error instanceof AppError && error.code === 'vault-too-new' ? saysItIsNewer(vaultPath) : error;
  }
}

/** One wrong byte can say so as well, and then no Rondo is new enough. */
function saysItIsNewer(vaultPath: string): AppError {
  return new AppError('vault-too-new', 'The vault in this folder says that a newer Rondo wrote it.', {
    effect: 'nothing-changed',
    hint: `Install the newest Rondo. If no newer one was ever used here, it is damaged: move ${vaultPath} away and restore again.`,
  });
}

function notSound(): AppError {
  const { details } = vaultDamaged('rows');
  return new AppError('vault-damaged', 'This backup is damaged. The vault was not touched.', {
    hint: 'Choose an older one.',
    details: { ...details, remedy: 'backup.list' satisfies Remedy },
  });
}

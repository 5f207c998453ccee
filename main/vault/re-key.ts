// A new vault key: what an old password, an old recovery code or a leaked key opened stays closed from then on, in the
// vault. Older copies of it open as before; nobody can change those.
//
// Guarantees: every row is sealed anew in one transaction, so that whenever the machine stops the vault is whole, under the
// old key or the new; what is answered is which. A whole copy was made and checked before. A way in stays only if what
// opens it is shown, because the new key has to be wrapped for it.
import { dirname } from 'node:path';
import { AppError } from '../app-error.ts';
import { removeFile, replaceFile, syncFolder } from '../platform/durable-files.ts';
import type { AddedSlot } from './added-slots.ts';
import { Arena } from './arena.ts';
import { type FullCopySource, writeFullCopy } from './full-copy.ts';
import type { Header } from './header.ts';
import { chooseHeader } from './header-copies.ts';
import { type Keys, plainHash } from './keys.ts';
import { holdLock } from './lock-file.ts';
import { sealMark, tryToMark } from './mark-file.ts';
import { makeHeader } from './new-header.ts';
import type { KeptWay, SlotWorld } from './new-slots.ts';
import { createNonces } from './nonces.ts';
import { resealRows } from './reseal-rows.ts';
import { loadSodium } from './sodium.ts';
import type { Unlocked } from './unlock-vault.ts';
import type { LogEntry } from './vault.ts';
import { vaultBusy } from './vault-errors.ts';
import { type Credential, openVaultKey } from './vault-key.ts';

export interface ReKeyWorld extends SlotWorld, Pick<FullCopySource, 'paths' | 'clock'> {
  readonly unlocked: Unlocked;
  /** Locks the vault in this process: its keys are of the past. */
  readonly lock: () => void;
}

export interface ReKeyWanted {
  /** The caller overwrites all of them. */
  readonly password: Uint8Array;
  readonly kept: readonly KeptWay[];
  readonly entry: LogEntry;
}

/** @returns the ways in that are gone. @throws AppError wrong-password, not-found, vault-busy, vault-damaged, storage */
export async function reKey(world: ReKeyWorld, wanted: ReKeyWanted): Promise<readonly AddedSlot[]> {
  const { paths, unlocked } = world;
  const release = holdLock(paths.lockPath);
  try {
    const before = unlocked.file.chosenHeader();
    await proveAll(world, before.header, wanted);
    const made = await makeHeader(world, wanted.password, before.header, wanted.kept);
    try {
      const keys: Keys = { arena: made.arena, identity: made.header, nextNonce: createNonces(world.random) };
      // Whether it may be written at all: said in its own words, before anything is copied.
      unlocked.file.write(() => {});
      writeFullCopy({ ...unlocked, ...world }, 're-key');
      // The next unlock writes it, if we do not come so far; an old one would open with the old password.
      removeFile(paths.headerPath);
      syncFolder(dirname(paths.headerPath));
      let sequence = 0;
      try {
        unlocked.file.reseal((old) => {
          const now = chooseHeader(old.file.statements, undefined, plainHash(made.arena));
          if (Buffer.compare(now.hash, before.hash) !== 0) throw vaultBusy();
          sequence = old.state.sequence + 1;
          return resealRows(old, { from: unlocked.keys, to: { keys, sequence }, header: made, entry: wanted.entry });
        });
      } catch (error) {
        throw putHeaderBack(world) ? error : withoutHeaderFile(error);
      }
      unlocked.file.vacuum();
      tryToRenew(paths.headerPath, made.encoded);
      tryToMark(paths, sealMark(keys, sequence));
    } finally {
      made.arena.destroy();
    }
    lockAnyway(world);
    const kept = new Set(wanted.kept.map(({ type }) => type));
    return (['recovery', 'keychain'] as const).filter(
      (type) => !kept.has(type) && before.header.slots.some((slot) => slot.type === type),
    );
  } finally {
    release();
  }
}

/** False: the disk does not take it, or it cannot be told which keys the vault has now. Then the next unlock writes it. */
function putHeaderBack({ paths, unlocked }: ReKeyWorld): boolean {
  try {
    replaceFile(paths.headerPath, unlocked.file.chosenHeader().encoded);
    return true;
  } catch {
    return false;
  }
}

function withoutHeaderFile(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, hint, details } = error;
  const words = 'Only the copy of its header in a file of its own is gone: the next unlock writes it again.';
  return new AppError(code, `${error.message} ${words}`, {
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
    cause: error,
  });
}

// From the commit on the vault has its new keys, whatever the disk says: no failure may be told as if it had not.

/** Where it fails there is no header in a file, and the next unlock writes it. The two in the database are what opens. */
function tryToRenew(headerPath: string, encoded: Uint8Array): void {
  try {
    replaceFile(headerPath, encoded);
  } catch {
    // Verify names it as well until it is there again.
  }
}

/** Only closing the file can fail: locked it is by then, and the keys are overwritten either way. */
function lockAnyway({ lock }: Pick<ReKeyWorld, 'lock'>): void {
  try {
    lock();
  } catch {
    // The next one who opens the vault finds everything that was committed.
  }
}

/** Each of them opens the vault as it is now. */
async function proveAll({ deriveKey }: ReKeyWorld, header: Header, { password, kept }: ReKeyWanted): Promise<void> {
  const arena = new Arena(await loadSodium());
  try {
    const credentials: readonly Credential[] = [{ type: 'password', secret: password }, ...kept];
    for (const credential of credentials) {
      await openVaultKey(deriveKey, arena, { header, credential });
      arena.dropKey('vault');
    }
  } finally {
    arena.destroy();
  }
}

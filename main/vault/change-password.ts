// Changing the password: the vault key is wrapped anew, and nothing else changes.
//
// Guarantees: before it answers, every copy of the header opens with the new password only, the two in the database by one
// transaction and then the file; if it stops in between, the database's copies decide, and both of them say the same. The
// current password is asked for although the vault is open: a window that somebody left open must not be enough to lock
// its owner out. An older copy of the vault still opens with the older password: only new keys would change that.
import { AppError } from '../app-error.ts';
import { replaceFile } from '../platform/files.ts';
import type { Random } from '../platform/random.ts';
import { Arena } from './arena.ts';
import type { DeriveKey } from './derive-key.ts';
import type { Draft } from './draft.ts';
import { encodeHeader, type Header } from './header.ts';
import { type ChosenHeader, chooseHeader } from './header-copies.ts';
import { plainHash } from './keys.ts';
import { deriveOwner, makePasswordSlot } from './new-slots.ts';
import type { DerivationCost } from './password-parameters.ts';
import { loadSodium } from './sodium.ts';
import type { Unlocked } from './unlock-vault.ts';
import type { LogEntry } from './vault.ts';
import { vaultBusy } from './vault-errors.ts';
import { openVaultKey } from './vault-key.ts';
import type { VaultPaths } from './vault-paths.ts';

export interface PasswordChangeWorld {
  readonly paths: VaultPaths;
  readonly random: Random;
  readonly deriveKey: DeriveKey;
  /** Only tests go below the floor. Absent: measured on this machine. */
  readonly creationKdf?: DerivationCost;
  /** Goes into the same transaction. */
  readonly entry: LogEntry;
}

export interface PasswordChange {
  readonly current: Uint8Array;
  readonly next: Uint8Array;
}

/**
 * The caller overwrites both passwords.
 * @throws AppError invalid-input (the new one is empty), wrong-password (the current one), vault-busy, vault-damaged, storage
 */
export async function changePassword(
  world: PasswordChangeWorld,
  { file }: Unlocked,
  { current, next }: PasswordChange,
): Promise<void> {
  if (next.length === 0) throw new AppError('invalid-input', 'The new password is empty. Nothing was changed.');
  const owner = await deriveOwner(world, next);
  const arena = new Arena(await loadSodium());
  try {
    const hash = plainHash(arena);
    const read = () => chooseHeader(file.open().statements, world.paths.headerPath, hash);
    const before = read();
    await openVaultKey(world.deriveKey, arena, {
      header: before.header,
      credential: { type: 'password', secret: current },
    });
    const slot = makePasswordSlot(world, { arena, vaultId: before.header.vaultId }, owner);
    arena.dropKey('vault');
    const header = withPasswordSlot(before, slot);
    const encoded = encodeHeader(header, hash);
    file.write((draft: Draft) => {
      // Deriving took seconds: another process may have changed the header meanwhile.
      if (Buffer.compare(read().hash, before.hash) !== 0) throw vaultBusy();
      draft.putHeader(encoded, hash(encoded));
      draft.appendLog(world.entry);
    });
    replaceHeaderFile(world.paths, encoded);
  } finally {
    owner.key.fill(0);
    arena.destroy();
  }
}

function withPasswordSlot({ header }: ChosenHeader, slot: Header['slots'][number]): Header {
  const slots = header.slots.map((old) => (old.type === 'password' ? slot : old));
  return { ...header, counter: header.counter + 1, slots };
}

function replaceHeaderFile({ headerPath }: VaultPaths, encoded: Uint8Array): void {
  try {
    replaceFile(headerPath, encoded);
  } catch (cause) {
    throw new AppError(
      'storage',
      'The vault has the new password. Only the copy of its header in a file of its own could not be replaced, and that copy still opens with the old one.',
      { hint: `Make room, then change the password once more, or remove ${headerPath}.`, cause },
    );
  }
}

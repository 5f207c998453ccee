// Changing the slots of a header: how the vault is opened, and nothing of what it holds.
//
// Guarantees: before it answers, every copy of the header says the same, the two in the database by one transaction and
// then the file; if it stops in between, the database's copies decide, and both of them agree. Somebody has to prove once
// more that they may open the vault, although it is open: a window that was left open must not be enough to lock its owner
// out, or to leave a way in for later.
import { AppError } from '../app-error.ts';
import { replaceFile } from '../platform/durable-files.ts';
import { Arena } from './arena.ts';
import { encodeHeader, type Slot } from './header.ts';
import { type ChosenHeader, chooseHeader } from './header-copies.ts';
import { plainHash } from './keys.ts';
import type { LiveFile } from './live-file.ts';
import type { SlotOwner, SlotWorld } from './new-slots.ts';
import { loadSodium } from './sodium.ts';
import type { LogEntry } from './vault.ts';
import { vaultBusy } from './vault-errors.ts';
import { type Credential, openVaultKey } from './vault-key.ts';
import type { VaultFilePaths } from './vault-paths.ts';

export interface HeaderWorld extends SlotWorld {
  readonly paths: VaultFilePaths;
}

export interface SlotChange {
  /** The caller overwrites it. */
  readonly credential: Credential;
  /** Goes into the same transaction. */
  readonly entry: LogEntry;
  /** What else is told where only the copy of the header in a file of its own could not be replaced. */
  readonly whenHalfDone?: string;
  /** Before anything is written, when it is proved that they may. */
  readonly firstly?: () => void;
  /** The owner's arena holds the vault key, and must still do so afterwards. */
  readonly change: (owner: SlotOwner, slots: readonly Slot[]) => readonly Slot[];
}

/** @throws AppError wrong-password, not-found (no such slot), invalid-input, vault-busy, vault-damaged, storage */
export async function changeSlots(world: HeaderWorld, file: LiveFile, wanted: SlotChange): Promise<void> {
  const arena = new Arena(await loadSodium());
  try {
    const before = chooseHeader(file.open().statements, world.paths.headerPath, plainHash(arena));
    const { header } = before;
    await openVaultKey(world.deriveKey, arena, { header, credential: wanted.credential });
    const slots = wanted.change({ arena, vaultId: header.vaultId }, header.slots);
    arena.dropKey('vault');
    wanted.firstly?.();
    const { entry, whenHalfDone } = wanted;
    writeSlots(world, file, { arena, before, slots, entry, ...(whenHalfDone === undefined ? {} : { whenHalfDone }) });
  } finally {
    arena.destroy();
  }
}

/** The slots of a type are replaced by `slot`, or only removed. */
export function withSlot(slots: readonly Slot[], type: Slot['type'], slot?: Slot): readonly Slot[] {
  const others = slots.filter((old) => old.type !== type);
  return slot === undefined ? others : [...others, slot].sort((left, right) => left.id - right.id);
}

export interface NewSlots {
  /** For hashing only. */
  readonly arena: Arena;
  readonly before: ChosenHeader;
  readonly slots: readonly Slot[];
  readonly entry: LogEntry;
  readonly whenHalfDone?: string;
}

/** @throws AppError vault-busy when the header is not `before` any more, vault-damaged, storage */
export function writeSlots(
  { paths }: Pick<HeaderWorld, 'paths'>,
  file: LiveFile,
  { arena, before, slots, entry, whenHalfDone = 'The vault was changed.' }: NewSlots,
): void {
  const hash = plainHash(arena);
  const encoded = encodeHeader({ ...before.header, counter: before.header.counter + 1, slots }, hash);
  file.write((draft) => {
    // Deriving took seconds: another process may have changed the header meanwhile.
    const now = chooseHeader(file.open().statements, paths.headerPath, hash);
    if (Buffer.compare(now.hash, before.hash) !== 0) throw vaultBusy();
    draft.putHeader(encoded, hash(encoded));
    draft.appendLog(entry);
  });
  const { headerPath } = paths;
  if (headerPath === undefined) return;
  try {
    replaceFile(headerPath, encoded);
  } catch (cause) {
    throw new AppError(
      'storage',
      `${whenHalfDone} The copy of its header in a file of its own could not be replaced, and that copy still opens as before.`,
      { hint: `Make room, then do it once more, or remove ${headerPath}.`, cause },
    );
  }
}

import { AppError } from '../app-error.ts';
import { changeSlots, type HeaderWorld, withSlot } from './header-change.ts';
import type { LiveFile } from './live-file.ts';
import { deriveOwner, makePasswordSlot } from './new-slots.ts';
import type { LogEntry } from './vault.ts';
import type { Credential } from './vault-key.ts';

export interface PasswordChange {
  /** The current password, or the recovery code of somebody who has lost it. */
  readonly credential: Credential;
  readonly next: Uint8Array;
  readonly entry: LogEntry;
  /** Makes a whole copy of the vault: it goes after the next good unlock. */
  readonly copyFirst: () => void;
}

/**
 * The vault key is wrapped anew, and nothing else changes: an older copy of the vault still opens with the older password.
 * Only new keys would change that. The caller overwrites both secrets.
 * @throws AppError invalid-input (the new one is empty), and what changing slots throws
 */
export async function changePassword(world: HeaderWorld, file: LiveFile, wanted: PasswordChange): Promise<void> {
  const { credential, next, entry, copyFirst } = wanted;
  if (next.length === 0)
    throw new AppError('invalid-input', 'The new password is empty.', { effect: 'nothing-changed' });
  // Before the vault key is open: deriving takes a second or two.
  const derived = await deriveOwner(world, next);
  try {
    await changeSlots(world, file, {
      credential,
      entry,
      firstly() {
        // Whether it may be written at all: said in its own words, before anything is copied.
        file.write(() => {});
        copyFirst();
      },
      change: (owner, slots) => withSlot(slots, 'password', makePasswordSlot(world, owner, derived)),
    });
  } finally {
    derived.key.fill(0);
  }
}

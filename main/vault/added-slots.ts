// The ways into the vault besides its password. Neither is ever the only one: the password's slot is always there.
import { changeSlots, type HeaderWorld, withSlot } from './header-change.ts';
import type { LiveFile } from './live-file.ts';
import { makeRandomSlot } from './new-slots.ts';
import { encodeRecoveryCode } from './recovery-code.ts';
import type { LogEntry } from './vault.ts';

export type AddedSlot = 'recovery' | 'keychain';

export interface SlotWanted {
  readonly type: AddedSlot;
  /** The vault's password; the caller overwrites it. */
  readonly secret: Uint8Array;
  readonly entry: LogEntry;
}

/** The parameters of a slot whose key is random: there is nothing to say about how it is made. */
const noParameters = new Uint8Array(0);

/**
 * Adds the slot, or replaces it: what opened it before does not any more.
 * @returns what opens it from now on, which is nowhere else: the recovery code as it is written down, or the 32 bytes that
 * the keychain is to keep. The caller overwrites it.
 */
export async function addSlot(world: HeaderWorld, file: LiveFile, wanted: SlotWanted): Promise<Uint8Array> {
  const { type, entry } = wanted;
  const credential = { type: 'password', secret: wanted.secret } as const;
  const made: Uint8Array[] = [];
  await changeSlots(world, file, {
    credential,
    entry,
    change(owner, slots) {
      const { slot, key } = makeRandomSlot(world, owner, { type, parameters: noParameters });
      made.push(type === 'recovery' ? encodeRecoveryCode(key) : new Uint8Array(key));
      key.fill(0);
      return withSlot(slots, type, slot);
    },
  });
  const [secret] = made;
  if (secret === undefined) throw new Error('a slot was added without what opens it');
  return secret;
}

export async function removeSlot(world: HeaderWorld, file: LiveFile, wanted: SlotWanted): Promise<void> {
  const { type, entry } = wanted;
  const credential = { type: 'password', secret: wanted.secret } as const;
  await changeSlots(world, file, { credential, entry, change: (_owner, slots) => withSlot(slots, type) });
}

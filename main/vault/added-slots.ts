// The ways into the vault besides its password. Neither is ever the only one: the password's slot is always there.
import { changeSlots, type HeaderWorld, type SlotChange, withSlot } from './header-change.ts';
import type { LiveFile } from './live-file.ts';
import { makeRandomSlot } from './new-slots.ts';
import { encodeRecoveryCode } from './recovery-code.ts';

export type AddedSlot = 'recovery' | 'keychain';

export interface SlotWanted extends Pick<SlotChange, 'credential' | 'entry' | 'firstly'> {
  readonly type: AddedSlot;
}

/** Whoever is told that it was not finished does not hold what was made; it is made once more. */
const lostAgain: Readonly<Record<AddedSlot, string>> = {
  recovery:
    'The vault has a new recovery code, which is not shown and opens nothing for anybody, and an earlier one is void.',
  keychain: 'The vault has a new key for the keychain, which was not kept there, and an earlier one is void.',
};

/** The parameters of a slot whose key is random: there is nothing to say about how it is made. */
const noParameters = new Uint8Array(0);

/**
 * Adds the slot, or replaces it: what opened it before does not any more.
 * @returns what opens it from now on, which is nowhere else: the recovery code as it is written down, or the 32 bytes that
 * the keychain is to keep. The caller overwrites it.
 */
export async function addSlot(world: HeaderWorld, file: LiveFile, wanted: SlotWanted): Promise<Uint8Array> {
  const { type, ...more } = wanted;
  const made: Uint8Array[] = [];
  const changed = changeSlots(world, file, {
    ...more,
    whenHalfDone: lostAgain[type],
    change(owner, slots) {
      const { slot, key } = makeRandomSlot(world, owner, { type, parameters: noParameters });
      made.push(type === 'recovery' ? encodeRecoveryCode(key) : new Uint8Array(key));
      key.fill(0);
      return withSlot(slots, type, slot);
    },
  });
  await changed.catch((error: unknown) => {
    for (const key of made) key.fill(0);
    throw error;
  });
  const [secret] = made;
  if (secret === undefined) throw new Error('a slot was added without what opens it');
  return secret;
}

export async function removeSlot(world: HeaderWorld, file: LiveFile, wanted: SlotWanted): Promise<void> {
  const { type, entry, credential } = wanted;
  await changeSlots(world, file, { credential, entry, change: (_owner, slots) => withSlot(slots, type) });
}

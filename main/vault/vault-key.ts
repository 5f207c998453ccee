// From what somebody has to the vault key: the one place where a slot is opened.
import { AppError } from '../app-error.ts';
import { type Arena, keyBytes } from './arena.ts';
import type { DeriveKey } from './derive-key.ts';
import type { Header, Slot, SlotType } from './header.ts';
import { unwrapVaultKey } from './key-slots.ts';
import { normalisePassword } from './password.ts';
import { parsePasswordParameters } from './password-parameters.ts';
import { decodeRecoveryCode } from './recovery-code.ts';
import { vaultDamaged, wrongPassword } from './vault-errors.ts';

/** What opens the vault: a password, a recovery code as it was typed, or the 32 bytes that the system's keychain keeps. */
export interface Credential {
  readonly type: SlotType;
  /** The caller overwrites it. */
  readonly secret: Uint8Array;
}

/**
 * Puts the vault key into `vault` of the arena and answers the slot that gave it.
 * @throws AppError wrong-password, not-found (no slot of that type), invalid-input (no text, a mistyped code), vault-damaged
 */
export async function openVaultKey(
  deriveKey: DeriveKey,
  arena: Arena,
  { header, credential }: { readonly header: Header; readonly credential: Credential },
): Promise<Slot> {
  const { type } = credential;
  const slot = header.slots.find((candidate) => candidate.type === type);
  if (slot === undefined) throw type === 'password' ? vaultDamaged('header') : noSuchSlot(type);
  const key = await ownerKey(deriveKey, slot, credential);
  arena.setKey('owner', key);
  key.fill(0);
  const unwrapped = unwrapVaultKey(arena, header.vaultId, slot);
  if (unwrapped === 'damaged') throw vaultDamaged('header');
  if (unwrapped === 'wrong-key') throw type === 'password' ? wrongPassword() : wrongKey(type);
  return slot;
}

async function ownerKey(deriveKey: DeriveKey, slot: Slot, { type, secret }: Credential): Promise<Uint8Array> {
  switch (type) {
    case 'password': {
      const parameters = parsePasswordParameters(slot.parameters);
      if (parameters === undefined) throw vaultDamaged('header');
      return (await deriveKey({ ...parameters, password: normalisePassword(secret) })).key;
    }
    case 'recovery':
      return decodeRecoveryCode(secret);
    case 'keychain':
      if (secret.length !== keyBytes) throw wrongKey(type);
      return new Uint8Array(secret);
  }
}

const usePassword = 'Unlock with the password.';

function noSuchSlot(type: 'recovery' | 'keychain'): AppError {
  return type === 'recovery'
    ? new AppError('not-found', 'This vault has no recovery code: none was made, or it was removed.', {
        hint: usePassword,
        details: { slot: type },
      })
    : new AppError(
        'not-found',
        "This vault is not opened by the system's keychain: that was never set up, or removed.",
        {
          hint: `${usePassword} The keychain can be set up again afterwards.`,
          details: { slot: type },
        },
      );
}

function wrongKey(type: 'recovery' | 'keychain'): AppError {
  return type === 'recovery'
    ? new AppError('wrong-password', 'The recovery code has no typing mistake, but it does not open this vault.', {
        hint: 'It was replaced by a newer one, removed, or belongs to another vault.',
        details: { slot: type },
      })
    : new AppError('wrong-password', "What the system's keychain keeps does not open this vault.", {
        hint: `The keychain was reset, or its key was made for another copy of the vault. ${usePassword}`,
        details: { slot: type },
      });
}

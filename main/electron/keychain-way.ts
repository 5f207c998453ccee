// Turning the system's keychain on: the core adds a way into the vault, and the keychain keeps what opens it.
//
// Guarantees: nothing is added where the keychain says that it cannot be used; and where it then refuses the key, the way is
// taken back. Where even that fails, a way is left that nobody has the key of, and it is said.
//
// Assumes that the app lives through it: an end in between leaves such a way without a word. It opens nothing, and turning
// the keychain on again replaces it. Where it was on before, its earlier key is replaced by then.
import type { SealedInput } from '../../shared/contract/page-seal.ts';
import { vaultCalls } from '../../shared/contract/vault.ts';
import { AppError, answerOf } from '../app-error.ts';
import type { PortClient } from '../core-process/port-client.ts';
import type { VaultKeychain } from './keychain.ts';

export interface KeychainWayWorld {
  readonly core: () => Pick<PortClient, 'client' | 'dispatch'>;
  readonly keychain: VaultKeychain;
}

/** @throws AppError unsupported, storage, and as `vault.make-keychain-key` */
export async function addKeychainWay(
  { core, keychain }: KeychainWayWorld,
  input: { readonly password: Uint8Array } | SealedInput,
): Promise<void> {
  try {
    await keychain.checkUsable();
  } catch (refusal) {
    if ('password' in input) input.password.fill(0);
    throw refusal;
  }
  const opened = 'sealed' in input ? { ...input, answer: 'open' } : input;
  const made = answerOf(await core().dispatch('vault.make-keychain-key', opened));
  const { keychainKey } = vaultCalls['vault.make-keychain-key'].output.parse(made);
  const own = new Uint8Array(keychainKey);
  try {
    await keychain.remember(keychainKey);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    // The key opens its own way, so that the password need not be kept until now.
    const removed = await core().client('vault.remove-way', { way: 'keychain', keychainKey: own });
    throw removed.ok ? takenBack(cause) : leftBehind(cause);
  } finally {
    own.fill(0);
  }
}

function takenBack(cause: AppError): AppError {
  const message = `${cause.message} The way into the vault that was made for it was taken back.`;
  return new AppError(cause.code, message, { ...cause.toFailure(), cause });
}

function leftBehind(cause: AppError): AppError {
  return new AppError(
    cause.code,
    `${cause.message} The way into the vault that was made for it could not be taken back; nobody has its key.`,
    { hint: 'Use your password. Turn the keychain on again: that replaces the way.', cause },
  );
}

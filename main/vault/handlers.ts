import type { RondoCalls, RondoHandlers } from '../../shared/contract/contract.ts';
import type { Input } from '../../shared/contract/kit.ts';
import type { Vault } from './vault.ts';

type VaultChannels = Extract<keyof RondoHandlers, `vault.${string}`>;

/** `settle` lets running acts end before the keys go. `changed` is told after each change of the vault's state. */
export function vaultHandlers(
  vault: Vault,
  settle: () => Promise<void>,
  changed: () => void,
): Pick<RondoHandlers, VaultChannels> {
  return {
    'vault.create': async ({ password }) => {
      const created = await vault.create(password);
      changed();
      return { vault: created };
    },
    'vault.status': () => ({ vault: vault.status() }),
    'vault.unlock': async (opener) => {
      const session = await vault.unlock(...secretOf(opener));
      changed();
      return { vault: vault.status(), damaged: [...session.damaged] };
    },
    'vault.change-password': async (change) => {
      const { newPassword } = change;
      if ('password' in change) await vault.changePassword(change.password, newPassword);
      else await vault.changePassword(change.recoveryCode, newPassword, 'recovery');
      return { vault: vault.status() };
    },
    'vault.ways': () => vault.ways(),
    'vault.make-recovery-code': async ({ password }) => ({ recoveryCode: await vault.addWay('recovery', password) }),
    'vault.make-keychain-key': async ({ password }) => ({ keychainKey: await vault.addWay('keychain', password) }),
    'vault.remove-way': async ({ way, password }) => {
      await vault.removeWay(way, password);
      return { vault: vault.status() };
    },
    'vault.lock': async () => {
      await settle();
      vault.lock();
      changed();
      return { vault: vault.status() };
    },
    'vault.verify': () => vault.session().verify(),
  };
}

function secretOf(opener: Input<RondoCalls['vault.unlock']>): [Uint8Array, 'password' | 'recovery' | 'keychain'] {
  if ('password' in opener) return [opener.password, 'password'];
  if ('recoveryCode' in opener) return [opener.recoveryCode, 'recovery'];
  return [opener.keychainKey, 'keychain'];
}

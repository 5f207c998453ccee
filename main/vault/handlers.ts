import type { RondoHandlers } from '../../shared/contract/contract.ts';
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
    'vault.unlock': async ({ password }) => {
      const session = await vault.unlock(password);
      changed();
      return { vault: vault.status(), damaged: [...session.damaged] };
    },
    'vault.change-password': async ({ password, newPassword }) => {
      await vault.changePassword(password, newPassword);
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

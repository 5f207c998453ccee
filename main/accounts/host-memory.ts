import type { HostMemory } from '../circleci/circleci.ts';
import type { VaultSession } from '../vault/vault.ts';
import { type AccountRecord, accountStore } from './account-store.ts';
import { presentAccounts } from './sign-in.ts';

/**
 * What was learned of a host lives with its accounts: each of them knows the same. While the first account of a host is
 * being added there is none yet; then it is kept here until it can be written (`adopt`).
 */
export interface AccountHostMemory extends HostMemory {
  /** What is known of an origin so far, for the account that is about to be written. */
  known(origin: string): Pick<AccountRecord, 'capabilities' | 'personalVersion'>;
}

export function createHostMemory(session: () => VaultSession): AccountHostMemory {
  const unwritten = new Map<string, Pick<AccountRecord, 'capabilities' | 'personalVersion'>>();

  function known(origin: string): Pick<AccountRecord, 'capabilities' | 'personalVersion'> {
    return (
      presentAccounts(session()).find((account) => account.origin === origin) ??
      unwritten.get(origin) ?? { capabilities: {} }
    );
  }

  return {
    known,
    capability: (origin, route) => known(origin).capabilities[route] ?? 'unknown',
    personalVersion: (origin) => known(origin).personalVersion,
    learned(origin, { route, capability, personalVersion }) {
      const before = known(origin);
      const same =
        before.capabilities[route] === capability &&
        (personalVersion ?? before.personalVersion) === before.personalVersion;
      if (same) return;
      const fact = {
        capabilities: { ...before.capabilities, [route]: capability },
        ...(personalVersion === undefined ? {} : { personalVersion }),
      };
      unwritten.set(origin, fact);
      const accounts = presentAccounts(session()).filter((account) => account.origin === origin);
      if (accounts.length === 0) return;
      session().write((transaction) => {
        for (const account of accounts) accountStore.put(transaction, { ...account, ...fact }, 'same');
      });
    },
  };
}

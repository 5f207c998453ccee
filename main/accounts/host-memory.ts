import type { HostMemory } from '../circleci/circleci.ts';
import type { VaultSession } from '../vault/vault.ts';
import { type AccountRecord, accountStore } from './account-store.ts';
import { presentAccounts } from './sign-in.ts';

type KnownOfHost = Pick<AccountRecord, 'capabilities' | 'personalVersion'>;

/** What was learned of a host lives with its accounts: each of them knows the same. */
export interface AccountHostMemory extends HostMemory {
  /** What is known of an origin so far, for the account that is about to be written. */
  known(origin: string): KnownOfHost;
}

export function createHostMemory(session: () => VaultSession): AccountHostMemory {
  const accountsOn = (origin: string) => presentAccounts(session()).filter((account) => account.origin === origin);

  function known(origin: string): KnownOfHost {
    const { capabilities = {}, personalVersion } = accountsOn(origin)[0] ?? {};
    return { capabilities, ...(personalVersion === undefined ? {} : { personalVersion }) };
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
      session().write((transaction) => {
        for (const account of accountsOn(origin)) accountStore.put(transaction, { ...account, ...fact }, 'same');
      });
    },
  };
}

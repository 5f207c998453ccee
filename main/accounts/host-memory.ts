import { canonicalSlug } from '../../shared/slugs.ts';
import type { HostMemory, Place } from '../circleci/circleci.ts';
import type { VaultSession } from '../vault/vault.ts';
import { type AccountRecord, accountStore } from './account-store.ts';
import { presentAccounts } from './sign-in.ts';

type KnownOfHost = Pick<AccountRecord, 'capabilities' | 'personalVersion'>;

/** What was learned of a host lives with its accounts: each of them knows the same, but whose creates are refused where. */
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
    learnedCreate(id, place, outcome) {
      const before = accountStore.get(session(), id);
      if (before === undefined || refusesCreate(before, place) === (outcome === 'refused')) return;
      const { refusedCreates = [], ...rest } = before;
      const others = refusedCreates.filter((other) => other !== nameOf(place));
      const refused = outcome === 'refused' ? [...others, nameOf(place)] : others;
      const fact = refused.length === 0 ? {} : { refusedCreates: refused };
      session().write((transaction) => accountStore.put(transaction, { ...rest, ...fact }, 'same'));
    },
  };
}

/** It was refused there when it was last asked. */
export function refusesCreate({ refusedCreates = [] }: AccountRecord, place: Place): boolean {
  return refusedCreates.includes(nameOf(place));
}

function nameOf(place: Place): string {
  return place.kind === 'personal' ? 'personal' : canonicalSlug(place.slug);
}

import type { SkipReason } from '../../shared/contract/transfer.ts';
import type { Id } from '../../shared/ids.ts';
import type { VaultReader } from '../vault/vault.ts';
import { type AccountRecord, accountStore } from './account-store.ts';
import { type ProjectRecord, projectStore } from './project-store.ts';

/** What becomes of accounts and projects on their way from one vault to another. */

interface Arriving {
  readonly reader: VaultReader;
  isThere(id: Id): boolean;
}

export const accountTransfer = {
  store: accountStore,
  /** With the token that Rondo signs in with: without it nothing could be read or rotated. */
  leaves({ earlier: _ofThisVault, ...record }: AccountRecord): { record: AccountRecord; value: boolean } {
    // Fingerprints are made with a vault's own key.
    return { record, value: true };
  },
  refusals({ reader }: Arriving) {
    const identity = ({ origin, userId }: AccountRecord) => JSON.stringify([origin, userId]);
    const idOf = new Map(accountStore.list(reader).map((account) => [identity(account), account.id]));
    return (record: AccountRecord) => otherId(idOf.get(identity(record)), record.id);
  },
  /** Which token of the inventory signs in, and by which client it came, is said by whoever holds its value. */
  settles(theirs: AccountRecord, { here, value }: { here: AccountRecord | undefined; value: string }): AccountRecord {
    const record = here?.earlier === undefined ? theirs : { ...theirs, earlier: here.earlier };
    if (value !== 'own' || here === undefined) return record;
    const { signInToken: _theirToken, browser: _theirClient, ...rest } = record;
    const { signInToken, browser } = here;
    return {
      ...rest,
      ...(signInToken === undefined ? {} : { signInToken }),
      ...(browser === undefined ? {} : { browser }),
    };
  },
  endsValue: ({ removedAt }: AccountRecord) => removedAt !== undefined,
};

export const projectTransfer = {
  store: projectStore,
  leaves: (record: ProjectRecord) => ({ record, value: false }),
  refusals({ reader, isThere }: Arriving) {
    const place = ({ account, slug }: ProjectRecord) => JSON.stringify([account, slug]);
    const idOf = new Map(projectStore.list(reader).map((project) => [place(project), project.id]));
    return (record: ProjectRecord): SkipReason | undefined =>
      isThere(record.account) ? otherId(idOf.get(place(record)), record.id) : 'no-account';
  },
  settles: (record: ProjectRecord) => record,
  endsValue: () => false,
};

function otherId(known: Id | undefined, id: Id): SkipReason | undefined {
  return known === undefined || known === id ? undefined : 'other-id';
}

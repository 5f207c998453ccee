import type { Remedy } from '../../shared/contract/remedies.ts';
import type { Id } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { Caller } from '../circleci/circleci.ts';
import type { VaultSession } from '../vault/vault.ts';
import { type AccountRecord, accountStore } from './account-store.ts';

/**
 * Lends the account's own token to `work` as a caller. The copy is overwritten when `work` ends, so a caller must not be
 * kept; the signal ends its requests.
 * @throws AppError unauthorized when the account holds no token (it was removed)
 */
export async function withCaller<T>(
  session: VaultSession,
  asking: { readonly account: AccountRecord; readonly signal: AbortSignal },
  work: (caller: Caller) => Promise<T>,
): Promise<T> {
  const { account, signal } = asking;
  const token = session.withSecret(account.id, (secret) => new Uint8Array(secret));
  if (token === undefined) {
    throw new AppError('unauthorized', `The account ${account.name} holds no token to sign in with.`, {
      effect: 'nothing-changed',
      hint: 'Add the account again with a personal token.',
    });
  }
  const host = { origin: account.origin, ...(account.caPem === undefined ? {} : { caPem: account.caPem }) };
  try {
    return await work({ host, token, signal, account: account.id });
  } finally {
    token.fill(0);
  }
}

/** The account that a call means: the named one, or the only one. @throws AppError not-found, ambiguous */
export function accountOf(session: VaultSession, prefix: string | undefined): AccountRecord {
  if (prefix !== undefined) {
    const account = accountStore.resolve(session, prefix);
    if (account.removedAt === undefined) return account;
    throw new AppError('not-found', `The account ${account.name} was removed.`, { effect: 'nothing-changed' });
  }
  const accounts = presentAccounts(session);
  const [only] = accounts;
  if (only === undefined) {
    throw new AppError('not-found', 'There is no account in this vault yet.', {
      effect: 'nothing-changed',
      hint: 'Add one first.',
      details: { remedy: 'account.add' satisfies Remedy },
    });
  }
  if (accounts.length > 1) {
    throw new AppError('ambiguous', `This vault has ${accounts.length} accounts.`, {
      effect: 'nothing-changed',
      hint: 'Say which one.',
      details: { accounts: accounts.map((account) => account.id) },
    });
  }
  return only;
}

/** Accounts that were not removed. */
export function presentAccounts(session: VaultSession): readonly AccountRecord[] {
  return accountStore.list(session).filter((account) => account.removedAt === undefined);
}

/** Changes an account as it is now, not as it was read before a request. */
export function changeAccount(session: VaultSession, id: Id, change: (account: AccountRecord) => AccountRecord): void {
  session.write((transaction) => {
    const account = accountStore.get(transaction, id);
    if (account !== undefined) accountStore.put(transaction, change(account), 'same');
  });
}

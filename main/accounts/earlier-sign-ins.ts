import type { Id } from '../../shared/ids.ts';
import type { VaultSession } from '../vault/vault.ts';
import { type AccountRecord, accountStore } from './account-store.ts';

type Earlier = Pick<AccountRecord, 'earlier'>;

/** As many as a person may come back to by mistake; older ones have long expired. */
const mostKept = 50;

/** What an account has signed in with, its present value included: to be kept when that one goes. */
export function withEarlier(session: VaultSession, account: AccountRecord | undefined): Earlier {
  if (account === undefined) return {};
  const fingerprint = session.withSecret(account.id, (value) => session.fingerprint(value));
  const before = account.earlier ?? [];
  if (fingerprint === undefined) return before.length === 0 ? {} : { earlier: before };
  const { signInToken } = account;
  const last = { fingerprint, ...(signInToken === undefined ? {} : { token: signInToken }) };
  return { earlier: [...before.filter((one) => one.fingerprint !== fingerprint), last].slice(-mostKept) };
}

export function signedInEarlierWith(session: VaultSession, fingerprint: string): boolean {
  return allEarlier(session).some((one) => one.fingerprint === fingerprint);
}

export function signedInEarlierAs(session: VaultSession, token: Id): boolean {
  return allEarlier(session).some((one) => one.token === token);
}

/** Also of removed accounts: the values were here. */
function allEarlier(session: VaultSession) {
  return accountStore.list(session).flatMap(({ earlier }) => earlier ?? []);
}

import { routes } from '../../shared/contract/account.ts';
import type { Id } from '../../shared/ids.ts';
import { canonicalSlug } from '../../shared/slugs.ts';
import { AppError } from '../app-error.ts';
import type { Place } from '../circleci/circleci.ts';
import { tokenShape } from '../circleci/token-shape.ts';
import { isoInstant } from '../platform/clock.ts';
import type { VaultSession, VaultTransaction } from '../vault/vault.ts';
import { type AccountRecord, accountStore } from './account-store.ts';
import type { AccountsWorld } from './accounts.ts';
import { refusesCreate } from './host-memory.ts';
import { projectStore } from './project-store.ts';
import { accountOf, changeAccount } from './sign-in.ts';

/** What tokens and rotations ask of accounts. */

export function tokenAccount(account: AccountRecord) {
  return {
    id: account.id,
    name: account.name,
    userId: account.userId,
    lacksPersonalList: account.capabilities['personal.list'] === 'absent',
    ...(account.signInToken === undefined ? {} : { signInToken: account.signInToken }),
  };
}

/** An account by its whole id, present or removed. */
export function accountById(session: VaultSession, id: Id): AccountRecord {
  const account = accountStore.get(session, id);
  if (account === undefined) throw new Error('a token belongs to an account that is not in the vault');
  return account;
}

/** The account that reads the project: the named one, else the only one that watches it, else the only one. */
export function accountWatching(session: VaultSession, slug: string, prefix: string | undefined): AccountRecord {
  if (prefix !== undefined) return accountOf(session, prefix);
  const ids = projectStore
    .list(session)
    .filter((project) => project.slug === canonicalSlug(slug) && ['followed', 'added'].includes(project.watched))
    .map((project) => project.account);
  const [only] = ids;
  if (only === undefined) return accountOf(session, undefined);
  if (ids.length === 1) return accountById(session, only);
  throw new AppError('ambiguous', `${ids.length} accounts watch ${slug}.`, {
    effect: 'nothing-changed',
    hint: 'Say which account.',
    details: { accounts: ids },
  });
}

/** What rotations ask besides. */
export function rotatingAccount(account: AccountRecord) {
  return {
    ...tokenAccount(account),
    origin: account.origin,
    ...(account.browser === undefined ? {} : { browser: account.browser }),
    isCloud: account.kind === 'cloud',
    absent: routes.filter((route) => account.capabilities[route] === 'absent'),
    refusesCreate: (place: Place) => refusesCreate(account, place),
  };
}

export interface SignInShape {
  readonly uuid?: string;
  readonly tail: string;
  readonly fingerprint: string;
}

/** What tells the sign-in token's value from others: the id inside it, its last four characters; undefined: none is held. */
export function signInShape(session: VaultSession, account: Id): SignInShape | undefined {
  return session.withSecret(account, (value) => {
    const { uuid, tail } = tokenShape(value);
    return { tail, fingerprint: session.fingerprint(value), ...(uuid === undefined ? {} : { uuid }) };
  });
}

export function signsInWith(session: VaultSession, account: Id, token: Id | undefined): void {
  changeAccount(session, account, ({ signInToken: _before, ...rest }) =>
    token === undefined ? rest : { ...rest, signInToken: token },
  );
}

export interface AttemptToSync {
  readonly outcome: 'ok' | 'network' | 'refused';
  readonly whole: boolean;
}

/**
 * Offline is not a state of a token but a fact of the account's last attempt: here it is written down. While attempt after
 * attempt finds no network, the time stays the first one's: since then it is offline.
 */
export function noteAttempt({ session, clock, witness }: AccountsWorld, account: Id, attempt: AttemptToSync): void {
  const at = isoInstant(clock.now());
  session().write((transaction) => {
    const record = accountStore.get(transaction, account);
    if (record === undefined) return;
    const synced = attempt.whole ? { lastSyncAt: at } : {};
    const before = record.lastAttempt;
    const isStillOffline = attempt.outcome === 'network' && before?.outcome === 'network';
    const lastAttempt = isStillOffline ? before : { at, outcome: attempt.outcome };
    accountStore.put(transaction, { ...record, ...synced, lastAttempt }, 'same');
    const outcome = attempt.outcome === 'ok' ? 'ok' : 'failed';
    transaction.appendLog(witness({ action: 'account.synced', subject: account, outcome, detail: attempt.outcome }));
  });
}

/**
 * From now on Rondo signs in with this token. Part of a rotation's one durable write. `browser`: how it got this one, where
 * a rotation goes back to it.
 */
export function switchSignIn(
  transaction: VaultTransaction,
  account: Id,
  { id, value, browser }: { id: Id; value: Uint8Array } & Pick<AccountRecord, 'browser'>,
): void {
  const record = accountStore.get(transaction, account);
  if (record === undefined) throw new Error('the account of an open rotation is not in the vault');
  const { browser: _before, ...rest } = record;
  const gotBy = browser === undefined ? {} : { browser };
  accountStore.put(transaction, { ...rest, ...gotBy, signInToken: id }, value);
}

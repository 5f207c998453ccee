import type { Id } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { CircleCi, CircleCiHost, IdentityResponse } from '../circleci/circleci.ts';
import { parseHost } from '../circleci/host.ts';
import { cleanToken } from '../circleci/pasted-token.ts';
import { tokenShape } from '../circleci/token-shape.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import type { VaultSession } from '../vault/vault.ts';
import type { Witness } from '../vault/witness.ts';
import { type AccountRecord, accountStore } from './account-store.ts';
import { withEarlier } from './earlier-sign-ins.ts';
import type { AccountHostMemory } from './host-memory.ts';
import { projectStore } from './project-store.ts';
import { type AccountWriting, writeAccount } from './write-account.ts';

export interface AccountsWorld extends AccountWriting {
  readonly circleci: CircleCi;
  readonly hostMemory: AccountHostMemory;
  readonly clock: Clock;
  readonly witness: Witness;
  /** Of those tokens of these accounts that this value is of, or may be of: whether one is about to be deleted, and which are. */
  readonly endsOf: (
    value: Uint8Array,
    accounts: ReadonlySet<Id>,
  ) => { readonly isDeleting: boolean; readonly deleted: ReadonlySet<Id> };
}

export interface NewAccount {
  readonly host: string;
  readonly name?: string;
  readonly caPem?: string;
  /** As it was pasted; overwritten when the call ends. */
  readonly value: Uint8Array;
}

/**
 * Signs in: asks the host who the token is, and keeps it only if it answers as somebody. The same identity again gets
 * the new token and keeps its id, so that its tokens keep their history.
 * @throws AppError invalid-input (not a personal token, not a host), unauthorized (it was deleted while it was asked) and
 * whatever `identify` throws
 */
export async function addAccount(world: AccountsWorld, wanted: NewAccount): Promise<AccountRecord> {
  const value = cleanToken(wanted.value);
  try {
    const session = world.session();
    const { kind, ...address } = parseHost(wanted.host);
    const host = { ...address, ...(wanted.caPem === undefined ? {} : { caPem: wanted.caPem }) };
    refuseOtherThanPersonal(value);
    // What the vault has for deleted and CircleCI answers all the same is CircleCI's to say.
    const { deleted } = world.endsOf(value, accountsAt(session, host.origin));
    const who = await world.circleci.identify({ host, token: value });
    const refuse = () => {
      const now = world.endsOf(value, accountsAt(session, host.origin, who.userId));
      if (now.isDeleting || [...now.deleted].some((id) => !deleted.has(id))) throw deletedMeanwhile();
    };
    const name = wanted.name === undefined ? {} : { name: wanted.name };
    return keepSignIn(world, { host, kind, who, value, refuse, ...name });
  } finally {
    value.fill(0);
  }
}

/** Present and removed ones, also where it is not known yet whose the value is. */
function accountsAt(session: VaultSession, origin: string, userId?: string): ReadonlySet<Id> {
  const accounts = accountStore.list(session).filter((account) => account.origin === origin);
  return new Set(accounts.filter((account) => userId === undefined || account.userId === userId).map(({ id }) => id));
}

export interface SignIn {
  readonly host: CircleCiHost;
  readonly kind: AccountRecord['kind'];
  readonly name?: string;
  readonly who: IdentityResponse;
  /** Copied into the vault; whoever gives it overwrites it. */
  readonly value: Uint8Array;
  /** Where it came by way of the browser. */
  readonly browser?: AccountRecord['browser'];
  /** Asked in the write itself, by what is true then: throws where it must not be kept any more. */
  readonly refuse?: () => void;
}

/** The account of this person on this host, if there is one already, also a removed one. */
export function knownAccount(session: VaultSession, origin: string, userId: string): AccountRecord | undefined {
  return accountStore.list(session).find((account) => account.origin === origin && account.userId === userId);
}

/** One durable write: from now on Rondo signs in as this person with this token. */
export function keepSignIn(
  world: AccountsWorld,
  { host, kind, name, who, value, browser, refuse }: SignIn,
): AccountRecord {
  const session = world.session();
  const before = knownAccount(session, host.origin, who.userId);
  const record: AccountRecord = {
    id: before?.id ?? session.newId(),
    name: name ?? before?.name ?? `${who.login} on ${new URL(host.origin).host}`,
    ...host,
    kind,
    login: who.login,
    userId: who.userId,
    ...world.hostMemory.known(host.origin),
    ...(browser === undefined ? {} : { browser }),
    ...withEarlier(session, before),
    ...(before?.lastSyncAt === undefined ? {} : { lastSyncAt: before.lastSyncAt }),
    lastAttempt: { at: isoInstant(world.clock.now()), outcome: 'ok' },
  };
  const way = browser === undefined ? {} : { detail: 'by the browser' };
  writeAccount(world, 'added', (transaction) => {
    refuse?.();
    accountStore.put(transaction, record, value);
    transaction.appendLog(world.witness({ action: 'account.added', subject: record.id, ...way }));
  });
  return record;
}

/** Forgets the account's token and stops watching its projects. Its tokens stay in the inventory as last seen. */
export function removeAccount(world: AccountsWorld, account: AccountRecord): AccountRecord {
  const { signInToken: _forgotten, browser: _ended, ...rest } = account;
  const earlier = withEarlier(world.session(), account);
  const removed = { ...rest, ...earlier, removedAt: isoInstant(world.clock.now()) };
  writeAccount(world, 'removed', (transaction) => {
    accountStore.put(transaction, removed, 'none');
    for (const project of projectStore.list(transaction)) {
      // What the person took out stays out, should the account ever come back.
      if (project.account !== account.id || project.watched === 'removed') continue;
      projectStore.put(transaction, { ...project, watched: 'no' }, 'same');
    }
    transaction.appendLog(world.witness({ action: 'account.removed', subject: account.id }));
  });
  return removed;
}

/** Kept, it would sign Rondo out. */
function deletedMeanwhile(): AppError {
  return new AppError(
    'unauthorized',
    'This token was deleted, or is about to be, since CircleCI was asked whose it is.',
    {
      effect: 'nothing-changed',
      hint: 'Wait until its deletion or rotation has ended, then add the account with another token if Rondo is not signed in.',
    },
  );
}

function refuseOtherThanPersonal(value: Uint8Array): void {
  const { kind } = tokenShape(value);
  if (kind === 'personal' || kind === 'legacy') return;
  const problem =
    kind === 'project'
      ? 'That is a project token: it belongs to one project and cannot sign in.'
      : 'That does not have the shape of a CircleCI token.';
  throw new AppError('invalid-input', `${problem} Nothing was sent or stored.`, {
    hint: 'Paste a personal token, from User Settings, Personal API Tokens.',
  });
}

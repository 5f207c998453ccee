import type { Id } from '../../shared/ids.ts';
import type { Caller, ProjectResponse } from '../circleci/circleci.ts';
import { accountStore } from './account-store.ts';
import type { AccountsWorld } from './accounts.ts';
import { signedInEarlierAs, signedInEarlierWith } from './earlier-sign-ins.ts';
import {
  type AttemptToSync,
  accountById,
  accountWatching,
  noteAttempt,
  rotatingAccount,
  signInShape,
  signsInWith,
  switchSignIn,
  tokenAccount,
} from './for-tokens.ts';
import { calledProject, projectSlugs, takeOverFollowed, watchedSlugs } from './projects.ts';
import { accountOf, presentAccounts, withCaller } from './sign-in.ts';

/** Accounts, as the rooms of tokens and of rotations ask for them. `signal` ends the requests that are made for them. */
export function accountsForOthers(world: AccountsWorld & { readonly signal: () => AbortSignal }) {
  const { session, signal } = world;
  const common = {
    withCaller: <T>(account: Id, work: (caller: Caller) => Promise<T>) =>
      withCaller(session(), { account: accountById(session(), account), signal: signal() }, work),
    signsInWith: (account: Id, token: Id | undefined) => signsInWith(session(), account, token),
  };
  return {
    forTokens: {
      ...common,
      watchedSlugs: (account: Id) => watchedSlugs(session(), account),
      present: () => presentAccounts(session()).map(tokenAccount),
      of: (prefix: string | undefined) => tokenAccount(accountOf(session(), prefix)),
      idOf: (prefix: string) => accountStore.resolve(session(), prefix).id,
      watching: (slug: string, prefix: string | undefined) => tokenAccount(accountWatching(session(), slug, prefix)),
      signInShape: (account: Id) => signInShape(session(), account),
      signedInEarlier: (fingerprint: string) => signedInEarlierWith(session(), fingerprint),
      calledProject: (account: Id, slug: string) => calledProject(session(), account, slug),
      takeOverFollowed: (account: Id, followed: readonly ProjectResponse[]) =>
        takeOverFollowed(session(), account, followed),
      attempted: (account: Id, attempt: AttemptToSync) => noteAttempt(world, account, attempt),
    },
    forRotations: {
      ...common,
      get: (account: Id) => rotatingAccount(accountById(session(), account)),
      projectSlugs: (account: Id) => projectSlugs(session(), account),
      signedInEarlier: (token: Id) => signedInEarlierAs(session(), token),
      switchSignIn,
    },
  };
}

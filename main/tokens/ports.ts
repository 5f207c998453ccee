import type { Id } from '../../shared/ids.ts';
import type { Effect } from '../app-error.ts';
import type { Caller, CircleCi, ProjectResponse } from '../circleci/circleci.ts';
import type { Clock } from '../platform/clock.ts';
import type { Observe } from '../platform/observe.ts';
import type { Processes } from '../platform/processes.ts';
import type { VaultReader, VaultSession } from '../vault/vault.ts';
import type { Witness } from '../vault/witness.ts';

/** What this room sees of an account. */
export interface TokenAccount {
  readonly id: Id;
  readonly name: string;
  readonly userId: string;
  /** The inventory's row of the token that Rondo signs in with, once known. */
  readonly signInToken?: Id;
  /** Lists that the host was found to lack: not a failure each time. */
  readonly lacksPersonalList: boolean;
}

/** What this room asks of accounts; `core.ts` hands it over. */
export interface TokenAccounts {
  present(): readonly TokenAccount[];
  /** The named one, or the only one. @throws AppError not-found, ambiguous */
  of(prefix: string | undefined): TokenAccount;
  /** Of present and removed accounts. @throws AppError not-found, ambiguous */
  idOf(prefix: string): Id;
  /** The account that watches the project. @throws AppError not-found, ambiguous */
  watching(slug: string, prefix: string | undefined): TokenAccount;
  withCaller<T>(account: Id, work: (caller: Caller) => Promise<T>): Promise<T>;
  /** The sign-in token's shape: the id inside its value, its tail and its fingerprint. */
  signInShape(account: Id): { readonly uuid?: string; readonly tail: string; readonly fingerprint: string } | undefined;
  /** Rondo once signed in with a value of this fingerprint, and does not any more. */
  signedInEarlier(fingerprint: string): boolean;
  signsInWith(account: Id, token: Id | undefined): void;
  watchedSlugs(account: Id): readonly string[];
  /** How a sentence names the project. */
  calledProject(account: Id, slug: string): string;
  takeOverFollowed(account: Id, followed: readonly ProjectResponse[]): void;
  /** `whole`: everything that can be read was read, so this is the state of now. */
  attempted(account: Id, attempt: { readonly outcome: 'ok' | 'network' | 'refused'; readonly whole: boolean }): void;
}

/** What becomes of a token: no more than a request away, or done. */
export type TokenEnd = 'deleting' | 'deleted';

/** What this room asks of rotations. */
export interface TokenRotations {
  /** An open rotation replaces this token or has made it, also as another account sees it. */
  isOpenFor(reader: VaultReader, token: Id): boolean;
  /** Says which of the two it is: worked on right now, or waiting for somebody. @throws AppError rotation-open */
  refuseOpen(token: Id, effect: Effect): void;
  /** What an open one does to it. */
  endOf(reader: VaultReader, token: Id): TokenEnd | undefined;
}

export interface TokensWorld {
  readonly session: () => VaultSession;
  readonly circleci: CircleCi;
  readonly clock: Clock;
  readonly witness: Witness;
  readonly observe: Observe;
  readonly accounts: TokenAccounts;
  readonly rotations: TokenRotations;
  /** Those that this process deletes on CircleCI, now or in their turn: nobody signs in with one. */
  readonly deleting: Set<Id>;
  readonly processes: Processes;
  readonly progress: (progress: { done: number; total: number; reading: string }) => void;
}

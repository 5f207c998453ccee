import type { Route } from '../../shared/contract/account.ts';
import type { Proof } from '../../shared/contract/rotation.ts';
import type { TokenFilter } from '../../shared/contract/token.ts';
import type { Id } from '../../shared/ids.ts';
import type {
  Caller,
  CircleCi,
  CreatedTokenResponse,
  Place,
  TokenRequest,
  TokenResponse,
} from '../circleci/circleci.ts';
import type { Clock } from '../platform/clock.ts';
import type { Observe } from '../platform/observe.ts';
import type { Processes } from '../platform/processes.ts';
import type { VaultReader, VaultSession, VaultTransaction } from '../vault/vault.ts';
import type { Witness } from '../vault/witness.ts';
import type { RotationRecord } from './rotation-record.ts';

/** What this room sees of a token. */
export interface RotatedToken {
  readonly id: Id;
  readonly account: Id;
  readonly kind: 'personal' | 'project';
  readonly project?: string;
  readonly label: string;
  readonly wireScope?: string;
  readonly access?: string;
  readonly remoteId?: string;
  readonly createdAt?: string;
  readonly expiresAt?: string;
  readonly tail?: string;
  readonly fingerprint?: string;
  readonly held: 'none' | 'sealed' | 'kept';
  readonly heldAt?: string;
  readonly takenAt?: string;
  readonly rotatedFrom?: Id;
  readonly revokedAt?: string;
  readonly goneAt?: string;
}

export interface ListedFacts extends Pick<RotatedToken, 'wireScope' | 'access' | 'expiresAt'> {
  readonly tellsExpiry: boolean;
}

export interface ReadList {
  readonly complete: boolean;
  /** What tells its rows from others. */
  readonly keys: readonly string[];
  has(remoteId: string): boolean;
  /** What it says of one token; `tellsExpiry`: it gives that of some. */
  factsOf(remoteId: string): ListedFacts | undefined;
  /** New rows that look like what was asked for, besides `own` and those whose value the vault knows. */
  late(wanted: {
    readonly request: { readonly label: string; readonly wireScope?: string };
    readonly unfound: readonly string[];
    readonly own: Pick<RotatedToken, 'remoteId' | 'label' | 'createdAt'>;
  }): readonly string[];
  /** Of a token that CircleCI gives no id, a row may be a twin's. */
  presence(id: Id): 'listed' | 'absent' | 'cannot-tell';
  /** The row of a token that was made by hand. @throws AppError invalid-input, needs-attention */
  newRow(wanted: {
    readonly value: Uint8Array;
    readonly label: string;
    readonly wireScope?: string;
    readonly access?: string;
    /** It is to do all that its user may. */
    readonly isFull: boolean;
    readonly before?: readonly string[];
  }): { readonly row: TokenResponse; readonly isItsOwn: boolean } | undefined;
  /** The row of a token that the vault holds and knows no id of, among those that were not there `before`. */
  ownRow(id: Id, before: readonly string[]): TokenResponse | undefined;
  /** Into the inventory, as part of a step's one durable write. */
  readonly takeOver: (transaction: VaultTransaction) => undefined;
}

/**
 * Of a creation whose answer was lost: the id of what it had made, which was deleted; or nothing was found, and what the
 * place held before it.
 */
export type SettledCreation = { readonly orphan: string } | { readonly unfound: readonly string[] };

/** Before a create leaves: what the place holds and when it is sent. Undefined: nothing of it is left. */
export interface CreationAttempt {
  readonly startedAt: string;
  readonly listedAt?: string;
  readonly endedAt?: string;
  readonly keysBefore: readonly string[];
  /** Rows of which it was not certain which one came of it: a person decides. */
  readonly disputed?: readonly string[];
  /** What certainly came of it, and is to be deleted. */
  readonly orphan?: string;
}

/** What this room asks of tokens; `core.ts` hands it over. */
export interface RotationTokens {
  get(reader: VaultReader, id: Id): RotatedToken | undefined;
  placeOf(token: RotatedToken): Place;
  /** @throws AppError not-found, ambiguous */
  choose(prefixes: readonly string[], filter: TokenFilter | undefined): readonly RotatedToken[];
  list(account: Id, caller: Caller, place: Place): Promise<ReadList>;
  /** At most one token comes of it, or `needs-attention`. */
  create(order: {
    readonly caller: Caller;
    readonly place: Place;
    readonly request: TokenRequest;
    readonly record: (attempt: CreationAttempt | undefined, settled?: SettledCreation) => void;
    readonly interrupted?: CreationAttempt;
  }): Promise<CreatedTokenResponse>;
  /** The value that a person brought for the replacement of this one, alone. @throws AppError invalid-input */
  pasted(old: Id, value: Uint8Array): Uint8Array;
  /** Nothing says that this value is not the old token's own. */
  mayBeOld(old: Id, value: Uint8Array): boolean;
  /** Whether Rondo signs in with this token; undefined: nothing tells. */
  isSignIn(id: Id): boolean | undefined;
  /** Whether a value works, by using it. */
  ask(question: {
    readonly caller: Caller;
    readonly place: Place;
    readonly wireScope?: string;
    readonly userId: string;
    readonly what: string;
    readonly control?: Caller;
  }): Promise<{
    readonly verdict: 'works' | 'refused' | 'somebody-else' | 'cannot-tell' | 'unclear';
    readonly proof: Proof;
  }>;
  /** Writes the replacement with its value sealed, carrying over what only the vault knows of the old one. */
  addReplacement(
    transaction: VaultTransaction,
    replacement: {
      readonly old: Id;
      readonly place: Place;
      readonly created: CreatedTokenResponse;
      readonly keep: boolean;
      readonly at: string;
      readonly neverListed?: true;
    },
  ): Id;
  /** Tells the token by the id of this row from now on. */
  takeOwnRow(transaction: VaultTransaction, id: Id, row: TokenResponse): void;
  /** Keeps a value that the rotation still has to prove dead; `retire` forgets it. */
  hold(transaction: VaultTransaction, id: Id, value: Uint8Array): void;
  /** Undoes `hold`: the value is held as it was before. */
  unhold(transaction: VaultTransaction, id: Id, before: RotatedToken['held']): void;
  /** Holds a value again that was to be taken, or kept, and was lost. */
  seal(transaction: VaultTransaction, id: Id, held: { readonly value: Uint8Array; readonly keep: boolean }): void;
  /**
   * The old one is deleted for certain: its value is forgotten. With a replacement, which has nothing left to prove, both
   * are linked, and a value that was taken is let go of.
   */
  retire(transaction: VaultTransaction, old: Id, replacement?: Id): void;
}

/** What an account knows of its sign-in with the browser. */
export interface BrowserSignedIn {
  readonly client: { readonly id: string; readonly redirectUri: string };
  readonly expiresAt?: string;
}

/** What this room asks of accounts. */
export interface RotationAccounts {
  get(id: Id): {
    readonly name: string;
    readonly userId: string;
    readonly signInToken?: Id;
    /** Absent: its token was pasted or made by a rotation. */
    readonly browser?: BrowserSignedIn;
    readonly origin: string;
    readonly isCloud: boolean;
    /** Routes that the host was found to lack. */
    readonly absent: readonly Route[];
    /** CircleCI refused this account a create in this place when it was last asked. */
    refusesCreate(place: Place): boolean;
  };
  /** Rondo signed in with this token once, and does not any more. */
  signedInEarlier(token: Id): boolean;
  /** Slugs of the projects that the account knows, those that it reads first. */
  projectSlugs(id: Id): readonly string[];
  signsInWith(id: Id, token: Id): void;
  withCaller<T>(account: Id, work: (caller: Caller) => Promise<T>): Promise<T>;
  /** From now on Rondo signs in with this token; `browser`: it is the one that this sign-in gave. */
  switchSignIn(
    transaction: VaultTransaction,
    account: Id,
    token: { readonly id: Id; readonly value: Uint8Array; readonly browser?: BrowserSignedIn },
  ): void;
}

export interface RotationWorld {
  readonly session: () => VaultSession;
  readonly circleci: CircleCi;
  readonly clock: Clock;
  readonly witness: Witness;
  readonly observe: Observe;
  readonly tokens: RotationTokens;
  readonly accounts: RotationAccounts;
  readonly changed: (rotation: RotationRecord) => void;
  /** Those that run in this process. */
  readonly running: Set<Id>;
  readonly processes: Processes;
  /** Quit or lock was asked for: the step that runs ends, no further one begins. */
  readonly stopping: (rotation: RotationRecord) => boolean;
  /** Resolves when a cut-over may go on to delete its old token. Absent: at once. @throws AppError stopped */
  readonly mayDelete?: (rotation: RotationRecord) => Promise<void>;
}

import type { Capability, Route } from '../../shared/contract/account.ts';
import type { OAuth } from './oauth.ts';
import type { HostPause } from './pace.ts';

export type { BrowserSignIn, IssuedToken, OAuthClient } from './oauth.ts';

/** Where a CircleCI is. `origin` as URL.origin says it: scheme, host and port, no path. */
export interface CircleCiHost {
  readonly origin: string;
  /** The host's own certificate authority, PEM; trusted besides the system's, for this host only. */
  readonly caPem?: string;
}

/** Who asks. `token` is the value's bytes; absent: an anonymous request (proofs compare with it). */
export interface Asker {
  readonly host: CircleCiHost;
  readonly token?: Uint8Array;
  readonly signal?: AbortSignal;
  /** The account that signs in, for what is remembered of it. */
  readonly account?: string;
}
export interface Caller extends Asker {
  readonly token: Uint8Array;
}

/** Where tokens live: at their user, or at one project. */
export type Place = { readonly kind: 'personal' } | { readonly kind: 'project'; readonly slug: string };

export interface IdentityResponse {
  readonly userId: string;
  readonly login: string;
  readonly name?: string;
}

export interface OrganizationResponse {
  readonly id?: string;
  readonly slug: string;
  readonly name: string;
}

export interface ProjectResponse {
  readonly slug: string;
  readonly name: string;
}

/** A token as a list shows it, every spelling of the wire made one. Dates are ISO 8601 UTC. */
export interface TokenResponse {
  readonly remoteId?: string;
  readonly label: string;
  /** On the wire: `status`, `view-builds`, `all`, or one that we do not know. */
  readonly wireScope?: string;
  readonly access?: string;
  readonly createdAt?: string;
  readonly expiresAt?: string;
  readonly lastUsedAt?: string;
  /** The last four characters, where the list shows them (whole, or behind a mask). */
  readonly tail?: string;
  /** A list that shows plain values: for its fingerprint only; whoever receives it overwrites it. */
  readonly value?: Uint8Array;
}

export interface TokenRequest {
  readonly label: string;
  readonly wireScope?: string;
  readonly access?: string;
  readonly expiresAt?: string;
}

export interface CreatedTokenResponse extends TokenResponse {
  readonly value: Uint8Array;
}

/**
 * `unclear`: the request may have been carried out and its answer was lost (connection closed, no answer in time, 5xx,
 * an answer without a value). The caller must list again before it decides anything.
 */
export type CreateOutcome =
  | { readonly outcome: 'created'; readonly token: CreatedTokenResponse }
  | { readonly outcome: 'unclear'; readonly reason: string };

/** How a proof's question was answered: any status is an answer, only silence throws. `digest` tells bodies apart. */
export interface ProofAnswer {
  readonly status: number;
  readonly digest: string;
}

/** What is known of a host besides its address; kept by whoever keeps accounts. */
export interface HostMemory {
  capability(origin: string, route: Route): Capability;
  /** The path that answered for personal tokens last time. */
  personalVersion(origin: string): 'v1' | 'v1.1' | undefined;
  learned(origin: string, fact: LearnedFact): void;
  /** Whether a create of this account was refused in this place: another account, or in another place, it may not be. */
  learnedCreate(account: string, place: Place, outcome: 'works' | 'refused'): void;
}

export interface LearnedFact {
  readonly route: Route;
  readonly capability: Capability;
  readonly personalVersion?: 'v1' | 'v1.1';
}

/**
 * The HTTP surface of CircleCI that Rondo uses. Reads and deletes are repeated on 429 (as long as Retry-After says), 5xx
 * and connection loss; a create is sent once. Every method throws AppError:
 * unauthorized (401), forbidden (403), not-found (404), refused (other 4xx; a redirect to another host),
 * unsupported (the host lacks the route, or is not a CircleCI), network (not reached, TLS, no answer in time),
 * rate-limited (429 beyond patience), server-error (5xx; too large; not what it should be), stopped (signal).
 */
export interface CircleCi extends OAuth {
  /** `GET /api/v2/me`. A 200 without an identity is `unsupported`. */
  identify(caller: Caller): Promise<IdentityResponse>;
  organizations(caller: Caller): Promise<readonly OrganizationResponse[]>;
  followedProjects(caller: Caller): Promise<readonly ProjectResponse[]>;
  /** `complete` false: do not conclude that what is missing is gone. */
  listTokens(
    caller: Caller,
    place: Place,
  ): Promise<{ readonly tokens: readonly TokenResponse[]; readonly complete: boolean }>;
  /** `leaving` is told each time that the request is about to leave, and may throw to keep it. */
  createToken(caller: Caller, place: Place, request: TokenRequest, leaving?: () => void): Promise<CreateOutcome>;
  /** 404 is `already-gone`: success for whoever wanted it gone. */
  deleteToken(caller: Caller, place: Place, remoteId: string): Promise<'deleted' | 'already-gone'>;
  /** `GET /api/v1.1/project/{slug}`. */
  readProject(asker: Asker, slug: string): Promise<ProofAnswer>;
  /** The badge, asked with the `Circle-Token` header, never with the value in the URL. */
  readBadge(asker: Asker, slug: string): Promise<ProofAnswer>;
  /** The pauses that hosts asked for and that are not over, in milliseconds since 1970. */
  pauses(): readonly HostPause[];
  /** Closes pooled connections. */
  close(): Promise<void>;
}

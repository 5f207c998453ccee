import type { Random } from '../platform/random.ts';
import type { PersonalAccess } from './token-table.ts';
import { newUuid } from './value-shapes.ts';

export interface OAuthClient {
  readonly id: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly issuedMs: number;
}

/** What a client asks for: the checked parameters of an authorization request. */
export interface AuthorizationRequest {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly state: string;
}

/** What a person granted. */
export interface Grant extends AuthorizationRequest {
  readonly user: string;
  readonly access: PersonalAccess;
  /** Slugs of organizations with single sign-on that the person authorized the token for. */
  readonly sso: readonly string[];
  readonly expiresMs: number;
}

/** "Short-lived", says CircleCI. A browser redirects at once; a minute bears a slow machine. */
const codeLifetimeMs = 60_000;

/** Clients, requests that a person is looking at, and codes. A code is good once. */
export class OAuthBook {
  readonly #random: Random;
  readonly #clients = new Map<string, OAuthClient>();
  readonly #requests = new Map<string, AuthorizationRequest>();
  readonly #grants = new Map<string, Grant>();
  /** By client and user: the id of the token that the next sign-in revokes. */
  readonly #tokens = new Map<string, string>();

  constructor(random: Random) {
    this.#random = random;
  }

  register(wanted: Pick<OAuthClient, 'name' | 'redirectUris'>, nowMs: number): OAuthClient {
    const client = { ...wanted, id: newUuid(this.#random), issuedMs: nowMs };
    this.#clients.set(client.id, client);
    return client;
  }

  client(id: string): OAuthClient | undefined {
    return this.#clients.get(id);
  }

  clients(): OAuthClient[] {
    return [...this.#clients.values()];
  }

  /** A name for the request, to be shown to a person or pushed ahead of one. */
  remember(request: AuthorizationRequest): string {
    const name = newUuid(this.#random);
    this.#requests.set(name, request);
    return name;
  }

  /** Once: a person answers a page one time. */
  take(name: string): AuthorizationRequest | undefined {
    const request = this.#requests.get(name);
    this.#requests.delete(name);
    return request;
  }

  issueCode(grant: Omit<Grant, 'expiresMs'>, nowMs: number): string {
    const code = Buffer.from(this.#random.bytes(20)).toString('hex');
    this.#grants.set(code, { ...grant, expiresMs: nowMs + codeLifetimeMs });
    return code;
  }

  /** Undefined: unknown, used before, or expired. Whatever else is wrong with the exchange, the code is used now. */
  redeem(code: string, nowMs: number): Grant | undefined {
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    return grant === undefined || grant.expiresMs <= nowMs ? undefined : grant;
  }

  /** Notes the token of this client and user, and names the one before it. */
  replaceToken(client: string, user: string, tokenId: string): string | undefined {
    const key = `${client} ${user}`;
    const before = this.#tokens.get(key);
    this.#tokens.set(key, tokenId);
    return before;
  }
}

import { createHash } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { Asker } from './circleci.ts';
import type { Exchange } from './exchange.ts';
import { discover, type OAuthEndpoints } from './oauth-endpoints.ts';
import { listenForRedirect } from './oauth-redirect.ts';
import { exchangeCode, registerClient } from './oauth-requests.ts';

/**
 * Signing in with the browser: OAuth 2.0's authorization code with discovery (RFC 8414), dynamic client registration (7591),
 * PKCE with S256 (7636) and a loopback redirect (8252).
 *
 * Secrets: the verifier stays in this process and goes to the token endpoint only; state and challenge are in the address
 * that the browser opens, as the protocol demands, and are worth nothing without it. All three and the code are texts, which
 * cannot be overwritten: they are good once, for a minute, and for nobody who lacks one of the others.
 */
export interface OAuth {
  /**
   * Asks the host, registers a client unless one is given, and listens for the browser.
   * @throws AppError unsupported, refused, network and what else a request throws; then nothing listens
   */
  beginSignIn(request: SignInRequest): Promise<BrowserSignIn>;
}

/** A client is registered for one address, port and path included: signing in with it again needs the same port. */
export interface OAuthClient {
  readonly id: string;
  readonly redirectUri: string;
}

export interface SignInRequest {
  readonly asker: Asker;
  /** What the person reads on CircleCI's page, and the label of the token. */
  readonly clientName: string;
  /** One of an earlier sign-in: then CircleCI revokes that one's token as it gives the new one. */
  readonly client?: OAuthClient;
}

export interface BrowserSignIn {
  /** For the system's browser. Opening it changes nothing yet. */
  readonly url: string;
  readonly client: OAuthClient;
  /** What the person's browser brings back, once. @throws AppError refused */
  readonly code: Promise<string>;
  /** The code for a token, once. @throws AppError */
  exchange(code: string, signal: AbortSignal): Promise<IssuedToken>;
  /** Closes the port. May be called twice. */
  close(): void;
}

export interface IssuedToken {
  /** Whoever receives it overwrites it. */
  readonly value: Uint8Array;
  /** As the answer says; absent where it says nothing. */
  readonly expiresAt?: string;
}

interface OAuthWorld {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly random: Random;
}

export function createOAuth({ exchange, clock, random }: OAuthWorld): OAuth {
  /** 256 bits; as text 43 characters, the shortest verifier that RFC 7636 allows and long enough for a state. */
  const secret = () => Buffer.from(random.bytes(32)).toString('base64url');

  return {
    async beginSignIn({ asker, clientName, client: earlier }) {
      const endpoints = await discover(exchange, asker);
      const [state, verifier] = [secret(), secret()];
      const before = earlier === undefined ? undefined : new URL(earlier.redirectUri);
      // A path that nobody can guess: another page in the same browser cannot end the sign-in by knocking.
      const path = before?.pathname ?? `/signed-in/${Buffer.from(random.bytes(16)).toString('hex')}`;
      const listener = await listenForRedirect({ port: Number(before?.port ?? 0), path, state });
      const { redirectUri, code, close } = listener;
      try {
        const client = earlier ?? (await registerClient(exchange, { asker, endpoints, name: clientName, redirectUri }));
        return {
          url: authorizeAddress(endpoints, { client, state, verifier }),
          client,
          code,
          exchange: (code, signal) =>
            exchangeCode(exchange, clock, {
              ...{ asker: { ...asker, signal }, endpoints, client, code, verifier },
              isSameClient: earlier !== undefined,
            }),
          close,
        };
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}

function authorizeAddress(
  endpoints: OAuthEndpoints,
  { client, state, verifier }: { client: OAuthClient; state: string; verifier: string },
): string {
  const address = new URL(endpoints.authorize);
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
  })) {
    address.searchParams.set(name, value);
  }
  return address.href;
}

import * as z from 'zod';
import { AppError } from '../app-error.ts';
import { type Clock, isoInstant } from '../platform/clock.ts';
import type { Asker } from './circleci.ts';
import { createOutcome } from './create-outcome.ts';
import { type Ask, actOf, type Exchange } from './exchange.ts';
import { isSuccess, noAnswer, refusal, unreadable } from './failures.ts';
import { jsonOf } from './json.ts';
import type { IssuedToken, OAuthClient } from './oauth.ts';
import type { OAuthEndpoints } from './oauth-endpoints.ts';
import { tokenShape } from './token-shape.ts';

export interface RegisterRequest {
  readonly asker: Asker;
  readonly endpoints: OAuthEndpoints;
  /** What the person reads on CircleCI's page, and the label of the token. */
  readonly name: string;
  readonly redirectUri: string;
}

/** Registers a client (RFC 7591): no secret is issued, and a client without a token costs nobody anything. */
export async function registerClient(exchange: Exchange, request: RegisterRequest): Promise<OAuthClient> {
  const { asker, endpoints, name, redirectUri } = request;
  const ask: Ask = {
    name: 'oauth.register',
    doing: 'register Rondo as a program to sign in with',
    asker: asking(asker, endpoints.register),
    method: 'POST',
    path: pathOf(endpoints.register),
    body: {
      client_name: name,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  };
  const answer = await exchange.once(ask);
  if (answer.kind === 'failure') throw noAnswer(answer, actOf(ask));
  if (!isSuccess(answer.status)) throw refusal(answer, actOf(ask));
  const registered = z.looseObject({ client_id: z.string().min(1).max(200) }).safeParse(jsonOf(answer.body));
  if (!registered.success) throw unreadable(actOf(ask), 'holds no client');
  return { id: registered.data.client_id, redirectUri };
}

export interface ExchangeRequest {
  readonly asker: Asker;
  readonly endpoints: OAuthEndpoints;
  readonly client: OAuthClient;
  /** It has signed in before: CircleCI revokes the token in use as it gives the new one, also where that is lost on its way. */
  readonly isSameClient: boolean;
  readonly code: string;
  readonly verifier: string;
}

const tokenAnswer = z.looseObject({
  access_token: z.string().max(4_096),
  token_type: z.string().regex(/^bearer$/i),
  /** Ten years are more than any token lives, and still a date. */
  expires_in: z.number().positive().max(315_360_000).optional(),
});

/**
 * The code for a token, once: a code is good once, so there is nothing to repeat.
 * @throws AppError refused (the code does not count any more), server-error and network (then a token may exist that
 * nobody has), and the rest of a definite no
 */
export async function exchangeCode(exchange: Exchange, clock: Clock, request: ExchangeRequest): Promise<IssuedToken> {
  const { asker, endpoints, client, code, verifier } = request;
  const ask: Ask = {
    name: 'oauth.token',
    doing: 'give a token for the answer in the browser',
    asker: asking(asker, endpoints.token),
    method: 'POST',
    path: pathOf(endpoints.token),
    form: {
      grant_type: 'authorization_code',
      code,
      client_id: client.id,
      redirect_uri: client.redirectUri,
      code_verifier: verifier,
    },
  };
  const answer = await exchange.once(ask);
  const act = actOf(ask);
  if (answer.kind === 'answer' && answer.status === 400 && isCodeRefused(answer.body))
    throw codeRefused(act.host.origin);
  const issued = answer.kind === 'answer' && isSuccess(answer.status) ? readIssued(answer.body, clock) : undefined;
  if (issued !== undefined) return issued;
  const outcome = createOutcome(answer, act, 'personal');
  if (outcome.outcome === 'refused') throw refusal(outcome.answer, act);
  const reason = outcome.outcome === 'unclear' ? outcome.reason : 'the answer was not that of a sign-in';
  const { also, hint } = request.isSameClient ? lostForSame : lostForNew;
  throw new AppError(
    answer.kind === 'answer' ? 'server-error' : answer.reason === 'stopped' ? 'stopped' : 'network',
    `${new URL(act.host.origin).host} did not ${ask.doing}: ${reason}. Nothing was stored; a token named Rondo may exist there all the same.${also}`,
    { hint },
  );
}

const lostForNew = {
  also: '',
  hint: 'Sign in again. What was made is on CircleCI’s page of personal tokens, where it can be deleted.',
};
const lostForSame = {
  also: ' It was asked for as the same client: the token in use may be revoked already.',
  hint: 'Sign in again, as a new client. If Rondo is still signed in, nothing else was changed.',
};

/** Undefined: not the answer that RFC 6749 describes, or not a token that signs somebody in. */
function readIssued(body: Uint8Array, clock: Clock): IssuedToken | undefined {
  const parsed = tokenAnswer.safeParse(jsonOf(body));
  if (!parsed.success) return undefined;
  const { access_token, expires_in: seconds } = parsed.data;
  const value = new TextEncoder().encode(access_token);
  const { kind } = tokenShape(value);
  if (kind !== 'personal' && kind !== 'legacy') return undefined;
  const expires = seconds === undefined ? {} : { expiresAt: isoInstant(clock.now() + seconds * 1_000) };
  return { value, ...expires };
}

function isCodeRefused(body: Uint8Array): boolean {
  return z.looseObject({ error: z.literal('invalid_grant') }).safeParse(jsonOf(body)).success;
}

function codeRefused(origin: string): AppError {
  return new AppError(
    'refused',
    `${new URL(origin).host} did not take the answer from the browser: it was too old, or used before. No token was created.`,
    { hint: 'Sign in again; the answer counts for about a minute.' },
  );
}

/** The endpoint's own origin, with the host's authority only where it is the host itself. */
function asking(asker: Asker, { origin }: URL): Asker {
  return origin === asker.host.origin ? asker : { ...asker, host: { origin } };
}

function pathOf(endpoint: URL): string {
  return `${endpoint.pathname}${endpoint.search}`;
}

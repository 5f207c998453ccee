import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import type { Remedy } from '../../shared/contract/remedies.ts';
import { AppError } from '../app-error.ts';
import { isoInstant } from '../platform/clock.ts';
import { errorText } from './error-text.ts';
import type { HostRest, HttpAnswer, HttpFailure, HttpRequest } from './http.ts';

/** A request in words, for what is said when it fails. */
export interface Act extends HttpRequest {
  /** Completes "did not …": `list the personal tokens`. */
  readonly doing: string;
}

const hints: Partial<Record<ErrorCode, string>> = {
  unauthorized:
    'The token may have expired or been revoked, or belong to another host. Sign in again with one that works.',
  forbidden: 'It takes a token or a role with more rights, or do this step on CircleCI’s own page.',
  'not-found': 'Check the spelling, and that the account can see it.',
  refused: 'Change what is asked for, or do this step on CircleCI’s own page.',
  unsupported: 'Do this step on CircleCI’s own page; Rondo can do the rest.',
  network: 'Check the connection, the address and the proxy, then try again.',
  'rate-limited': 'Wait a while, then try again.',
  'server-error': 'Try again later.',
};

/** The host does not have the route: 404 may mean so, the others do. */
export function isAbsent(status: number): boolean {
  return status === 404 || status === 405 || status === 410 || status === 501;
}

/** To whoever asked; the route is there. */
export function isRefused(status: number): boolean {
  return status === 401 || status === 403;
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** 501 is not among them: it says that the host lacks the route, and will tomorrow. */
export function isServerError(status: number): boolean {
  return status >= 500 && status !== 501;
}

/** An answer that is a no, as an error; its code by the status alone. */
export function refusal(answer: HttpAnswer, act: Act): AppError {
  const code = codeOf(answer.status);
  const said = errorText(answer.body, act.token);
  const reason = said === undefined ? `${answer.status}` : `${answer.status}: ${said}`;
  return failure(code, act, `${hostOf(act)} did not ${act.doing} (${reason}).`, {
    ...(answer.rest === undefined ? {} : { hint: whenAgain(answer.rest).hint }),
    details: { status: answer.status },
    unsure: act.method === 'DELETE' && isServerError(answer.status),
  });
}

/** The host has no such route, or has it for people only. */
export function lacksRoute(
  act: Act,
  code: 'unsupported' | 'forbidden',
  more: string,
  hint = hints.unsupported,
): AppError {
  return failure(code, act, `${hostOf(act)} did not ${act.doing}: ${more}.`, hint === undefined ? {} : { hint });
}

/** An answer that is not what it should be. */
export function unreadable(act: Act, what: string): AppError {
  return failure('server-error', act, `${hostOf(act)} did not ${act.doing}: its answer ${what}.`);
}

/** A delete answered 404, and a list that cannot be read in whole does not have the token. */
export function untold(act: Act): AppError {
  const happened = `${hostOf(act)} did not ${act.doing} (404), and its list has a row that cannot be read.`;
  return failure('server-error', act, happened, { unsure: true });
}

export function redirectedAway(act: Act, location: URL | undefined): AppError {
  const where = location === undefined ? 'nowhere' : location.origin;
  return failure('refused', act, `${hostOf(act)} did not ${act.doing}: it sent us on to ${where}. We did not follow.`, {
    hint: 'Check the address of the host. A sign-in page in front of it does the same.',
  });
}

/** The host said 429 until it was not asked again. */
export function rateLimited(act: Act, rest: HostRest): AppError {
  return failure('rate-limited', act, `${hostOf(act)} did not ${act.doing}: too many requests (429).`, whenAgain(rest));
}

/** The host said earlier how long to leave it alone, and that is longer than anybody waits. */
export function stillResting(act: Act, rest: HostRest): AppError {
  const happened = `${hostOf(act)} was not asked to ${act.doing}: it wants no requests until ${isoInstant(rest.untilMs)}.`;
  return failure('rate-limited', act, happened, whenAgain(rest));
}

function whenAgain({ restMs }: HostRest): More {
  return {
    hint: `Try again in ${Math.ceil(restMs / 1_000)} s.`,
    details: { retryAfterMs: restMs },
  };
}

/**
 * A no to a delete whose earlier try was lost is not certain: that try may have deleted the token, and a refusal would be
 * taken for a promise that it is still there. What only reads changed nothing, whatever was lost.
 */
export function perhapsDone(no: AppError, act: Act): AppError {
  if (act.method !== 'DELETE' || no.code === 'stopped') return no;
  const happened = `${hostOf(act)} did not ${act.doing} at last (${no.code}), and the answer to an earlier try was lost.`;
  return failure('network', act, happened, { unsure: true, cause: no });
}

/** No answer, as an error. */
export function noAnswer({ reason, sent, cause }: HttpFailure, act: Act): AppError {
  const unsure = act.method === 'DELETE' && sent;
  if (reason === 'stopped')
    return failure('stopped', act, `Stopped before ${hostOf(act)} answered.`, { cause, unsure });
  if (reason === 'too-large') {
    return failure('server-error', act, `${hostOf(act)} did not ${act.doing}: its answer is too large.`, {
      cause,
      unsure,
    });
  }
  const happened = {
    unreachable: `was not reached: ${reachedNot(cause)}`,
    lost: 'was lost: the connection ended before an answer came',
    timeout: 'did not answer in time',
  }[reason];
  return failure('network', act, `${hostOf(act)} ${happened}.`, { cause, unsure, ...hintFor(cause) });
}

const codesByStatus: ReadonlyMap<number, ErrorCode> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'unsupported'],
  [410, 'unsupported'],
  [429, 'rate-limited'],
  [501, 'unsupported'],
]);

function codeOf(status: number): ErrorCode {
  return codesByStatus.get(status) ?? (status >= 300 && status < 500 ? 'refused' : 'server-error');
}

interface More {
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** The request may have been carried out. */
  readonly unsure?: boolean;
}

function failure(code: ErrorCode, act: Act, happened: string, more: More = {}): AppError {
  const { unsure = false, hint = hints[code], ...rest } = more;
  const said = { ...rest, ...(hint === undefined ? {} : { hint }) };
  if (unsure) return new AppError(code, `${happened} It may be deleted all the same; deleting it again is safe.`, said);
  if (act.method === 'POST') return new AppError(code, `${happened} No token was created.`, said);
  return new AppError(code, happened, {
    ...said,
    effect: act.method === 'GET' ? 'nothing-changed' : 'nothing-deleted',
  });
}

function hostOf(act: Act): string {
  return new URL(act.host.origin).host;
}

const distrust = /^(ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

function hintFor(cause: unknown): Pick<More, 'hint' | 'details'> {
  if (!distrust.test(reasonCode(cause))) return {};
  return {
    hint: 'If the host has its own certificate authority, add the account, or add it again, with that authority’s certificate in PEM.',
    details: { remedy: 'account.authority' satisfies Remedy },
  };
}

function reachedNot(cause: unknown): string {
  const code = reasonCode(cause);
  if (distrust.test(code)) return `its certificate is not trusted (${code})`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name was not found';
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'no connection in time';
  return code === '' ? 'no connection' : `no connection (${code})`;
}

/** The system's or OpenSSL's word, which may be a cause further down, or the first of several addresses'. */
function reasonCode(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  const inner = cause.cause ?? (cause instanceof AggregateError ? cause.errors[0] : undefined);
  const own = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return reasonCode(inner) || own;
}

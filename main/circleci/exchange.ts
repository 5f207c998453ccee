import { AppError } from '../app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { Observe } from '../platform/observe.ts';
import type { Asker } from './circleci.ts';
import {
  type Act,
  isServerError,
  noAnswer,
  perhapsDone,
  rateLimited,
  redirectedAway,
  refusal,
  stillResting,
} from './failures.ts';
import type { HostRest, Http, HttpAnswer, HttpFailure } from './http.ts';
import type { Limits } from './limits.ts';
import type { Pace } from './pace.ts';
import { headerOf, isAway, isLimited, pauseBefore, restAfter } from './retry.ts';
import { isSendable } from './token-shape.ts';

/** One request as the rooms' routes describe it. */
export interface Ask {
  /** The stable name that observers know: `project.create`. */
  readonly name: string;
  readonly doing: string;
  readonly asker: Asker;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** In place of `body`. */
  readonly form?: Readonly<Record<string, string>>;
  /** Redirects are an answer like any other (proofs), not something to follow. */
  readonly redirectsAnswer?: boolean;
}

/**
 * From a question to an answer. Reads and deletes are repeated within bounds; a create is sent exactly once. A pause that
 * a host asks for holds for everybody who asks that host, so that many requests at once do not run into it one by one;
 * during one that is longer than anybody's patience nothing is sent, and whoever asks is told until when.
 */
export interface Exchange {
  /**
   * The first answer that is neither 429 nor 5xx.
   * @throws AppError network, rate-limited, server-error, refused (redirected away), stopped, invalid-input
   */
  repeat(ask: Ask): Promise<HttpAnswer>;
  /** Whatever came of sending it once. @throws AppError stopped, rate-limited, invalid-input; then nothing was sent */
  once(ask: Ask, leaving?: Leaving): Promise<HttpAnswer | HttpFailure>;
}

/** Told when a request's turn has come, before anything of it leaves. What it throws keeps it from leaving. */
export type Leaving = () => void;

interface ExchangeWorld {
  readonly http: Http;
  readonly clock: Clock;
  readonly observe: Observe;
  readonly limits: Limits;
  readonly pace: Pace;
}

export function createExchange({ http, clock, observe, limits, pace }: ExchangeWorld): Exchange {
  async function sleep(durationMs: number, act: Act): Promise<void> {
    try {
      await clock.sleep(durationMs, act.signal);
    } catch (cause) {
      throw noAnswer({ kind: 'failure', reason: 'stopped', sent: false, cause }, act);
    }
  }

  async function send(name: string, act: Act, leaving: Leaving = () => {}): Promise<HttpAnswer | HttpFailure> {
    try {
      const outcome = await pace.inTurn(act.host.origin, act.signal, async () => {
        leaving();
        observe(`request ${name} before`);
        const sent = await http.send(act);
        observe(`request ${name} after`);
        return sent;
      });
      if (outcome.kind === 'rest') throw stillResting(act, outcome);
      return outcome;
    } catch (cause) {
      // The turn never came: nothing of it was sent.
      if (act.signal?.aborted) throw noAnswer({ kind: 'failure', reason: 'stopped', sent: false, cause }, act);
      throw cause;
    }
  }

  /** A redirect within the same origin is followed a few times; of any other the token must not hear. */
  async function sendFollowing(name: string, first: Act): Promise<HttpAnswer | HttpFailure> {
    let act = first;
    for (let hops = 0; ; hops += 1) {
      const outcome = await send(name, act);
      if (outcome.kind === 'failure' || !isRedirect(outcome)) return outcome;
      const target = targetOf(outcome, act);
      if (act.method !== 'GET' || target?.origin !== act.host.origin || hops >= limits.maxRedirects) {
        throw redirectedAway(act, target);
      }
      act = { ...act, path: `${target.pathname}${target.search}` };
    }
  }

  /** What keeps a delete from being sent again says nothing of the one that was lost. */
  async function sendAgain(ask: Ask, act: Act, earlierLost: boolean): Promise<HttpAnswer | HttpFailure> {
    try {
      return ask.redirectsAnswer ? await send(ask.name, act) : await sendFollowing(ask.name, act);
    } catch (error) {
      throw earlierLost && error instanceof AppError ? perhapsDone(error, act) : error;
    }
  }

  /** Whoever asks next leaves the host alone for so long, also where this one gives up; undefined: it did not ask for it. */
  function restOf(outcome: HttpAnswer | HttpFailure, act: Act, attempts: number): HostRest | undefined {
    const nowMs = clock.now();
    if (!isLimited(outcome) && !isAway(outcome, nowMs)) return undefined;
    const restMs = restAfter(outcome, attempts, { limits, nowMs });
    pace.pause(act.host.origin, restMs);
    return { restMs, untilMs: nowMs + restMs };
  }

  async function repeat(ask: Ask): Promise<HttpAnswer> {
    const act = readyToSend(ask);
    let pausedMs = 0;
    let earlierLost = false;
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await sendAgain(ask, act, earlierLost);
      const rest = restOf(outcome, act, attempts);
      const pauseMs = pauseBefore(outcome, { attempts, pausedMs }, { limits, nowMs: clock.now() });
      if (pauseMs === undefined) return settled(outcome, act, { rest, earlierLost });
      earlierLost ||= !isLimited(outcome);
      pausedMs += pauseMs;
      if (rest === undefined) await sleep(pauseMs, act);
    }
  }

  return {
    repeat,
    async once(ask, leaving) {
      const act = readyToSend(ask);
      const outcome = await send(ask.name, act, leaving);
      const rest = restOf(outcome, act, 1);
      return outcome.kind === 'failure' || rest === undefined ? outcome : { ...outcome, rest };
    },
  };
}

export function actOf({ asker, method, path, body, form, doing }: Ask): Act {
  const { host, token, signal } = asker;
  return {
    doing,
    method,
    host,
    path,
    ...(token === undefined ? {} : { token }),
    ...(signal === undefined ? {} : { signal }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(form === undefined ? {} : { body: new URLSearchParams(form).toString(), isForm: true }),
  };
}

/** @throws AppError invalid-input, stopped: before anything is sent */
function readyToSend(ask: Ask): Act {
  const { token, signal } = ask.asker;
  if (token !== undefined && !isSendable(token)) {
    throw new AppError(
      'invalid-input',
      'That is not a token: it holds spaces or other characters that none has. Nothing was sent.',
      { hint: 'Copy the whole value, and nothing else.' },
    );
  }
  const act = actOf(ask);
  if (signal?.aborted) throw noAnswer({ kind: 'failure', reason: 'stopped', sent: false, cause: signal.reason }, act);
  return act;
}

function settled(
  outcome: HttpAnswer | HttpFailure,
  act: Act,
  { rest, earlierLost }: { readonly rest: HostRest | undefined; readonly earlierLost: boolean },
): HttpAnswer {
  if (outcome.kind === 'failure') throw noAnswer(outcome, act);
  if (rest !== undefined && isLimited(outcome)) {
    const limited = rateLimited(act, rest);
    throw earlierLost ? perhapsDone(limited, act) : limited;
  }
  if (isServerError(outcome.status)) throw refusal(rest === undefined ? outcome : { ...outcome, rest }, act);
  return earlierLost ? { ...outcome, earlierLost } : outcome;
}

function isRedirect(answer: HttpAnswer): boolean {
  return [301, 302, 303, 307, 308].includes(answer.status);
}

function targetOf(answer: HttpAnswer, act: Act): URL | undefined {
  const location = headerOf(answer, 'location');
  return location === undefined ? undefined : (URL.parse(location, `${act.host.origin}${act.path}`) ?? undefined);
}

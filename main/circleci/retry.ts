import { isServerError } from './failures.ts';
import type { HttpAnswer, HttpFailure } from './http.ts';
import type { Limits } from './limits.ts';

/** What was tried so far for one read or delete. */
export interface Tried {
  readonly attempts: number;
  readonly pausedMs: number;
}

/**
 * How long to pause before asking again; undefined: do not ask again. Repeated are 429, 5xx and a connection lost on the
 * way. Not repeated: what did not connect at all (a wrong name or an untrusted certificate stays so) and what took the
 * whole time limit already.
 */
export function pauseBefore(
  outcome: HttpAnswer | HttpFailure,
  tried: Tried,
  world: { readonly limits: Limits; readonly nowMs: number },
): number | undefined {
  const { limits, nowMs } = world;
  const isLimited = outcome.kind === 'answer' && outcome.status === 429;
  const isBroken = outcome.kind === 'answer' ? isServerError(outcome.status) : outcome.reason === 'lost';
  if (!isLimited && !isBroken) return undefined;
  if (tried.attempts >= (isLimited ? limits.rateLimitedAttempts : limits.attempts)) return undefined;
  const asked = outcome.kind === 'answer' ? retryAfterMs(outcome, nowMs) : undefined;
  const pauseMs = asked ?? limits.firstPauseMs * 2 ** (tried.attempts - 1);
  return tried.pausedMs + pauseMs > limits.patienceMs ? undefined : pauseMs;
}

/** How long the answer asks to wait: Retry-After as seconds or as a date, else the reset of the rate limit in seconds. */
export function retryAfterMs(answer: HttpAnswer, nowMs: number): number | undefined {
  const retryAfter = headerOf(answer, 'retry-after');
  if (retryAfter !== undefined) {
    const seconds = secondsOf(retryAfter);
    if (seconds !== undefined) return seconds * 1_000;
    const date = Date.parse(retryAfter);
    if (!Number.isNaN(date)) return Math.max(0, date - nowMs);
  }
  if (answer.status !== 429) return undefined;
  const reset = secondsOf(headerOf(answer, 'ratelimit-reset')) ?? secondsOf(headerOf(answer, 'x-ratelimit-reset'));
  return reset === undefined ? undefined : reset * 1_000;
}

function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

export function headerOf(answer: HttpAnswer, name: string): string | undefined {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value)?.trim();
}

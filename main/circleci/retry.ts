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
  const { limits } = world;
  const limited = isLimited(outcome);
  const isBroken = outcome.kind === 'answer' ? isServerError(outcome.status) : outcome.reason === 'lost';
  if (!limited && !isBroken) return undefined;
  if (tried.attempts >= (limited ? limits.rateLimitedAttempts : limits.attempts)) return undefined;
  const pauseMs = restAfter(outcome, tried.attempts, world);
  return tried.pausedMs + pauseMs > limits.patienceMs ? undefined : pauseMs;
}

/** A host that asks for more is asked again after a day: it may have meant something else. */
const longestRestMs = 86_400_000;

/**
 * How long the host is to be left alone, whether or not it is asked again afterwards: as long as it says. One that says
 * nothing, or only that it is over already, gets pauses that double.
 */
export function restAfter(
  outcome: HttpAnswer | HttpFailure,
  attempts: number,
  { limits, nowMs }: { readonly limits: Limits; readonly nowMs: number },
): number {
  const askedMs = outcome.kind === 'answer' ? (retryAfterMs(outcome, nowMs) ?? 0) : 0;
  return Math.min(longestRestMs, askedMs > 0 ? askedMs : limits.firstPauseMs * 2 ** (attempts - 1));
}

export function isLimited(outcome: HttpAnswer | HttpFailure): boolean {
  return outcome.kind === 'answer' && outcome.status === 429;
}

/** A host that is away for a while, and says for how long. */
export function isAway(outcome: HttpAnswer | HttpFailure, nowMs: number): boolean {
  return outcome.kind === 'answer' && outcome.status === 503 && (retryAfterMs(outcome, nowMs) ?? 0) > 0;
}

/** How long the answer asks to wait: Retry-After as seconds or as a date, else the reset of the rate limit in seconds. */
export function retryAfterMs(answer: HttpAnswer, nowMs: number): number | undefined {
  const retryAfter = headerOf(answer, 'retry-after');
  if (retryAfter !== undefined) {
    const seconds = secondsOf(retryAfter);
    if (seconds !== undefined) return seconds * 1_000;
    const date = Date.parse(retryAfter);
    // The date is by the host's clock, and so is the answer's own: ours may be minutes off.
    if (!Number.isNaN(date)) return Math.max(0, date - (dateOf(answer) ?? nowMs));
  }
  if (answer.status !== 429) return undefined;
  const reset = secondsOf(headerOf(answer, 'ratelimit-reset')) ?? secondsOf(headerOf(answer, 'x-ratelimit-reset'));
  return reset === undefined ? undefined : reset * 1_000;
}

function dateOf(answer: HttpAnswer): number | undefined {
  const date = Date.parse(headerOf(answer, 'date') ?? '');
  return Number.isNaN(date) ? undefined : date;
}

function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

export function headerOf(answer: HttpAnswer, name: string): string | undefined {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value)?.trim();
}

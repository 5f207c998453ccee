import type { TokenRequest, TokenResponse } from '../circleci/circleci.ts';
import type { Attempt } from './creation.ts';

/** As long as the whole answer of a create takes at most: of a request that was cut off it is not known when it ended. */
const requestMs = 30_000;

/**
 * Between the end of a request and the moment that was noted for it lies next to nothing. Where it seems to have taken
 * longer than it can, the machine slept or somebody set its clock, and what was made meanwhile may be anybody's.
 */
const lateNoteMs = 5_000;

/**
 * The time of a token is by CircleCI's clock, that of the request by ours. Systems that set their clock by the network are
 * within a second or two, those that do so once a week within ten. Where a clock is further off, an orphan is not certain:
 * a person is asked. The other way round, a wider window would take in what a teammate made shortly before or after. So
 * the end is that much later only where the list was read at once, when a teammate had a moment for it: whoever looks later
 * takes nothing for ours that is younger than the end of the request.
 */
const clockSkewMs = 10_000;

/**
 * What a teammate made after the list was asked for and before the request left looks exactly like ours. Usually that is a
 * moment; where the list took longer, or the request had to wait for its turn, nothing is certain.
 */
const staleListMs = 5_000;

/** Where a host gives no created time, a new row counts as ours only if the list was read this soon after. */
const withoutTimeMs = 600_000;

export interface LookedAgain {
  /** When the list was read again. */
  readonly nowMs: number;
  /** By whoever had sent the request, and not by somebody who goes on with it. */
  readonly isAtOnce: boolean;
}

/** Whether a row that is new since an attempt can be nobody else's, as far as times tell. */
export function isCertainlyOurs(
  token: TokenResponse,
  request: TokenRequest,
  attempt: Attempt,
  { nowMs, isAtOnce }: LookedAgain,
): boolean {
  const sameRequest =
    token.label === request.label &&
    (request.wireScope === undefined || token.wireScope === request.wireScope) &&
    (request.access === undefined || token.access === undefined || token.access === request.access);
  if (!sameRequest) return false;
  const startedMs = Date.parse(attempt.startedAt);
  const listedMs = attempt.listedAt === undefined ? startedMs : Date.parse(attempt.listedAt);
  if (!isWithin(startedMs - listedMs, staleListMs)) return false;
  const lastMs = startedMs + requestMs;
  const notedMs = attempt.endedAt === undefined ? lastMs : Date.parse(attempt.endedAt);
  if (!isWithin(notedMs - startedMs, requestMs + lateNoteMs)) return false;
  if (token.createdAt === undefined) return isWithin(nowMs - startedMs, withoutTimeMs);
  const createdMs = Date.parse(token.createdAt);
  const laterMs = isAtOnce && isWithin(nowMs - notedMs, staleListMs) ? clockSkewMs : 0;
  return createdMs >= startedMs - clockSkewMs && createdMs <= Math.min(notedMs, lastMs) + laterMs;
}

/** Somebody may have set the clock back: then no time has passed that could be told. */
function isWithin(durationMs: number, mostMs: number): boolean {
  return durationMs >= 0 && durationMs <= mostMs;
}

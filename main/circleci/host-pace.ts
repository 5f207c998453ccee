import type { HttpAnswer, HttpFailure } from './http.ts';
import { toldLimits } from './rate-headers.ts';
import { type SilentLimit, unknownLimit, withAnswer, withRefusal } from './silent-limit.ts';
import { type Spacing, spacingFor } from './spacing.ts';

export type Sent = HttpAnswer | HttpFailure;

/** What is known of one host: how its requests are to be spaced, and what it has shown so far. */
export interface HostPace {
  /** Ends when the one before has left. */
  turn: Promise<void>;
  /** Until a host has answered once, one request at a time: its answer says how fast the others may follow. */
  hasAnswered: boolean;
  underWay: number;
  /** Tells whoever's turn it is that one less is under way. */
  freed: () => void;
  nextMs: number;
  apartMs: number;
  most?: Spacing['most'];
  /** When the newest ones left, as many as `most` looks back on. */
  left: number[];
  /** Multiplies the spacing: grows by each 429, shrinks by each other answer. */
  caution: number;
  toldMs: number;
  /** Its answers name a limit; else a limit may be there all the same, met last at `metMs`. */
  isTold: boolean;
  silent: SilentLimit;
  metMs: number;
  /** When those of the last second left. */
  recent: readonly number[];
  pause?: { readonly fromMs: number; readonly untilMs: number };
}

/** A limit that no answer has named for a minute may have been lifted. */
const forgetMs = 60_000;
/** What a 429 alone has shown is remembered for longer: to find out again costs some more. */
const forgetMetMs = 600_000;
const mostCaution = 8;
/** So few in a second meet no limit, however many of them are under way on a slow line. */
const fewASecond = 5;

export function newHostPace(): HostPace {
  return {
    turn: Promise.resolve(),
    nextMs: 0,
    apartMs: 0,
    left: [],
    caution: 1,
    toldMs: 0,
    hasAnswered: false,
    underWay: 0,
    freed: () => {},
    isTold: false,
    silent: unknownLimit,
    metMs: 0,
    recent: [],
  };
}

/** What an answer says of the pace. `leftMs`: when its request was sent. */
export function learn(host: HostPace, outcome: Sent, { leftMs, now }: { leftMs: number; now: number }): void {
  if (outcome.kind === 'failure') return;
  const limits = toldLimits(outcome);
  if (limits.length > 0) {
    const { apartMs, restMs, most } = spacingFor(limits);
    host.apartMs = apartMs;
    if (most !== undefined) host.most = most;
    host.toldMs = now;
    host.isTold = true;
    // A 429 says itself when to come back.
    if (outcome.status !== 429 && restMs > 0) host.nextMs = Math.max(host.nextMs, now + restMs);
  }
  if (outcome.status !== 429) {
    host.caution = Math.max(1, host.caution * 0.98);
    if (!host.isTold) host.silent = withAnswer(host.silent);
    return;
  }
  if (limits.length > 0) {
    host.caution = Math.min(mostCaution, host.caution * 1.25);
    return;
  }
  // Those that were under way together have met it once.
  if (leftMs >= host.metMs) host.silent = withRefusal(host.silent, sinceSecond(host, now).length);
  host.metMs = now;
}

/** One has left. A timer that came late, or a thread that was busy, is caught up with, within what `most` allows. */
export function note(host: HostPace, nowMs: number): void {
  const { apartMs, caution, most, left, silent } = host;
  const lateMs = most === undefined ? 0 : most.durationMs / 2;
  host.nextMs = Math.max(host.nextMs, nowMs - lateMs) + Math.max(apartMs * caution, silent.apartMs);
  host.recent = [...sinceSecond(host, nowMs), nowMs];
  host.left = [...left, nowMs].slice(-(most?.count ?? 1));
}

/** When there is room for one more in the stretch of time that `most` speaks of. */
export function roomMs({ most, left }: HostPace): number {
  const oldest = left[0];
  return most === undefined || oldest === undefined || left.length < most.count ? 0 : oldest + most.durationMs;
}

function sinceSecond({ recent }: HostPace, nowMs: number): readonly number[] {
  return recent.filter((at) => at > nowMs - 1_000);
}

/** So many may be under way at once. */
export function mostUnderWay(host: HostPace, nowMs: number): number {
  if (!host.hasAnswered) return 1;
  const isTrusted = host.isTold || sinceSecond(host, nowMs).length < fewASecond;
  return isTrusted ? Number.POSITIVE_INFINITY : host.silent.atOnce;
}

export function forgetOld(host: HostPace, now: number): void {
  if (host.toldMs + forgetMs < now) forget(host);
  if (host.metMs + forgetMetMs < now) host.silent = { ...host.silent, apartMs: 0 };
}

function forget(host: HostPace): void {
  delete host.most;
  Object.assign(host, { apartMs: 0, caution: 1, left: [], isTold: false });
}

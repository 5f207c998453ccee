import type { Clock } from '../platform/clock.ts';
import type { HttpAnswer, HttpFailure } from './http.ts';
import { toldLimits } from './rate-headers.ts';
import { type Spacing, spacingFor } from './spacing.ts';

/** A pause that a host asked for: since when, and until when nothing is sent to it. */
export interface HostPause {
  readonly origin: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * When the next request to a host may leave. One for each host, shared by whoever asks it, so that many acts at once
 * keep to its limit together instead of running into it one by one.
 */
export interface Pace {
  /** Waits for this request's turn and sends it. In the order of asking. @throws whatever the signal's reason is */
  inTurn(origin: string, signal: AbortSignal | undefined, send: () => Promise<Sent>): Promise<Sent>;
  /** The host said 429 and when to come back: nothing leaves before. */
  pause(origin: string, durationMs: number): void;
  /** The pauses that are not over. */
  pauses(): readonly HostPause[];
}

type Sent = HttpAnswer | HttpFailure;

interface HostPace {
  /** Ends when the one before has left. */
  turn: Promise<void>;
  /** Until a host has answered once, one request at a time: its answer says how fast the others may follow. */
  first?: Promise<unknown>;
  hasAnswered: boolean;
  nextMs: number;
  apartMs: number;
  most?: Spacing['most'];
  /** When the newest ones left, as many as `most` looks back on. */
  left: number[];
  /** Multiplies the spacing: grows by each 429, shrinks by each other answer. */
  caution: number;
  toldMs: number;
  pause?: { readonly fromMs: number; readonly untilMs: number };
}

/** A limit that no answer has named for a minute may have been lifted. */
const forgetMs = 60_000;
/** After a 429 of a host that names no limit: ten requests a second, for as long as it is remembered. */
const apartAfterLimitMs = 100;
const mostCaution = 8;

export function createPace(clock: Clock, paused: () => void): Pace {
  const hosts = new Map<string, HostPace>();

  function hostOf(origin: string): HostPace {
    const known = hosts.get(origin);
    if (known !== undefined) return known;
    const host = {
      turn: Promise.resolve(),
      nextMs: 0,
      apartMs: 0,
      left: [],
      caution: 1,
      toldMs: 0,
      hasAnswered: false,
    };
    hosts.set(origin, host);
    return host;
  }

  /** Until the pause and the spacing allow one more. A pause may come while somebody waits. */
  async function wait(host: HostPace, signal: AbortSignal | undefined): Promise<void> {
    let waitedForMs = 0;
    for (;;) {
      signal?.throwIfAborted();
      const now = clock.now();
      if (host.toldMs + forgetMs < now) forget(host);
      const untilMs = Math.max(host.nextMs, host.pause?.untilMs ?? 0, roomMs(host));
      // Waited out once is waited out, even if somebody has set the clock back meanwhile.
      if (untilMs <= now || untilMs <= waitedForMs) break;
      await clock.sleep(untilMs - now, signal);
      waitedForMs = untilMs;
    }
    delete host.pause;
    note(host, clock.now());
  }

  function learn(host: HostPace, outcome: Sent): void {
    if (outcome.kind === 'failure') return;
    const now = clock.now();
    const limits = toldLimits(outcome);
    if (limits.length > 0) {
      const { apartMs, restMs, most } = spacingFor(limits);
      host.apartMs = apartMs;
      if (most !== undefined) host.most = most;
      host.toldMs = now;
      // A 429 says itself when to come back.
      if (outcome.status !== 429 && restMs > 0) host.nextMs = Math.max(host.nextMs, now + restMs);
    }
    if (outcome.status !== 429) {
      host.caution = Math.max(1, host.caution * 0.98);
      return;
    }
    if (limits.length === 0) host.apartMs = Math.max(host.apartMs, apartAfterLimitMs);
    host.caution = Math.min(mostCaution, host.caution * 1.25);
    host.toldMs = now;
  }

  return {
    async inTurn(origin, signal, send) {
      const host = hostOf(origin);
      const before = host.turn;
      const left = Promise.withResolvers<void>();
      host.turn = left.promise;
      try {
        await before;
        if (host.first !== undefined) await host.first;
        await wait(host, signal);
        const sending = send();
        if (!host.hasAnswered) host.first = sending.catch(() => {});
        left.resolve();
        const outcome = await sending;
        host.hasAnswered = outcome.kind === 'answer' || host.hasAnswered;
        delete host.first;
        learn(host, outcome);
        return outcome;
      } finally {
        left.resolve();
      }
    },
    pause(origin, durationMs) {
      const host = hostOf(origin);
      const fromMs = clock.now();
      const untilMs = fromMs + durationMs;
      if (durationMs <= 0 || (host.pause?.untilMs ?? 0) >= untilMs) return;
      host.pause = { fromMs: host.pause?.fromMs ?? fromMs, untilMs };
      paused();
    },
    pauses() {
      const now = clock.now();
      return [...hosts].flatMap(([origin, { pause }]) =>
        pause === undefined || pause.untilMs <= now ? [] : [{ origin, ...pause }],
      );
    },
  };
}

/** One has left. A timer that came late, or a thread that was busy, is caught up with, within what `most` allows. */
function note(host: HostPace, nowMs: number): void {
  const { apartMs, caution, most, left } = host;
  const lateMs = most === undefined ? 0 : most.durationMs / 2;
  host.nextMs = Math.max(host.nextMs, nowMs - lateMs) + apartMs * caution;
  host.left = [...left, nowMs].slice(-(most?.count ?? 1));
}

/** When there is room for one more in the stretch of time that `most` speaks of. */
function roomMs({ most, left }: HostPace): number {
  const oldest = left[0];
  return most === undefined || oldest === undefined || left.length < most.count ? 0 : oldest + most.durationMs;
}

function forget(host: HostPace): void {
  delete host.most;
  Object.assign(host, { apartMs: 0, caution: 1, left: [] });
}

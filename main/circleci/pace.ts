import type { Clock } from '../platform/clock.ts';
import type { HostRest, HttpAnswer, HttpFailure } from './http.ts';
import { passedTime } from './passed-time.ts';
import { toldLimits } from './rate-headers.ts';
import { type Spacing, spacingFor } from './spacing.ts';

/** A pause that a host asked for: since when, and until when nothing is sent to it. */
export interface HostPause {
  readonly origin: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Longer than anybody waits: whoever asks meanwhile is told so. */
  readonly isLong: boolean;
}

/** Nothing was sent: the host wants no requests for longer than anybody waits. */
export interface Rest extends HostRest {
  readonly kind: 'rest';
}

/**
 * When the next request to a host may leave. One for each host, shared by whoever asks it, so that many acts at once
 * keep to its limit together instead of running into it one by one.
 */
export interface Pace {
  /**
   * Waits for this request's turn and sends it, in the order of asking. Where the turn is further off than `patienceMs`, it
   * answers at once. @throws whatever the signal's reason is
   */
  inTurn(origin: string, signal: AbortSignal | undefined, send: () => Promise<Sent>): Promise<Sent | Rest>;
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

export interface PaceWorld {
  readonly clock: Clock;
  /** The longest that a request waits for its turn. */
  readonly patienceMs: number;
  /** `pauses` says more. */
  readonly paused: () => void;
}

export function createPace({ clock, patienceMs, paused }: PaceWorld): Pace {
  const hosts = new Map<string, HostPace>();
  const passed = passedTime(clock);

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
  async function wait(host: HostPace, signal: AbortSignal | undefined): Promise<Rest | undefined> {
    for (;;) {
      signal?.throwIfAborted();
      const now = passed.now();
      if (host.toldMs + forgetMs < now) forget(host);
      const untilMs = Math.max(host.nextMs, host.pause?.untilMs ?? 0, roomMs(host));
      if (untilMs <= now) break;
      if (untilMs - now > patienceMs) {
        leaveAlone(host, untilMs);
        return { kind: 'rest', restMs: untilMs - now, untilMs: passed.toWall(untilMs) };
      }
      await clock.sleep(untilMs - now, signal);
      passed.reach(untilMs);
    }
    delete host.pause;
    note(host, passed.now());
    return undefined;
  }

  /** Announced: everybody who asks this host is told, also where its limits say so and not a 429. */
  function leaveAlone(host: HostPace, untilMs: number): void {
    if ((host.pause?.untilMs ?? 0) >= untilMs) return;
    host.pause = { fromMs: host.pause?.fromMs ?? passed.now(), untilMs };
    paused();
  }

  function learn(host: HostPace, outcome: Sent): void {
    if (outcome.kind === 'failure') return;
    const now = passed.now();
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
        const rest = await wait(host, signal);
        if (rest !== undefined) return rest;
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
      if (durationMs > 0) leaveAlone(hostOf(origin), passed.now() + durationMs);
    },
    pauses() {
      const now = passed.now();
      return [...hosts].flatMap(([origin, { pause }]) => {
        if (pause === undefined || pause.untilMs <= now) return [];
        const { fromMs, untilMs } = pause;
        const isLong = untilMs - now > patienceMs;
        return [{ origin, fromMs: passed.toWall(fromMs), untilMs: passed.toWall(untilMs), isLong }];
      });
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

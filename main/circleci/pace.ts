import type { Clock } from '../platform/clock.ts';
import { forgetOld, type HostPace, learn, mostUnderWay, newHostPace, note, roomMs, type Sent } from './host-pace.ts';
import type { HostRest } from './http.ts';
import { passedTime } from './passed-time.ts';

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
    const host = newHostPace();
    hosts.set(origin, host);
    return host;
  }

  /** Until no more are under way than the host is trusted with. */
  async function place(host: HostPace, signal: AbortSignal | undefined): Promise<void> {
    while (host.underWay >= mostUnderWay(host, passed.now())) {
      signal?.throwIfAborted();
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = () => resolve();
      host.freed = stop;
      signal?.addEventListener('abort', stop, { once: true });
      await promise;
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Until the pause and the spacing allow one more. A pause may come while somebody waits. */
  async function wait(host: HostPace, signal: AbortSignal | undefined): Promise<Rest | undefined> {
    for (;;) {
      signal?.throwIfAborted();
      const now = passed.now();
      forgetOld(host, now);
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

  async function underWay(host: HostPace, send: () => Promise<Sent>): Promise<Sent> {
    host.underWay += 1;
    try {
      const leftMs = passed.now();
      const outcome = await send();
      host.hasAnswered = outcome.kind === 'answer' || host.hasAnswered;
      learn(host, outcome, { leftMs, now: passed.now() });
      return outcome;
    } finally {
      host.underWay -= 1;
      host.freed();
    }
  }

  return {
    async inTurn(origin, signal, send) {
      const host = hostOf(origin);
      const before = host.turn;
      const left = Promise.withResolvers<void>();
      host.turn = left.promise;
      try {
        await before;
        await place(host, signal);
        const rest = await wait(host, signal);
        if (rest !== undefined) return rest;
        return await underWay(host, () => {
          const sending = send();
          left.resolve();
          return sending;
        });
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

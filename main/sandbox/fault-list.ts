import { type Effect, type Fault, parseFault } from './fault.ts';

/** What becomes of one request: first the wait, then the effect; without one it is answered as usual. */
export interface Verdict {
  readonly latencyMs: number;
  readonly effect?: Effect | { readonly kind: 'rate-limited' };
}

/** A fault with what it has seen since it was set. */
interface ActiveFault {
  readonly fault: Fault;
  seen: number;
  windowStartMs: number;
}

/** The faults that are set, and what each has counted. All counts start when a fault is set. */
export class FaultList {
  #active: ActiveFault[] = [];

  texts(): string[] {
    return this.#active.map(({ fault }) => fault.text);
  }

  /** Clears first, then adds. Parses all before it changes anything. @throws AppError invalid-input */
  change(change: { readonly add: readonly string[]; readonly clear: boolean }): void {
    const added = change.add.map((text) => ({ fault: parseFault(text), seen: 0, windowStartMs: 0 }));
    this.#active = [...(change.clear ? [] : this.#active), ...added];
  }

  /**
   * Every fault sees every request, also one that another fault takes: so `#2` is the second request of its kind that
   * arrived, whatever became of the first. Latencies add up. A rate limit goes before the rest, of which the first set wins.
   */
  meet(method: string, path: string, nowMs: number): Verdict {
    let latencyMs = 0;
    let limited = false;
    let effect: Effect | undefined;
    for (const active of this.#active) {
      const { fault } = active;
      if (fault.kind === 'latency') latencyMs += fault.latencyMs;
      else if (fault.kind === 'rate-limit') limited = isOverLimit(active, fault.perSecond, nowMs) || limited;
      else if (fault.method === method && path.startsWith(fault.prefix)) {
        active.seen += 1;
        if (fault.nth === undefined || fault.nth === active.seen) effect ??= fault.effect;
      }
    }
    if (limited) return { latencyMs, effect: { kind: 'rate-limited' } };
    return effect === undefined ? { latencyMs } : { latencyMs, effect };
  }
}

/** Windows of one second, each begun by its first request: `Retry-After: 1` is then always long enough. */
function isOverLimit(active: ActiveFault, perSecond: number, nowMs: number): boolean {
  const sameWindow = active.seen > 0 && nowMs >= active.windowStartMs && nowMs - active.windowStartMs < 1_000;
  if (!sameWindow) {
    active.windowStartMs = nowMs;
    active.seen = 0;
  }
  active.seen += 1;
  return active.seen > perSecond;
}

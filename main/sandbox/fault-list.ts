import { type Effect, type Fault, parseFault } from './fault.ts';
import { type RateLimit, RateWindow, type RetryForm } from './rate-limit.ts';

/** What becomes of one request: first the wait, then the effect; without one it is answered as usual. */
export interface Verdict {
  readonly latencyMs: number;
  readonly effect?: Effect | { readonly kind: 'rate-limited' };
  /** The tightest limit that counts this request: every answer says where it stands. */
  readonly limit?: RateLimit;
  readonly retryForm: RetryForm;
}

/** A fault with what it has seen since it was set. */
interface ActiveFault {
  readonly fault: Fault;
  readonly window: RateWindow;
  seen: number;
}

/** The faults that are set, and what each has counted. All counts start when a fault is set. */
export class FaultList {
  #active: ActiveFault[] = [];

  texts(): string[] {
    return this.#active.map(({ fault }) => fault.text);
  }

  /** Clears first, then adds. Parses all before it changes anything. @throws AppError invalid-input */
  change(change: { readonly add: readonly string[]; readonly clear: boolean }): void {
    const added = change.add.map((text) => ({ fault: parseFault(text), window: new RateWindow(), seen: 0 }));
    this.#active = [...(change.clear ? [] : this.#active), ...added];
  }

  /**
   * Every fault sees every request, also one that another fault takes: so `#2` is the second request of its kind that
   * arrived, whatever became of the first. Latencies add up. A rate limit goes before the rest, of which the first set wins.
   */
  meet(method: string, path: string, nowMs: number): Verdict {
    let latencyMs = 0;
    let retryForm: RetryForm = 'seconds';
    const limits: RateLimit[] = [];
    let effect: Effect | undefined;
    for (const active of this.#active) {
      const { fault } = active;
      if (fault.kind === 'latency') latencyMs += fault.latencyMs;
      else if (fault.kind === 'rate-limit') limits.push(active.window.count(fault.perSecond, nowMs));
      else if (fault.kind === 'retry-after') retryForm = fault.form;
      else if (fault.method === method && path.startsWith(fault.prefix)) {
        active.seen += 1;
        if (fault.nth === undefined || fault.nth === active.seen) effect ??= fault.effect;
      }
    }
    const [limit] = limits.toSorted((left, right) => left.left - right.left);
    const common = { latencyMs, retryForm, ...(limit === undefined ? {} : { limit }) };
    if (limit !== undefined && limit.left < 0) return { ...common, effect: { kind: 'rate-limited' } };
    return effect === undefined ? common : { ...common, effect };
  }
}

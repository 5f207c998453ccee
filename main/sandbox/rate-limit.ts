/** Where a limit stands after a request was counted. `left` below zero: this request was one too many. */
export interface RateLimit {
  readonly perSecond: number;
  readonly left: number;
  /** Whole seconds, as on the wire: until the window is over. */
  readonly resetSeconds: number;
}

export type RetryForm = 'seconds' | 'date' | 'none';

/** Windows of one second, each begun by its first request: `Retry-After: 1` is then always long enough. */
export class RateWindow {
  #startMs = Number.NEGATIVE_INFINITY;
  #seen = 0;

  count(perSecond: number, nowMs: number): RateLimit {
    if (nowMs < this.#startMs || nowMs - this.#startMs >= 1_000) {
      this.#startMs = nowMs;
      this.#seen = 0;
    }
    this.#seen += 1;
    return {
      perSecond,
      left: perSecond - this.#seen,
      resetSeconds: Math.ceil((this.#startMs + 1_000 - nowMs) / 1_000),
    };
  }
}

/** Both families that v1 and v2 were seen to send. */
export function limitHeaders({ perSecond, left, resetSeconds }: RateLimit): Readonly<Record<string, string>> {
  const remaining = String(Math.max(left, 0));
  return {
    'ratelimit-limit': String(perSecond),
    'ratelimit-remaining': remaining,
    'ratelimit-reset': String(resetSeconds),
    'x-ratelimit-limit-second': String(perSecond),
    'x-ratelimit-remaining-second': remaining,
    'x-ratelimit-reset': String(resetSeconds),
  };
}

/** A date has whole seconds, so it names the end of the second in which the window ends. */
export function retryAfter(form: RetryForm, nowMs: number): Readonly<Record<string, string>> {
  switch (form) {
    case 'seconds':
      return { 'retry-after': '1' };
    case 'date':
      return { 'retry-after': new Date(Math.ceil((nowMs + 1_000) / 1_000) * 1_000).toUTCString() };
    case 'none':
      return {};
  }
}

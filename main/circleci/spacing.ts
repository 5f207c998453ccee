import type { ToldLimit } from './rate-headers.ts';

/** A twentieth of a limit stays free: somebody else may ask the same host. */
const share = 0.95;

/** A window this short is filled evenly; of a longer one the first half may be used at once. */
const shortWindowMs = 2_000;

/**
 * Requests do not arrive as evenly as they left, so a window is taken for a little longer than it is: on a busy machine by a
 * tenth of a second and more. Less slack lets more of them be refused, and each of these costs a second.
 */
const windowSlack = 1.1;

/** How far apart requests should leave, until when none should, and how many may in any stretch of time. */
export interface Spacing {
  readonly apartMs: number;
  /** From now; 0: at once. */
  readonly restMs: number;
  /** So many at most in any `durationMs`: whoever was late may catch up within it. */
  readonly most?: { readonly count: number; readonly durationMs: number };
}

/** What all told limits together ask for: the slowest of them. Pure. */
export function spacingFor(limits: readonly ToldLimit[]): Spacing {
  const each = limits.map(spacingOf);
  const slowest = each
    .filter(({ most }) => most !== undefined)
    .toSorted((left, right) => right.apartMs - left.apartMs)[0];
  return {
    apartMs: Math.max(0, ...each.map(({ apartMs }) => apartMs)),
    restMs: Math.max(0, ...each.map(({ restMs }) => restMs)),
    ...(slowest?.most === undefined ? {} : { most: slowest.most }),
  };
}

function spacingOf({ limit, windowMs, left, resetMs }: ToldLimit): Spacing {
  // What is left of a second says nothing: evenly spread requests use it up exactly when it ends.
  if (windowMs !== undefined && windowMs <= shortWindowMs) {
    const most = { count: Math.max(1, Math.floor(limit * share)), durationMs: windowMs * windowSlack };
    return { apartMs: windowMs / (limit * share), restMs: 0, most };
  }
  if (left === undefined || resetMs === undefined) return { apartMs: 0, restMs: 0 };
  if (left === 0) return { apartMs: 0, restMs: resetMs };
  // Somebody else may use the same limit: the last half is spread over the time that it has to last.
  return { apartMs: left * 2 < limit ? resetMs / (left * share) : 0, restMs: 0 };
}

/**
 * A host that names no limit in its answers may have one all the same, which only a 429 shows. So it is asked by few at
 * first, by more as it goes on answering, and after a 429 at half the pace that met it: of many requests a hundredth is
 * refused at most. Pure.
 */
export interface SilentLimit {
  /** Answers in a row that were no 429. */
  readonly answers: number;
  /** So many at once. */
  readonly atOnce: number;
  /** 0: no 429 was met. */
  readonly apartMs: number;
}

/** Whoever is under way when a limit is met is refused as well. */
const fewest = 2;
/** So many answers for each one more: where its limit is met then, those at once are a hundredth of all. */
const answersForOneMore = 200;
/** As many as there are connections. */
const mostAtOnce = 6;

export const unknownLimit: SilentLimit = { answers: 0, atOnce: fewest, apartMs: 0 };

export function withAnswer({ answers, atOnce, apartMs }: SilentLimit): SilentLimit {
  const isMore = (answers + 1) % answersForOneMore === 0;
  return {
    answers: answers + 1,
    atOnce: isMore ? Math.min(mostAtOnce, atOnce + 1) : atOnce,
    apartMs: closer(apartMs),
  };
}

/** Twice as fast after 350 answers: where the limit stands it is met once in so many. */
function closer(apartMs: number): number {
  return apartMs < 1 ? 0 : apartMs * 0.998;
}

/** A limit below ten requests a second was never seen: then others use it too, or the host has trouble. */
const longestFirstMs = 100;
const longestMs = 1_600;

/** `lastSecond`: so many were sent in the second before the 429. */
export function withRefusal({ apartMs }: SilentLimit, lastSecond: number): SilentLimit {
  const isFast = lastSecond > (2 * 1_000) / longestFirstMs;
  const first = isFast ? (2 * 1_000) / lastSecond : longestFirstMs;
  return { answers: 0, atOnce: fewest, apartMs: Math.min(longestMs, apartMs === 0 ? first : apartMs * 2) };
}

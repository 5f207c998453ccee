import type { HttpAnswer } from './http.ts';
import { headerOf } from './retry.ts';

/** One limit as a host told it: so many requests in so long a window, of which so many are left until it begins anew. */
export interface ToldLimit {
  readonly limit: number;
  /** Undefined where the header does not say it. */
  readonly windowMs?: number;
  readonly left?: number;
  readonly resetMs?: number;
}

const second = 1_000;
const windows = [
  ['second', second],
  ['minute', 60 * second],
  ['hour', 3_600 * second],
  ['day', 86_400 * second],
] as const;

/**
 * Every limit that an answer names, in the three families that CircleCI was seen to send: `RateLimit-Limit` and its two
 * neighbours, `X-RateLimit-Limit-Second` and so on, and the structured `RateLimit-Policy` with `RateLimit`. All of them
 * hold at once. What is not a positive number is not a limit.
 */
export function toldLimits(answer: HttpAnswer): readonly ToldLimit[] {
  return [plain(answer), ...windows.map(([name, ms]) => perWindow(answer, name, ms)), ...structured(answer)].filter(
    (told) => told !== undefined,
  );
}

function plain(answer: HttpAnswer): ToldLimit | undefined {
  const limit = count(headerOf(answer, 'ratelimit-limit'));
  if (limit === undefined || limit === 0) return undefined;
  const resetMs = duration(headerOf(answer, 'ratelimit-reset'));
  return {
    limit,
    // It does not name its window. One that ends within the second is treated as one of a second: the careful reading.
    ...(resetMs !== undefined && resetMs <= second ? { windowMs: second } : {}),
    ...some({ left: count(headerOf(answer, 'ratelimit-remaining')), resetMs }),
  };
}

function perWindow(answer: HttpAnswer, name: string, windowMs: number): ToldLimit | undefined {
  const limit = count(headerOf(answer, `x-ratelimit-limit-${name}`));
  if (limit === undefined || limit === 0) return undefined;
  const left = count(headerOf(answer, `x-ratelimit-remaining-${name}`));
  const resetMs = duration(headerOf(answer, 'x-ratelimit-reset'));
  // One header for all windows: it cannot be the end of one that is shorter.
  return {
    limit,
    windowMs,
    ...some({ left, resetMs: resetMs === undefined || resetMs > windowMs ? windowMs : resetMs }),
  };
}

/** `RateLimit-Policy: "default";q=100;w=60` and `RateLimit: "default";r=50;t=30`. */
function structured(answer: HttpAnswer): ToldLimit[] {
  const policies = items(headerOf(answer, 'ratelimit-policy'));
  const states = items(headerOf(answer, 'ratelimit'));
  return [...policies].flatMap(([name, policy]) => {
    const limit = count(policy.get('q'));
    if (limit === undefined || limit === 0) return [];
    const state = states.get(name);
    const told = {
      windowMs: duration(policy.get('w')),
      left: count(state?.get('r')),
      resetMs: duration(state?.get('t')),
    };
    return [{ limit, ...some(told) }];
  });
}

function items(text: string | undefined): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const parts = (text ?? '').split(',').map((item) => item.split(';').map((part) => part.trim()));
  return new Map(
    parts.map(([name = '', ...parameters]) => [
      name,
      new Map(
        parameters.map((parameter): [string, string] => {
          const [key = '', value = ''] = parameter.split('=');
          return [key, value];
        }),
      ),
    ]),
  );
}

/** The first number: `100, 100;w=60` says the limit before its policy. Nine digits stay exact. */
function count(text: string | undefined): number | undefined {
  const digits = /^(\d{1,9})(?:$|[,;.\s])/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function duration(text: string | undefined): number | undefined {
  const seconds = count(text);
  return seconds === undefined ? undefined : seconds * second;
}

function some(told: {
  readonly windowMs?: number | undefined;
  readonly left?: number | undefined;
  readonly resetMs?: number | undefined;
}): Partial<Omit<ToldLimit, 'limit'>> {
  const { windowMs, left, resetMs } = told;
  return {
    ...(windowMs === undefined || windowMs === 0 ? {} : { windowMs }),
    ...(left === undefined ? {} : { left }),
    ...(resetMs === undefined ? {} : { resetMs }),
  };
}

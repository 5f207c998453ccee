import type { Caller, CircleCi, HostMemory } from '../../main/circleci/circleci.ts';
import { type CircleCiOptions, createCircleCi } from '../../main/circleci/create-circleci.ts';
import { systemRandom } from '../../main/platform/random.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

export const personalValue = 'CCIPAT_BUfDLh3DXGFs8Zr2q1KWWq_00112233445566778899aabbccddeeff00112233';

/** What was learned of hosts, as a plain map: `personal.list` to `works`, and `personalVersion`. */
export interface PlainMemory extends HostMemory {
  readonly facts: Record<string, string>;
}

export function plainMemory(facts: Record<string, string> = {}): PlainMemory {
  return {
    facts,
    capability: (_origin, route) => {
      const known = facts[route];
      return known === 'works' || known === 'refused' || known === 'absent' ? known : 'unknown';
    },
    personalVersion: () => {
      const version = facts.personalVersion;
      return version === 'v1' || version === 'v1.1' ? version : undefined;
    },
    learned: (_origin, { route, capability, personalVersion }) => {
      facts[route] = capability;
      if (personalVersion !== undefined) facts.personalVersion = personalVersion;
    },
    learnedCreate: (account, place, outcome) => {
      facts[`${account} creates ${place.kind === 'personal' ? 'personal' : place.slug}`] = outcome;
    },
  };
}

export interface TestClient extends AsyncDisposable {
  readonly circleci: CircleCi;
  readonly clock: FakeClock;
  readonly memory: PlainMemory;
  /** What was observed, in order. */
  readonly points: readonly string[];
}

/** The real client with a clock whose sleeps end at once. */
export function testClient(options: Partial<CircleCiOptions> & { readonly memory?: PlainMemory } = {}): TestClient {
  const clock = fakeClock();
  const memory = options.memory ?? plainMemory();
  const points: string[] = [];
  const observe = (point: string) => {
    points.push(point);
  };
  const circleci = createCircleCi({ clock, random: systemRandom, observe, environment: {}, ...options, memory });
  return { circleci, clock, memory, points, [Symbol.asyncDispose]: () => circleci.close() };
}

export function callerOf(host: { readonly origin: string; readonly caPem?: string }, value = personalValue): Caller {
  const { origin, caPem } = host;
  return { host: { origin, ...(caPem === undefined ? {} : { caPem }) }, token: Buffer.from(value) };
}

/** The error that a promise rejects with, as a plain failure. */
export async function failureOf(promise: Promise<unknown>): Promise<{ code: string; message: string; hint?: string }> {
  const error: unknown = await promise.then(
    (value) => ({ resolvedWith: value }),
    (reason: unknown) => reason,
  );
  if (error instanceof Error && 'toFailure' in error && typeof error.toFailure === 'function') return error.toFailure();
  throw new Error('it did not fail with an AppError', { cause: error });
}

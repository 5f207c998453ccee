import type { FakeClock } from './fake-clock.ts';
import type { Said, Twist } from './in-between.ts';
import type { TimeLimits } from './time-limits.ts';

/** The ways in which one request can go wrong. `after`: what was asked for was done, and the answer is lost or useless. */
export const routeFaults = [
  '400',
  '401',
  '403',
  '404',
  '409',
  '422',
  '429 in seconds',
  '429 by date',
  '500',
  '502 in HTML',
  'broken JSON after',
  'null identity after',
  'closed before',
  'closed after',
  'no answer',
  'refused',
] as const;
export type RouteFault = (typeof routeFaults)[number];

/** Long enough that twelve of them are the whole minute of patience. */
const retryAfterMs = 5_000;

export interface FaultWorld {
  readonly clock: Pick<FakeClock, 'now'>;
  readonly timeLimits: TimeLimits;
}

/** What comes back instead. `refused` is no answer: there nothing listens, which only the server itself can do. */
export async function answerUnder(
  fault: Exclude<RouteFault, 'refused'>,
  ask: () => Promise<Said>,
  { clock, timeLimits }: FaultWorld,
): Promise<Said | undefined> {
  switch (fault) {
    case '429 in seconds':
      return { status: 429, body: '{}', headers: { 'retry-after': String(retryAfterMs / 1_000) } };
    case '429 by date':
      return {
        status: 429,
        body: '{}',
        headers: {
          date: new Date(clock.now()).toUTCString(),
          'retry-after': new Date(clock.now() + retryAfterMs).toUTCString(),
        },
      };
    case '502 in HTML':
      return { status: 502, body: '<html><h1>Bad gateway</h1></html>', headers: { 'content-type': 'text/html' } };
    case 'broken JSON after':
      await ask();
      return { status: 200, body: '{"id":"0a1b' };
    case 'null identity after':
      await ask();
      return { status: 200, body: '{"id":null,"login":null,"name":null}' };
    case 'closed before':
      return undefined;
    case 'closed after':
      await ask();
      return undefined;
    case 'no answer':
      timeLimits.expire();
      return new Promise(() => {});
    default:
      return { status: Number(fault), body: '{"message":"refused by the test"}' };
  }
}

/**
 * The request number `index` (from 0) goes wrong; `lasting`: and so does everything that is asked of the same address
 * afterwards.
 */
export function failingFrom(
  index: number,
  fault: Exclude<RouteFault, 'refused'>,
  world: FaultWorld & { readonly lasting: boolean },
): Twist {
  let count = -1;
  let failed: string | undefined;
  return (asked, ask) => {
    count += 1;
    const address = `${asked.method} ${asked.path}`;
    if (count === index) failed = address;
    const fails = count === index || (world.lasting && failed === address);
    return fails ? answerUnder(fault, ask, world) : ask();
  };
}

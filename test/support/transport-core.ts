import * as z from 'zod';
import { AppError } from '../../main/app-error.ts';
import { createDispatch, type Dispatch } from '../../main/dispatch.ts';
import { createEvents } from '../../main/events.ts';
import { call, type Dispose, type EventOf, nothing, secretBytes } from '../../shared/contract/kit.ts';

/** A small contract that makes every kind of answer, for comparing the ways in which calls can travel. */
export const transportCalls = {
  'text.double': call(z.strictObject({ text: z.string() }), z.strictObject({ text: z.string() })),
  'bytes.reverse': call(z.strictObject({ value: secretBytes }), z.strictObject({ value: secretBytes })),
  /** The bytes that the last `bytes.reverse` received (also what lies around them) and gave, as they are now. */
  'bytes.left': call(nothing, z.strictObject({ received: z.string(), around: z.string(), given: z.string() })),
  'anything.keys': call(z.record(z.string(), z.unknown()), z.strictObject({ keys: z.array(z.string()) })),
  'fail.expected': call(nothing, nothing),
  'fail.bug': call(nothing, nothing),
  'fail.uncloneable': call(nothing, z.unknown()),
  'events.publish': call(z.strictObject({ count: z.int() }), nothing),
  'wait.forever': call(nothing, nothing),
} as const;

export const transportEvents = { 'count.changed': z.strictObject({ count: z.int() }) } as const;

export type TransportEvent = EventOf<typeof transportEvents>;

export interface TransportCore {
  readonly dispatch: Dispatch;
  subscribe(listener: (event: TransportEvent) => void): Dispose;
}

export function createTransportCore(): TransportCore {
  const events = createEvents<typeof transportEvents>();
  let received: Uint8Array = new Uint8Array();
  let given: Uint8Array = new Uint8Array();
  const dispatch = createDispatch(
    transportCalls,
    {
      'text.double': ({ text }) => ({ text: text + text }),
      'bytes.reverse': ({ value }) => {
        received = value;
        // A view into a larger buffer: what lies around it must not travel.
        const pool = new Uint8Array(64).fill(0xee);
        given = pool.subarray(8, 8 + value.length);
        given.set(value.toReversed());
        return { value: given };
      },
      'bytes.left': () => ({
        received: received.toString(),
        around: new Uint8Array(received.buffer).toString(),
        given: given.toString(),
      }),
      'anything.keys': (input) => ({ keys: Object.keys(input) }),
      'fail.expected': () => {
        throw new AppError('not-found', 'There is no such token. Nothing was changed.', {
          hint: 'List the tokens.',
          details: { ids: ['a', 'b'], count: 2 },
          cause: new Error('the cause stays inside'),
        });
      },
      'fail.bug': () => {
        throw new TypeError('the message of a bug stays inside');
      },
      'fail.uncloneable': () => () => 'a function',
      'events.publish': ({ count }) => {
        for (let number = 1; number <= count; number += 1) events.publish('count.changed', { count: number });
        return {};
      },
      'wait.forever': () => new Promise<never>(() => {}),
    },
    { bug: () => 'a1b2c3d4e5f6' },
  );
  return { dispatch, subscribe: events.subscribe };
}

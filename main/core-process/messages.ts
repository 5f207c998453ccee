import * as z from 'zod';
import { errorCode } from '../../shared/contract/kit.ts';

/*
 * What crosses a port. One kind of message towards the core, two back:
 *   { call: 7, channel, input }  ->  { answer: 7, result }
 *                                    { event: { event, revision, value } }
 * `channel` and `input` are whatever the other side sent: judging them is dispatch's work, so that every transport
 * refuses the same things in the same words.
 */

/** A call's number, unique for its port, chosen by whoever calls. */
const number = z.int().nonnegative();

export const callMessage = z.strictObject({ call: number, channel: z.unknown(), input: z.unknown() });
export type CallMessage = z.output<typeof callMessage>;

export const result = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    error: z.strictObject({
      code: errorCode,
      message: z.string(),
      hint: z.string().exactOptional(),
      details: z.record(z.string(), z.unknown()).exactOptional(),
    }),
  }),
]);

export const answerMessage = z.strictObject({ answer: number, result: z.unknown() });
export const eventMessage = z.strictObject({
  event: z.strictObject({ event: z.string(), revision: z.int(), value: z.unknown() }),
});

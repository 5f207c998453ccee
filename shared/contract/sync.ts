import * as z from 'zod';
import { idPrefix } from '../ids.ts';
import { call, errorCode } from './kit.ts';

/** A part that failed, and why: the code is the one that the whole call would have failed with. */
export const partFailure = z.strictObject({ code: errorCode, message: z.string(), hint: z.string().exactOptional() });
export type PartFailure = z.output<typeof partFailure>;

export const syncReport = z.strictObject({
  accounts: z.int(),
  projects: z.int(),
  tokens: z.int(),
  added: z.int(),
  changed: z.int(),
  gone: z.int(),
  failed: z.array(z.strictObject({ what: z.string(), error: partFailure })),
});
export type SyncReport = z.output<typeof syncReport>;

export const syncProgress = z.strictObject({ done: z.int(), total: z.int(), reading: z.string() });

export const syncCalls = {
  'sync.run': call(z.strictObject({ account: idPrefix.exactOptional() }), z.strictObject({ sync: syncReport })),
} as const;

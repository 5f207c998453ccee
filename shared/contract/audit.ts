import * as z from 'zod';
import { id, idPrefix } from '../ids.ts';
import { call, instant, nothing } from './kit.ts';

/** One act. `hash` names this entry in the chain: it covers every entry before it. */
export const auditEntry = z.strictObject({
  at: instant,
  actor: z.string(),
  action: z.string(),
  subject: id.exactOptional(),
  outcome: z.enum(['ok', 'failed']),
  detail: z.string().exactOptional(),
  hash: z.string(),
});
export type AuditEntry = z.output<typeof auditEntry>;

export const auditCalls = {
  'audit.list': call(
    z.strictObject({ since: instant.exactOptional(), token: idPrefix.exactOptional() }),
    z.strictObject({ entries: z.array(auditEntry) }),
  ),
  'audit.verify': call(
    nothing,
    z.strictObject({ ok: z.boolean(), entries: z.int(), brokenAt: z.int().exactOptional() }),
  ),
} as const;

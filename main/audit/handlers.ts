import type { RondoHandlers } from '../../shared/contract/contract.ts';
import type { Id } from '../../shared/ids.ts';
import { isoInstant } from '../platform/clock.ts';
import type { VaultSession } from '../vault/vault.ts';
import { auditEntries } from './entries.ts';

export function auditHandlers(
  session: () => VaultSession,
  resolveToken: (prefix: string) => Id,
): Pick<RondoHandlers, 'audit.list' | 'audit.verify'> {
  return {
    'audit.list': ({ since, token }) => ({
      entries: auditEntries(session(), {
        ...(since === undefined ? {} : { since: isoInstant(Date.parse(since)) }),
        ...(token === undefined ? {} : { subject: resolveToken(token) }),
      }),
    }),
    'audit.verify': () => session().verifyLog(),
  };
}

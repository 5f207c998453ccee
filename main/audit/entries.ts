import type { AuditEntry } from '../../shared/contract/audit.ts';
import type { Id } from '../../shared/ids.ts';
import type { VaultSession } from '../vault/vault.ts';

/** The audit chain, oldest first; `since` is inclusive. */
export function auditEntries(
  session: Pick<VaultSession, 'log'>,
  only: { readonly since?: string; readonly subject?: Id },
): AuditEntry[] {
  return session
    .log()
    .filter((entry) => only.since === undefined || entry.at >= only.since)
    .filter((entry) => only.subject === undefined || entry.subject === only.subject);
}

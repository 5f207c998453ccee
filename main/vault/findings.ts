import type { Damage } from '../../shared/contract/vault.ts';
import type { DamageReason } from './vault-errors.ts';

/** One thing that is wrong with an open vault. */
export interface Finding {
  readonly damage: Damage;
  readonly reason: DamageReason;
}

export function finding(reason: DamageReason, kind: Damage['kind'], id: string, words: string): Finding {
  return { reason, damage: { id, kind, reason: words } };
}

/**
 * What keeps the vault from being written, worst first: writing over rows that are missing or older would make their
 * loss look like our own act. A lost copy of the header does not: the other copies hold the same.
 */
export function blockingReason(findings: readonly Finding[]): DamageReason | undefined {
  const reasons = new Set(findings.map(({ reason }) => reason));
  return (['rolled-back', 'sqlite', 'manifest', 'rows'] as const).find((reason) => reasons.has(reason));
}

import type { VaultTransaction } from '../vault/vault.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';

/**
 * Given up after Rondo has switched to the new token, the old value is held as it was before. A switch that was not proved
 * keeps it: it may be the only one that Rondo can sign in with.
 */
export function letGo(world: RotationWorld, record: RotationRecord, transaction: VaultTransaction): void {
  const { token, switched, heldBefore, steps } = record;
  const before = switched?.held ?? heldBefore;
  const isDelivered = steps.some(({ name, state }) => name === 'deliver' && state === 'done');
  if (before === undefined || (switched !== undefined && !isDelivered)) return;
  if (world.tokens.get(world.session(), token)?.held === 'kept') world.tokens.unhold(transaction, token, before);
}

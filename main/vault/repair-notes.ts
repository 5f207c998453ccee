// What repair and carving have in common when a plan becomes a file.
import type { Id } from '../../shared/ids.ts';
import type { Keys } from './keys.ts';
import type { RepairPlan } from './plan-repair.ts';
import { idBytes } from './read-records.ts';
import type { ReadableRow, ReadableRows } from './readable-rows.ts';
import type { ValueKnowledge } from './replace-closed.ts';
import { openDescription } from './sealed-rows.ts';
import type { VaultRecord, VaultTransaction } from './vault.ts';

/** What other rooms note in a vault whose rows are not all its newest. */
export interface RepairNotes extends ValueKnowledge {
  /** An open rotation came from a backup, or its state may be an older one. */
  readonly restored: (transaction: VaultTransaction) => void;
  /** These records have lost their values. */
  readonly valuesLost: (transaction: VaultTransaction, ids: ReadonlySet<Id>) => void;
  /** These have values that are newer than their descriptions, which are a backup's and may know nothing of them. */
  readonly valuesNewer: (transaction: VaultTransaction, ids: ReadonlySet<Id>) => void;
}

export function rowsOfPlan(own: ReadableRows, plan: RepairPlan): readonly ReadableRow[] {
  const taken = [...plan.taken].map(([key, { row }]) => [key, row] as const);
  return [...new Map([...own.rows, ...taken]).values()];
}

/** Of everything that was there, and of what anything is taken from. */
export function newestSequence(own: ReadableRows, { taken, log }: RepairPlan): number {
  const sources = [...[...taken.values()].map(({ source }) => source), ...log.taken.values()];
  return sources.reduce((newest, source) => Math.max(newest, source.newestSequence), own.newestSequence);
}

interface Noted {
  readonly keys: Keys;
  readonly plan: RepairPlan;
  readonly notes: RepairNotes;
  /** The damaged file is itself older than the vault was, which nobody has noted in it yet. */
  readonly isOlder?: boolean;
}

/** Records whose value alone is lost stay, without it; and whoever must know is told. */
export function noteRepair(transaction: VaultTransaction, { keys, plan, notes, isOlder }: Noted): void {
  const taken = [...plan.taken.values()];
  const valueless = plan.setAside.flatMap((closed) => withoutValue(keys, closed));
  const emptied = plan.emptied.flatMap((closed) => withoutValue(keys, closed));
  for (const record of [...valueless, ...emptied]) transaction.putRecord(record, 'none');
  const described = taken.flatMap(({ row, only }) => (only === 'description' ? row : []));
  // Sealed again: a value is never newer than its description (docs/vault-format.md, Carving).
  for (const record of described.flatMap(({ id }) => transaction.record(id) ?? []))
    transaction.putRecord(record, 'same');
  const givenUp = described.filter(({ hasValue }) => hasValue !== true);
  notes.valuesLost(transaction, new Set([...valueless, ...givenUp].map(({ id }) => id)));
  notes.valuesNewer(transaction, new Set(described.filter(({ hasValue }) => hasValue).map(({ id }) => id)));
  if (isOlder === true || taken.some(({ row }) => row.table === 'journal')) notes.restored(transaction);
}

function withoutValue(keys: Keys, { id, meta }: RepairPlan['setAside'][number]): VaultRecord[] {
  const record = meta && openDescription(keys, idBytes(id), meta);
  return record === undefined ? [] : [record];
}

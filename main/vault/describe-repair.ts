import type { Damage, DamagedPart, DamageReport, VerifyReport } from '../../shared/contract/vault.ts';
import { markFileName } from '../../shared/vault-files.ts';
import type { RepairPlan } from './plan-repair.ts';
import { type ClosedRow, type ReadableRows, rowKey } from './readable-rows.ts';
import type { RepairSource } from './repair-sources.ts';
import type { Taken } from './replace-closed.ts';

/** What was found, with what the plan does about each; and what the plan puts back that nothing else names. */
export function describeRepair(report: VerifyReport, own: ReadableRows, plan: RepairPlan): DamageReport {
  const described = report.damaged.map((damage) => ({ ...damage, ...remedyFor(damage, own, plan) }));
  const named = new Set(described.map(({ kind, id }) => `${kind} ${id}`));
  const more = [...takenRows(own, plan), ...logEntries(own, plan)].filter(
    ({ kind, id }) => !named.has(`${kind} ${id}`),
  );
  return { damaged: [...described, ...more], proven: plan.proven && plan.log.lost.length === 0 };
}

type Remedy = Pick<DamagedPart, 'remedy' | 'instead' | 'backup' | 'only' | 'recordKind'>;

function remedyFor(damage: Damage, own: ReadableRows, plan: RepairPlan): Remedy {
  switch (damage.kind) {
    case 'record':
    case 'journal':
      return rowRemedy(`${damage.kind} ${damage.id}`, own, plan);
    case 'log':
      return entryRemedy(Number(damage.id.slice('log '.length)), plan);
    case 'manifest':
      return { remedy: plan.proven ? 'made-anew' : 'accepted' };
    case 'header':
      // The name of no copy: the header itself is not the one that the manifest speaks of.
      return { remedy: damage.id === 'header' ? 'accepted' : 'made-anew' };
    case 'file':
      return { remedy: damage.id === markFileName ? 'accepted' : 'made-anew' };
  }
}

function rowRemedy(key: string, own: ReadableRows, plan: RepairPlan): Remedy {
  const taken = plan.taken.get(key);
  const closed = own.closed.find((row) => rowKey(row) === key);
  const recordKind = taken?.row.recordKind ?? closed?.recordKind;
  return {
    ...(taken === undefined ? leftRemedy(closed, plan) : takenRemedy(taken)),
    ...(recordKind === undefined ? {} : { recordKind }),
  };
}

function leftRemedy(closed: ClosedRow | undefined, { emptied }: RepairPlan): Remedy {
  if (closed !== undefined && emptied.includes(closed)) return { remedy: 'made-anew' };
  return { remedy: 'set-aside', ...(closed?.meta === undefined ? {} : { only: 'value' }) };
}

function takenRemedy({ row, source, only, isOlder }: Taken): Remedy {
  // It held none, and this is known: the one that is empty in the backup is the one that does not open.
  if (only === 'value' && row.hasValue !== true) return { remedy: 'made-anew' };
  const { remedy, ...which } = from(source);
  if (isOlder) return { remedy: 'set-aside', instead: remedy, ...which };
  return { remedy, ...which, ...(only === undefined ? {} : { only }) };
}

function entryRemedy(number: number, { log }: RepairPlan): Remedy {
  // Also one that opens and does not follow: the entry that stood there or before it is another one, and lost.
  if (log.lost.includes(number)) return { remedy: 'set-aside' };
  const source = log.taken.get(number);
  if (source !== undefined) return from(source);
  // It follows again, as the one before it came back.
  return { remedy: log.taken.has(number - 1) ? 'made-anew' : 'accepted' };
}

function takenRows(own: ReadableRows, plan: RepairPlan): DamagedPart[] {
  return [...plan.taken].map(([key, { row }]) => ({
    id: row.id,
    kind: row.table,
    reason: own.rows.has(key) ? 'is older than it should be' : 'is missing',
    ...rowRemedy(key, own, plan),
  }));
}

function logEntries(own: ReadableRows, plan: RepairPlan): DamagedPart[] {
  const numbers = [...plan.log.taken.keys(), ...plan.log.lost];
  return numbers.map((number) => ({
    id: `log ${number}`,
    kind: 'log',
    reason: own.log.has(number) ? 'is changed or out of order' : 'is missing',
    ...entryRemedy(number, plan),
  }));
}

function from({ backup }: RepairSource): { readonly remedy: 'from-backup' | 'from-file' } & Pick<Remedy, 'backup'> {
  return backup === undefined ? { remedy: 'from-file' } : { remedy: 'from-backup', backup };
}

/** A part that is wrong in two ways is one part. */
export function distinctParts(damaged: readonly DamagedPart[]): readonly DamagedPart[] {
  return [...new Map(damaged.map((part) => [`${part.kind} ${part.id}`, part])).values()];
}

/** For the audit chain, which holds a few hundred characters. */
export function summary({ damaged }: DamageReport): string {
  const counts = new Map<string, number>();
  for (const { remedy, kind, only, instead } of distinctParts(damaged)) {
    const words = [kind, only, remedy, instead].filter((word) => word !== undefined).join(' ');
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const setAside = distinctParts(damaged)
    .filter(({ remedy }) => remedy === 'set-aside')
    .map(({ id }) => id);
  const parts = [...counts].map(([words, count]) => `${words}: ${count}`);
  return [...parts, ...(setAside.length === 0 ? [] : [`set aside ${setAside.join(', ')}`])].join('; ');
}

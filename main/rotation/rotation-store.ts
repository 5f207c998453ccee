import { type Id, matchPrefix } from '../../shared/ids.ts';
import { AppError } from '../app-error.ts';
import type { Observe } from '../platform/observe.ts';
import type { Processes } from '../platform/processes.ts';
import { createRecordStore } from '../vault/record-store.ts';
import type { VaultReader, VaultSession, VaultTransaction } from '../vault/vault.ts';
import { type RotationRecord, rotationRecord } from './rotation-record.ts';

export const finishedStore = createRecordStore('rotation', rotationRecord);

/** Open rotations, from the journal. */
export function openRotations(reader: VaultReader): RotationRecord[] {
  return [...reader.journal()].map(([id, row]) => parseRow(id, row));
}

/** Open ones first, then the finished, each from the oldest to the newest. */
export function allRotations(reader: VaultReader): RotationRecord[] {
  const byStart = (left: RotationRecord, right: RotationRecord) => left.startedAt.localeCompare(right.startedAt);
  return [...openRotations(reader).sort(byStart), ...finishedStore.list(reader).toSorted(byStart)];
}

/** @throws AppError not-found, ambiguous */
export function resolveRotation(rotations: readonly RotationRecord[], prefix: string): RotationRecord {
  const ids = matchPrefix(
    prefix,
    rotations.map(({ id }) => id),
  );
  const found = rotations.find(({ id }) => id === ids[0]);
  if (found === undefined)
    throw new AppError('not-found', `There is no such rotation as ${prefix}.`, { effect: 'nothing-changed' });
  if (ids.length > 1) {
    throw new AppError('ambiguous', `${ids.length} rotations have an id that starts with ${prefix}.`, {
      effect: 'nothing-changed',
      details: { ids },
    });
  }
  return found;
}

/** What was open when it was asked for, and has ended by itself while the call waited. */
export function endedSince(asked: readonly RotationRecord[], open: readonly RotationRecord[]): RotationRecord[] {
  return asked.filter(({ id }) => !open.some((one) => one.id === id));
}

export interface Journal {
  readonly session: () => VaultSession;
  readonly observe: Observe;
  readonly changed: (rotation: RotationRecord) => void;
  readonly processes: Processes;
}

/**
 * Writes the journal's row, with whatever else must be true at the same moment, in one durable transaction.
 * Every line of a rotation's history goes through here or `closeRotation`; `point` is its stable name for the observer.
 */
export function saveRotation(
  journal: Journal,
  record: RotationRecord,
  point: string,
  also: (transaction: VaultTransaction) => Partial<RotationRecord> | undefined = () => undefined,
): RotationRecord {
  journal.observe(`journal ${point} before`);
  const saved = journal.session().write((transaction) => {
    const whole = withRunner({ ...record, ...also(transaction) }, journal.processes.own);
    const { id, ...row } = whole;
    transaction.putJournal(id, row);
    return whole;
  });
  journal.observe(`journal ${point} after`);
  journal.changed(saved);
  return saved;
}

/** Only whoever runs it says of it that it runs. */
function withRunner({ runner: _before, ...rest }: RotationRecord, own: string): RotationRecord {
  return rest.state === 'running' ? { ...rest, runner: own } : rest;
}

/** Takes the row out of the journal and keeps it as a record. */
export function closeRotation(
  journal: Journal,
  { runner: _ended, ...record }: RotationRecord,
  also: (transaction: VaultTransaction) => void,
): RotationRecord {
  journal.observe(`journal ${record.state} before`);
  journal.session().write((transaction) => {
    also(transaction);
    transaction.removeJournal(record.id);
    finishedStore.put(transaction, record, 'none');
  });
  journal.observe(`journal ${record.state} after`);
  journal.changed(record);
  return record;
}

function parseRow(id: Id, row: unknown): RotationRecord {
  const parsed = rotationRecord.safeParse(row);
  if (parsed.success) return { ...parsed.data, id };
  throw new AppError(
    'vault-damaged',
    'An open rotation in the vault does not have the shape of one. It was left as it is.',
    {
      details: { reason: 'rows', id },
      cause: parsed.error,
    },
  );
}

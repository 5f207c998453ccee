import { AppError } from '../app-error.ts';
import type { RotationWorld } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { openRotations } from './rotation-store.ts';
import { isStranded } from './uncreatable.ts';

/**
 * Runs them one after the other. Where the vault cannot be written in the midst of it, whoever asked still hears of each
 * one: what was begun is answered as it stands in the journal, what was not begun as failed. And where one in cut-over has
 * lost its old token and got no new one, no other is deleted first.
 * @throws AppError stopped; storage and vault-busy where nothing was begun at all
 */
export async function inTurn(
  world: RotationWorld,
  records: readonly RotationRecord[],
  run: (record: RotationRecord) => Promise<RotationRecord>,
): Promise<RotationRecord[]> {
  const answered: RotationRecord[] = [];
  for (const record of records) {
    if (record.mode === 'cut-over' && record.retiredAt === undefined && answered.some(isStranded)) {
      answered.push(record.state === 'planned' ? notBegun(record, afterStranded()) : record);
      continue;
    }
    try {
      answered.push(await run(record));
    } catch (error) {
      if (!isUnwritten(error)) throw error;
      const begun = openRotations(world.session()).find(({ id }) => id === record.id);
      if (begun === undefined && answered.length === 0) throw error;
      answered.push(begun === undefined ? notBegun(record, error) : halfDone(begun, error));
    }
  }
  return answered;
}

/**
 * The same for one that a person told something. Where nothing was written since, the call has failed and the rotation
 * waits as before; else it is answered as it stands in the journal.
 */
export async function toldOf(
  world: RotationWorld,
  record: RotationRecord,
  run: () => Promise<RotationRecord>,
): Promise<RotationRecord> {
  try {
    return await run();
  } catch (error) {
    if (!isUnwritten(error)) throw error;
    const stands = openRotations(world.session()).find(({ id }) => id === record.id);
    if (stands === undefined || JSON.stringify(stands) === JSON.stringify(record)) throw error;
    return halfDone(stands, error);
  }
}

export function isUnwritten(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'storage' || error.code === 'vault-busy');
}

/** What happened to the one before would happen to this one: so no other old token is deleted. */
function afterStranded(): AppError {
  return new AppError(
    'needs-attention',
    'Of the one before it the old token is deleted, and its new one could not be made. Nothing of this one was changed.',
    { hint: 'Look at that one first, and resume it. Then rotate this one; in overlap the new one is made first.' },
  );
}

function notBegun(record: RotationRecord, error: AppError): RotationRecord {
  return { ...record, state: 'failed', error: error.toPartFailure() };
}

/** The failure is in no journal: that is what could not be written. The step that ran may be half done. */
function halfDone(record: RotationRecord, { code, happened, hint }: AppError): RotationRecord {
  const error = {
    code,
    message: `${happened} What this rotation did before that is written down.`,
    hint: [hint, 'Resume it: Rondo looks first at what CircleCI has.'].filter((part) => part !== undefined).join(' '),
  };
  return { ...record, state: 'needs-attention', error };
}

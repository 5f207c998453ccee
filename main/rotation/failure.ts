import type { ErrorCode } from '../../shared/contract/error-codes.ts';
import type { StepName } from '../../shared/contract/rotation.ts';
import type { PartFailure } from '../../shared/contract/sync.ts';
import { oldTokenFate } from '../../shared/old-token-fate.ts';
import { type AppError, isRefusal } from '../app-error.ts';
import type { RotationRecord } from './rotation-record.ts';

/** What a step's failure means for the rotation that it is a part of. Pure. */
export function failureOf(record: RotationRecord, error: AppError): PartFailure {
  return { ...error.toPartFailure(), message: inWhole(record, error) };
}

/** A request that failed changed nothing itself; the rotation that it is a part of has, or may have. */
function inWhole(record: RotationRecord, error: AppError): string {
  const { attempt, replacement, retiredAt, deletionLost } = record;
  const { message, happened, effect } = error;
  const isUnchanged = effect === 'nothing-changed';
  const gone = oldTokenFate(record) === 'deleted' ? 'The old token is deleted' : saidDeleted;
  const withoutAny = `${gone} and the new one is not made yet: what used it waits until this goes on.`;
  // Before it is settled nothing else may be said of it: above all not that nothing was changed.
  if (attempt !== undefined && replacement === undefined && isUnchanged)
    return `${happened} ${retiredAt === undefined ? '' : `${withoutAny} `}${perhapsMade}`;
  if (retiredAt !== undefined && replacement === undefined) return `${isUnchanged ? happened : message} ${withoutAny}`;
  // A no to this deletion says nothing of an earlier one whose answer was lost.
  if (deletionLost !== undefined && retiredAt === undefined && (isUnchanged || effect === 'nothing-deleted'))
    return `${happened} ${perhapsDeleted}`;
  if (replacement === undefined || !isUnchanged) return message;
  // Whom CircleCI refused may have asked with the old one.
  const there = error.code === 'unauthorized' ? 'The old token was not touched' : 'The old token still works';
  const old = retiredAt === undefined ? there : gone;
  return `${happened} ${old}; the new one is in the vault.`;
}

const perhapsDeleted =
  'What came of an earlier deletion is not known: the old token may be deleted all the same. Deleting it again is safe.';

const saidDeleted = 'The old token is said to be deleted (not proved yet)';

const perhapsMade =
  'The answer to creating the new one was lost: there may be a token whose value nobody knows. It is looked for when this goes on.';

/** Nothing was made or deleted, for certain. A deletion whose answer was lost may have happened, then or before. */
export function hadNoEffect(record: RotationRecord, name: StepName, code: ErrorCode): boolean {
  if (record.deletionLost) return false;
  if (record.replacement !== undefined || record.attempt !== undefined || record.retiredAt !== undefined) return false;
  return name !== 'retire-old' || isRefusal(code);
}

import type { Proof } from '../../shared/contract/rotation.ts';
import { isoInstant } from '../platform/clock.ts';
import type { VaultTransaction } from '../vault/vault.ts';
import type { CreationAttempt, RotationWorld, SettledCreation } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';
import { saveRotation } from './rotation-store.ts';
import type { StepContext } from './steps/step.ts';

/** What a step may write before it ends. */
export function journalOf(
  world: RotationWorld,
  current: () => RotationRecord,
  saved: (record: RotationRecord) => void,
): Pick<StepContext, 'note' | 'write'> {
  return {
    write(point, change, also) {
      const before = current();
      saved(
        saveRotation(world, change(before), point, (transaction) => {
          also(transaction, before);
          return undefined;
        }),
      );
    },
    note({ attempt, settled }) {
      const { attempt: _before, ...rest } = current();
      saved(
        attempt === undefined
          ? saveRotation(world, withSettled(world, rest, settled), 'create settled', logOrphan(world, rest, settled))
          : saveRotation(world, { ...rest, attempt }, pointOf(attempt)),
      );
    },
  };
}

/** The stable name of the write. */
function pointOf({ orphan, endedAt }: CreationAttempt): string {
  if (orphan !== undefined) return 'create orphan';
  return endedAt === undefined ? 'create sending' : 'create lost';
}

function withSettled(world: RotationWorld, record: RotationRecord, settled: SettledCreation | undefined) {
  if (settled === undefined) return record;
  if ('orphan' in settled) return { ...record, proofs: [...record.proofs, deleted(world, record, settled.orphan)] };
  // Whatever is new since the first of them may have come of it.
  return record.unfound === undefined ? { ...record, unfound: settled.unfound } : record;
}

function deleted(world: RotationWorld, { place }: RotationRecord, orphan: string): Proof {
  return {
    what: 'what came of a lost answer is deleted',
    asked: `the list of ${place.kind === 'personal' ? 'personal tokens' : place.slug}`,
    answered: `without ${orphan}, whose value nobody had`,
    at: isoInstant(world.clock.now()),
    ok: true,
  };
}

/** A token that came of a creation whose answer was lost: nobody had its value, and it was deleted. */
function logOrphan(world: RotationWorld, { token }: RotationRecord, settled: SettledCreation | undefined) {
  return (transaction: VaultTransaction): undefined => {
    if (settled === undefined || !('orphan' in settled)) return;
    transaction.appendLog(world.witness({ action: 'token.orphan-deleted', subject: token, detail: settled.orphan }));
  };
}

import type { VaultTransaction } from '../vault/vault.ts';
import type { RotationWorld, SettledCreation } from './ports.ts';
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
          ? saveRotation(world, withUnfound(rest, settled), 'create settled', logOrphan(world, rest, settled))
          : saveRotation(world, { ...rest, attempt }, attempt.endedAt === undefined ? 'create sending' : 'create lost'),
      );
    },
  };
}

/** Whatever is new since the first of them may have come of it. */
function withUnfound(record: RotationRecord, settled: SettledCreation | undefined): RotationRecord {
  if (settled === undefined || 'orphan' in settled || record.unfound !== undefined) return record;
  return { ...record, unfound: settled.unfound };
}

/** A token that came of a creation whose answer was lost: nobody had its value, and it was deleted. */
function logOrphan(world: RotationWorld, { token }: RotationRecord, settled: SettledCreation | undefined) {
  return (transaction: VaultTransaction): undefined => {
    if (settled === undefined || !('orphan' in settled)) return;
    transaction.appendLog(world.witness({ action: 'token.orphan-deleted', subject: token, detail: settled.orphan }));
  };
}

import type { SkipReason } from '../../shared/contract/transfer.ts';
import type { Id } from '../../shared/ids.ts';
import type { VaultReader } from '../vault/vault.ts';
import type { RotationRecord } from './rotation-record.ts';
import { finishedStore } from './rotation-store.ts';

/**
 * Finished rotations go from one vault to another with their receipts. Open ones stay where they are: two vaults that go
 * on with the same one would create and delete twice.
 */
export const rotationTransfer = {
  store: finishedStore,
  leaves: (record: RotationRecord) => ({ record, value: false }),
  refusals({ reader, isThere }: { readonly reader: VaultReader; isThere(id: Id): boolean }) {
    const open = reader.journal();
    return ({ id, account }: RotationRecord): SkipReason | undefined => {
      if (open.has(id)) return 'open-here';
      return isThere(account) ? undefined : 'no-account';
    };
  },
  settles: (record: RotationRecord) => record,
  endsValue: () => false,
};

import type { SkipReason } from '../../../shared/contract/transfer.ts';
import type { Id } from '../../../shared/ids.ts';
import { type JobRecord, jobStore } from './job-record.ts';

/**
 * Jobs go along for their reports. One that is under way is left with the vault that runs it: as its open rotations stay
 * there, it is a stopped one where it arrives, and two vaults never rotate the same tokens at once.
 */
export const jobTransfer = {
  store: jobStore,
  leaves: (record: JobRecord) => ({ record: ended(record), value: false }),
  // Its report and whoever goes on with it need every token.
  refusals({ isThere }: { isThere(id: Id): boolean }) {
    return ({ items }: JobRecord): SkipReason | undefined =>
      items.every(({ token }) => isThere(token)) ? undefined : 'no-token';
  },
  settles: (record: JobRecord) => record,
  endsValue: () => false,
};

function ended({ runner: _ofThisMachine, ...record }: JobRecord): JobRecord {
  return record.state === 'running' || record.state === 'paused' ? { ...record, state: 'stopped' } : record;
}
